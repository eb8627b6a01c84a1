import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { MeasurePage, NotEvaluatedList } from '../contract';
import { PanelDto, PatientListDto } from '../filters/panel.dto';
import { ListAuditService } from '../lists/list-audit.service';
import { MeasurePageService } from './measure-page.service';
import { NotEvaluatedService } from './not-evaluated.service';

@ApiTags('measures')
@Controller('api/measures')
@RequireAbility('read', 'Scorecard')
export class MeasureController {
  constructor(
    private readonly pages: MeasurePageService,
    private readonly lists: NotEvaluatedService,
    private readonly audit: ListAuditService,
  ) {}

  @Get(':measureId')
  @Answers('One measure: funnel, reasons, providers, strata, trend', 'MeasurePage', { missing: 'measure' })
  page(
    @CurrentScope() scope: Scope,
    @Param('measureId') measureId: string,
    @Query() query: PanelDto,
  ): Promise<MeasurePage> {
    return this.pages.page(scope, query, measureId);
  }

  @Get(':measureId/not-evaluated')
  @RequireAbility('read', 'Patient')
  @Answers('The patients for whom the measure could not be evaluated', 'NotEvaluatedList', {
    missing: 'measure',
  })
  async notEvaluated(
    @CurrentUser() user: Principal,
    @CurrentScope() scope: Scope,
    @Param('measureId') measureId: string,
    @Query() query: PatientListDto,
    @Req() request: Request,
  ): Promise<NotEvaluatedList> {
    const page = await this.lists.page(scope, measureId, query);
    await this.audit.record(user, request, 'not-evaluated', query, { measureId, rows: page.rows.length });
    return page;
  }
}
