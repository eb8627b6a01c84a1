import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { Logger } from '@catchment/platform';
import { reportQueue, type ReportJob } from '@catchment/store';
import { failureText } from '../failure-text';
import { jobLease } from '../job-lease';
import { LOGGER } from '../settings.module';
import { DeliveriesService } from './deliveries.service';

/** Takes report jobs out of the queue, one at a time. */
@Processor(reportQueue, jobLease)
export class ReportProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(
    private readonly deliveries: DeliveriesService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override async process(job: Job<ReportJob>): Promise<void> {
    const { definitionId } = job.data;
    const delivered = await this.deliveries.deliver({
      jobId: jobKey(job),
      definitionId,
      dueAt: dueAt(job),
      lastAttempt: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
    });
    this.logger.info({ job: jobKey(job), definitionId, delivered }, 'report');
  }

  /** Also called for a job whose worker was killed so often that the queue gave it up. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job<ReportJob> | undefined, error: Error): Promise<void> {
    const final = job !== undefined && job.finishedOn !== undefined;
    this.logger.warn(
      { job: job?.id, attempt: job?.attemptsMade, final, error: failureText(error) },
      'report failed',
    );
    if (final) await this.deliveries.noteFailure(jobKey(job), failureText(error), true);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ queue: reportQueue, kind: error.name }, 'queue connection');
  }

  /** Ends the report that is being made before the database connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }
}

function jobKey(job: Job<ReportJob>): string {
  return job.id ?? '';
}

/** When the scheduler's pattern was due; for a job that somebody started, when they did. */
function dueAt(job: Job<ReportJob>): Date {
  return new Date(job.opts.prevMillis ?? job.timestamp);
}
