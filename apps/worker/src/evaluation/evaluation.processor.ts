import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { UnrecoverableError, type Job } from 'bullmq';
import { newRunId, type Clock, type Logger } from '@catchment/platform';
import { evaluationQueue, publishRunJob, type EvaluationJob, type PublishRunJob } from '@catchment/store';
import { failureText, isFinal } from '../failure-text';
import { jobLease } from '../job-lease';
import { CLOCK, LOGGER } from '../settings.module';
import { EvaluationService } from './evaluation.service';

/** Takes evaluation jobs out of the queue, one at a time. */
@Processor(evaluationQueue, { ...jobLease, autorun: false })
export class EvaluationProcessor
  extends WorkerHost
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly stopping = new AbortController();

  constructor(
    private readonly evaluation: EvaluationService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** Takes the first job only when the records of interrupted runs are put right: it may be one of them. */
  async onApplicationBootstrap(): Promise<void> {
    await this.evaluation.settleInterrupted();
    this.worker.run().catch((error: unknown) => {
      this.logger.error({ error: failureText(error) }, 'the evaluation queue is not listened to');
    });
  }

  override async process(job: Job<EvaluationJob | PublishRunJob>): Promise<void> {
    try {
      if (isPublishing(job)) await this.evaluation.publishHeld(job.data.runId);
      else await this.evaluate(job as Job<EvaluationJob>);
    } catch (error) {
      if (isFinal(error)) throw new UnrecoverableError(failureText(error));
      throw error;
    }
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<EvaluationJob> | undefined, error: Error): void {
    this.logger.warn(
      { job: job?.id, attempt: job?.attemptsMade, error: failureText(error) },
      'evaluation failed',
    );
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ queue: evaluationQueue, kind: error.name }, 'queue connection');
  }

  /** Interrupts the run that is under way, before the database connections close; its job is tried again later. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.worker.close();
  }

  private async evaluate(job: Job<EvaluationJob>): Promise<void> {
    const runId = await this.runIdOf(job);
    await this.evaluation.evaluate({ ...job.data, runId, signal: this.stopping.signal });
  }

  /** All attempts of a job, also after its worker was killed, are one run. */
  private async runIdOf(job: Job<EvaluationJob>): Promise<string> {
    if (job.data.runId) return job.data.runId;
    const runId = newRunId(this.clock);
    await job.updateData({ ...job.data, runId });
    return runId;
  }
}

function isPublishing(job: Job<EvaluationJob | PublishRunJob>): job is Job<PublishRunJob> {
  return job.name === publishRunJob;
}
