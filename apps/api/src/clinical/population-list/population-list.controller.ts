import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers, AnswersFile } from '../../openapi/answers';
import type { PopulationList } from '../contract';
import { ExportService } from '../exports/export.service';
import { PanelService } from '../filters/panel.service';
import { ListAuditService } from '../lists/list-audit.service';
import { findGroup } from '../measure/find-measure';
import { populationFile } from './population-export';
import { PopulationExportDto, PopulationListDto } from './population-list.dto';
import { PopulationListService } from './population-list.service';

@ApiTags('measures')
@Controller('api/measures/:measureId/groups/:groupId/patients')
export class PopulationListController {
  constructor(
    private readonly lists: PopulationListService,
    private readonly panels: PanelService,
    private readonly exports: ExportService,
    private readonly audit: ListAuditService,
  ) {}

  @Get()
  @RequireAbility('read', 'Patient')
  @Answers('The people behind a number', 'PopulationList', { missing: 'measure or group' })
  async page(
    @CurrentUser() user: Principal,
    @CurrentScope() scope: Scope,
    @Param('measureId') measureId: string,
    @Param('groupId') groupId: string,
    @Query() query: PopulationListDto,
    @Req() request: Request,
  ): Promise<PopulationList> {
    const page = await this.lists.page(scope, measureId, groupId, query);
    await this.audit.record(user, request, 'population', query, {
      measureId,
      groupId,
      rows: page.rows.length,
    });
    return page;
  }

  @Get('export')
  @RequireAbility('export', 'Patient')
  @AnswersFile('All the people behind a number, as a file', 'measure or group')
  async export(
    @CurrentUser() by: Principal,
    @Param('measureId') measureId: string,
    @Param('groupId') groupId: string,
    @Query() { population, q, format, ...filter }: PopulationExportDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const panel = await this.panels.panel(by.scope, filter);
    const detail = { measureId, groupId, population, ...panel.filter, searched: q !== undefined };
    await this.exports.send({ by, request, response, format, name: 'population', detail }, async (marts) => {
      const group = await findGroup(marts, measureId, groupId);
      return populationFile({ panel, group, population, q }, marts.publication);
    });
  }
}
