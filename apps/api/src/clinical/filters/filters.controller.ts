import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentScope, RequireAbility } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { FilterOptions, Publication } from '../contract';
import { MartsService } from '../marts/marts.service';
import { PanelService } from './panel.service';

@ApiTags('scorecard')
@Controller('api')
@RequireAbility('read', 'Scorecard')
export class FiltersController {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
  ) {}

  @Get('publication')
  @Answers("Where today's numbers come from", 'Publication')
  publication(): Promise<Publication> {
    return this.marts.read(({ publication }) => Promise.resolve(publication));
  }

  @Get('filters')
  @Answers('What the caller may filter by', 'FilterOptions')
  filters(@CurrentScope() scope: Scope): Promise<FilterOptions> {
    return this.panels.options(scope);
  }
}
