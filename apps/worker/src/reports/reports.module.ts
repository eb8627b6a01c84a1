import { Module } from '@nestjs/common';
import { DeliveriesService } from './deliveries.service';
import { ReportProcessor } from './report.processor';
import { ReportSchedulesService } from './report-schedules.service';

/** Scheduled reports: when they are due, how they are made, what became of them. */
@Module({ providers: [DeliveriesService, ReportProcessor, ReportSchedulesService] })
export class ReportsModule {}
