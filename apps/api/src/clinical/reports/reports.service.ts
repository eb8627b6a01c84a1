import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import { basename, join } from 'node:path';
import type { Repository } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, newId, type Clock, type Settings } from '@catchment/platform';
import { nextRun, outboxFolder } from '@catchment/reports';
import { Delivery, ReportDefinition, reportQueue, type ReportJob, type Scope } from '@catchment/store';
import { CLOCK, SETTINGS } from '../../settings.module';
import type { ReportDelivery, ReportSummary } from '../contract';
import { isWithin } from './scope-within';

const mostDeliveries = 100;

/** Scheduled reports and what became of them; only those that show nothing beyond the scope of who asks. */
@Injectable()
export class ReportsService {
  constructor(
    @InjectRepository(ReportDefinition) private readonly definitions: Repository<ReportDefinition>,
    @InjectRepository(Delivery) private readonly deliveries: Repository<Delivery>,
    @InjectQueue(reportQueue) private readonly queue: Queue<ReportJob>,
    private readonly audit: AuditTrailService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(scope: Scope): Promise<ReportSummary[]> {
    const all = await this.definitions.find({ order: { name: 'ASC', id: 'ASC' } });
    const visible = all.filter((definition) => isWithin(definition.scope, scope));
    return Promise.all(visible.map((definition) => this.summary(definition)));
  }

  /** Newest first. @throws NotFoundException when there is no such report within the scope */
  async deliveriesOf(scope: Scope, reportId: string): Promise<ReportDelivery[]> {
    await this.find(scope, reportId);
    const recorded = await this.recorded(reportId, mostDeliveries);
    const known = new Set(recorded.map(({ jobId }) => jobId));
    const waiting = await this.queue.getJobs(['waiting', 'prioritized']);
    const queued = waiting
      .filter((job) => job.data.definitionId === reportId && !known.has(job.id ?? ''))
      .map((job) => queuedDelivery(reportId, job.timestamp));
    return [...queued, ...recorded.map((delivery) => deliveryOf(reportId, delivery))];
  }

  /**
   * Makes the report now, besides its schedule.
   * @throws NotFoundException when there is no such report within the scope
   * @throws Diagnostic when it is switched off
   */
  async start(by: Principal, reportId: string): Promise<ReportDelivery> {
    const { active } = await this.find(by.scope, reportId);
    if (!active) throw new Diagnostic('the report is switched off');
    const job = await this.queue.add('deliver', { definitionId: reportId }, { jobId: newId() });
    await this.audit.record({
      actor: by.email,
      action: 'start-report',
      objectType: 'Report',
      objectId: reportId,
    });
    return queuedDelivery(reportId, job.timestamp);
  }

  /**
   * Where a file of a delivery lies.
   * @throws NotFoundException when the delivery has no such file, or is not within the scope
   */
  async file(by: Principal, reportId: string, deliveryId: string, name: string): Promise<string> {
    await this.find(by.scope, reportId);
    const recorded = await this.recorded(reportId, mostDeliveries);
    const path = recorded
      .find(({ id }) => id === deliveryId)
      ?.files.find((candidate) => basename(candidate) === name);
    if (!path) throw new NotFoundException('there is no such file');
    await this.audit.record({
      actor: by.email,
      action: 'download-report',
      objectType: 'Report',
      objectId: reportId,
      detail: { deliveryId, name },
    });
    return join(outboxFolder(this.settings.dataDir), path);
  }

  private async summary(definition: ReportDefinition): Promise<ReportSummary> {
    const { id, name, type, formats, cron, timeZone, recipients, active, createdBy } = definition;
    const [last] = await this.recorded(id, 1);
    return {
      reportId: id,
      name,
      type,
      formats,
      cron,
      timeZone,
      recipients,
      active,
      nextRun: active ? nextRun({ cron, timeZone }, this.clock.now()).toISOString() : null,
      createdBy,
      lastDelivery: last ? deliveryOf(id, last) : null,
    };
  }

  private async find(scope: Scope, reportId: string): Promise<ReportDefinition> {
    const definition = (await this.definitions.find()).find(({ id }) => id === reportId);
    if (!definition || !isWithin(definition.scope, scope)) {
      throw new NotFoundException('there is no such report');
    }
    return definition;
  }

  private recorded(reportId: string, take: number): Promise<Delivery[]> {
    return this.deliveries.find({
      where: { definition: { id: reportId } },
      order: { dueAt: 'DESC', id: 'DESC' },
      take,
    });
  }
}

function deliveryOf(reportId: string, delivery: Delivery): ReportDelivery {
  return {
    deliveryId: delivery.id,
    reportId,
    status: delivery.status,
    attempts: delivery.attempts,
    error: delivery.error,
    files: delivery.files.map((path) => basename(path)),
    runId: delivery.runId,
    dueAt: delivery.dueAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
  };
}

function queuedDelivery(reportId: string, askedAt: number): ReportDelivery {
  return {
    deliveryId: null,
    reportId,
    status: 'queued',
    attempts: 0,
    error: null,
    files: [],
    runId: null,
    dueAt: new Date(askedAt).toISOString(),
    finishedAt: null,
  };
}
