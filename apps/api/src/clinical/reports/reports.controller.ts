import { Controller, Get, HttpCode, NotFoundException, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { basename, dirname } from 'node:path';
import { CurrentScope, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import type { Scope } from '@catchment/store';
import { Answers } from '../../openapi/answers';
import type { ReportDelivery, ReportSummary } from '../contract';
import { ReportsService } from './reports.service';

@ApiTags('reports')
@Controller('api/reports')
@RequireAbility('read', 'Report')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @Answers('Scheduled reports', 'ReportSummary', { list: true })
  list(@CurrentScope() scope: Scope): Promise<ReportSummary[]> {
    return this.reports.list(scope);
  }

  @Get(':reportId/deliveries')
  @Answers('Deliveries of a report, newest first', 'ReportDelivery', { list: true, missing: 'report' })
  deliveries(@CurrentScope() scope: Scope, @Param('reportId') reportId: string): Promise<ReportDelivery[]> {
    return this.reports.deliveriesOf(scope, reportId);
  }

  @Post(':reportId/deliveries')
  @HttpCode(202)
  @RequireAbility('change', 'Report')
  @Answers('Make a report now', 'ReportDelivery', { status: 202, missing: 'report' })
  start(@CurrentUser() user: Principal, @Param('reportId') reportId: string): Promise<ReportDelivery> {
    return this.reports.start(user, reportId);
  }

  @Get(':reportId/deliveries/:deliveryId/files/:name')
  @ApiOperation({ summary: 'A file of a delivery' })
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'PDF or XLSX' })
  async file(
    @CurrentUser() user: Principal,
    @Param('reportId') reportId: string,
    @Param('deliveryId') deliveryId: string,
    @Param('name') name: string,
    @Res() response: Response,
  ): Promise<void> {
    const path = await this.reports.file(user, reportId, deliveryId, name);
    await new Promise<void>((resolve, reject) => {
      response.download(basename(path), name, { root: dirname(path), cacheControl: false }, (error) => {
        if (!error || response.headersSent) resolve();
        else reject(new NotFoundException('the file is no longer in the outbox'));
      });
    });
  }
}
