import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { CohortList, CohortMemberList, CohortPage } from '../contract';
import { PanelDto, PatientListDto } from '../filters/panel.dto';
import { ListAuditService } from '../lists/list-audit.service';
import { CohortsService } from './cohorts.service';

@ApiTags('cohorts')
@Controller('api/cohorts')
@RequireAbility('read', 'Scorecard')
export class CohortsController {
  constructor(
    private readonly cohorts: CohortsService,
    private readonly audit: ListAuditService,
  ) {}

  @Get()
  @Answers('Every cohort with its members and prevalence', 'CohortList')
  list(@CurrentScope() scope: Scope, @Query() query: PanelDto): Promise<CohortList> {
    return this.cohorts.list(scope, query);
  }

  @Get(':cohortId')
  @Answers('One cohort: by site, by age, what occurs with it', 'CohortPage', { missing: 'cohort' })
  page(
    @CurrentScope() scope: Scope,
    @Param('cohortId') cohortId: string,
    @Query() query: PanelDto,
  ): Promise<CohortPage> {
    return this.cohorts.page(scope, cohortId, query);
  }

  @Get(':cohortId/patients')
  @RequireAbility('read', 'Patient')
  @Answers('The members of a cohort', 'CohortMemberList', { missing: 'cohort' })
  async members(
    @CurrentUser() user: Principal,
    @Param('cohortId') cohortId: string,
    @Query() query: PatientListDto,
    @Req() request: Request,
  ): Promise<CohortMemberList> {
    const page = await this.cohorts.members(user.scope, cohortId, query);
    await this.audit.record(user, request, 'cohort', query, { cohortId, rows: page.rows.length });
    return page;
  }
}
