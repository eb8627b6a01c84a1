import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import type { Repository } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, newRunId, type Clock } from '@catchment/platform';
import { evaluationQueue, EvaluationRunRecord, publishRunJob, type EvaluationJob } from '@catchment/store';
import { CLOCK } from '../../settings.module';
import type { Run, RunRequest } from '../contract';
import { MartsService } from '../marts/marts.service';
import { queuedRun, recordedRun, type QueuedRun } from './run-shape';

const mostRuns = 500;

/** Evaluation runs: those that were, and those that are asked for. */
@Injectable()
export class RunsService {
  constructor(
    @InjectRepository(EvaluationRunRecord) private readonly records: Repository<EvaluationRunRecord>,
    @InjectQueue(evaluationQueue) private readonly queue: Queue<EvaluationJob>,
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first: the queued ones, then the 500 newest that have begun. */
  async list(): Promise<Run[]> {
    const published = await this.marts.currentRunId();
    const records = await this.records.find({ order: { startedAt: 'DESC', id: 'DESC' }, take: mostRuns });
    const begun = new Set(records.map(({ id }) => id));
    const queued = (await this.queued()).filter(({ runId }) => !begun.has(runId));
    return [...queued.map(queuedRun), ...records.map((record) => recordedRun(record, published))];
  }

  /** @throws NotFoundException when there is no such run */
  async find(runId: string): Promise<Run> {
    const record = await this.records.findOneBy({ id: runId });
    if (record) return recordedRun(record, await this.marts.currentRunId());
    const queued = (await this.queued()).find((run) => run.runId === runId);
    if (!queued) throw new NotFoundException('there is no such run');
    return queuedRun(queued);
  }

  /**
   * Puts a run into the worker's queue.
   * @throws Diagnostic when the period is none
   */
  async start(by: Principal, request: RunRequest, address: string | undefined): Promise<Run> {
    const { periodStart, periodEnd, reason, measureIds } = request;
    if (!isDay(periodStart) || !isDay(periodEnd)) throw new Diagnostic('the period holds a day that is none');
    if (periodStart > periodEnd) throw new Diagnostic('the period ends before it starts');
    const runId = newRunId(this.clock);
    const job = {
      runId,
      measureIds: measureIds ?? ('all' as const),
      periodStart,
      periodEnd,
      startedBy: by.email,
      reason,
    };
    const { timestamp } = await this.queue.add('evaluate', job, { jobId: runId });
    const object = { objectType: 'Run', objectId: runId };
    await this.audit.record({
      actor: by.email,
      action: 'start-run',
      ...object,
      address,
      detail: { periodStart, periodEnd },
    });
    return queuedRun({ ...job, askedAt: timestamp });
  }

  private async queued(): Promise<QueuedRun[]> {
    const jobs = await this.queue.getJobs(['waiting', 'prioritized', 'delayed', 'active']);
    return jobs
      .filter(({ name }) => name !== publishRunJob)
      .map((job) => ({ ...job.data, runId: job.data.runId ?? job.id ?? '', askedAt: job.timestamp }))
      .sort((a, b) => b.askedAt - a.askedAt);
  }
}

/** Does the calendar have the day? 2026-02-30 is none. */
function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
