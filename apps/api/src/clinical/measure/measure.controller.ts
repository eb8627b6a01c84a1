import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentScope, RequireAbility } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { MeasurePage } from '../contract';
import { PanelDto } from '../filters/panel.dto';
import { MeasurePageService } from './measure-page.service';

@ApiTags('measures')
@Controller('api/measures')
@RequireAbility('read', 'Scorecard')
export class MeasureController {
  constructor(private readonly pages: MeasurePageService) {}

  @Get(':measureId')
  @Answers('One measure: funnel, reasons, providers, strata, trend', 'MeasurePage', { missing: 'measure' })
  page(
    @CurrentScope() scope: Scope,
    @Param('measureId') measureId: string,
    @Query() query: PanelDto,
  ): Promise<MeasurePage> {
    return this.pages.page(scope, query, measureId);
  }
}
