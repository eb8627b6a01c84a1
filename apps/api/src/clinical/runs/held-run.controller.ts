import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Answers } from '../../openapi/answers';
import type { HeldPublication } from '../contract';
import { RunDecisionsService } from './run-decisions.service';

@ApiTags('runs')
@Controller('api/publication/held')
@RequireAbility('read', 'Scorecard')
export class HeldRunController {
  constructor(private readonly decisions: RunDecisionsService) {}

  @Get()
  @Answers('Whether newer numbers are held back, and why', 'HeldPublication')
  async held(@CurrentUser() user: Principal): Promise<HeldPublication> {
    return { run: await this.decisions.held(user) };
  }
}
