import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { AnswersFile } from '../../openapi/answers';
import { refersTo } from '../../openapi/contract-schemas';
import type { GapList, GapPatientList } from '../contract';
import { ExportService } from '../exports/export.service';
import { ListAuditService } from '../lists/list-audit.service';
import { gapsFile } from './gaps-export';
import { GapsDto, GapsExportDto } from './gaps.dto';
import { GapsService } from './gaps.service';
import { WorkService } from './work.service';

@ApiTags('gaps')
@Controller('api/gaps')
export class GapsController {
  constructor(
    private readonly gaps: GapsService,
    private readonly work: WorkService,
    private readonly exports: ExportService,
    private readonly audit: ListAuditService,
  ) {}

  @Get()
  @RequireAbility('read', 'Worklist')
  @ApiOperation({ summary: 'Who should be called now, and why' })
  @ApiResponse({
    status: 200,
    description: '`by=patient`: GapPatientList; `by=gap`: GapList',
    schema: { oneOf: [refersTo('GapPatientList'), refersTo('GapList')] },
  })
  async list(
    @CurrentUser() user: Principal,
    @Query() query: GapsDto,
    @Req() request: Request,
  ): Promise<GapList | GapPatientList> {
    const page = await (query.by === 'gap' ? this.gaps.byGap(user, query) : this.gaps.byPatient(user, query));
    await this.audit.record(user, request, 'gaps', query, { rows: page.rows.length });
    return page;
  }

  @Get('export')
  @RequireAbility('export', 'Worklist')
  @AnswersFile('All gaps of a filter, one row per gap, as a file', 'measure or group')
  async export(
    @CurrentUser() by: Principal,
    @Query() query: GapsExportDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const question = await this.gaps.question(by, query);
    const work = await this.work.all(query.measure);
    const { measure, group, status, reason, format } = query;
    const filter = {
      ...question.panel.filter,
      work: query.work,
      assignee: query.assignee,
      nextBy: query.nextBy,
    };
    const detail = { measure, group, status, reason, ...filter, searched: query.q !== undefined };
    await this.exports.send({ by, request, response, format, name: 'gaps', detail }, (marts) =>
      Promise.resolve(gapsFile(question, query.sort, work, marts.publication)),
    );
  }
}
