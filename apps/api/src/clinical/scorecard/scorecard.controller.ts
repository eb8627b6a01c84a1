import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentScope, RequireAbility } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { Scorecard } from '../contract';
import { PanelDto } from '../filters/panel.dto';
import { ScorecardService } from './scorecard.service';

@ApiTags('scorecard')
@Controller('api/scorecard')
@RequireAbility('read', 'Scorecard')
export class ScorecardController {
  constructor(private readonly scorecards: ScorecardService) {}

  @Get()
  @Answers('Every measure: counts, rate, target, trend, open gaps', 'Scorecard')
  scorecard(@CurrentScope() scope: Scope, @Query() query: PanelDto): Promise<Scorecard> {
    return this.scorecards.scorecard(scope, query);
  }
}
