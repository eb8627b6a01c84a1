import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { failureText, type Clock, type Logger, type Settings } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';
import { hasEnded, realPacing, runSource } from '@catchment/sources';
import { SourceRun, sourceQueue, type SourceJob, type Store } from '@catchment/store';
import { jobLease } from '../job-lease';
import { CLOCK, LOGGER, SETTINGS } from '../settings.module';
import { WarehouseBusy, WarehouseService } from '../warehouse/warehouse.service';
import { NewDataService } from './new-data.service';
import { STORE } from './store-token';

/**
 * Servers need hours or days for an export, so that several sources are pulled at once; one by one they take the
 * warehouse to load. A worker may be killed more than once during such a wait.
 */
const lease = { ...jobLease, concurrency: 8, maxStalledCount: 20 };

/** Takes pulls out of the queue. */
@Processor(sourceQueue, lease)
export class SourceProcessor extends WorkerHost implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(STORE) private readonly store: Store,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly warehouse: WarehouseService,
    private readonly newData: NewDataService,
  ) {
    super();
  }

  override async process(job: Job<SourceJob>, token?: string): Promise<void> {
    const { settings, store, stopping } = this;
    const { sourceId, startedBy, allowsLoss } = job.data;
    const jobId = job.id ?? '';
    try {
      const run = await runSource(
        { sourceId, startedBy, jobId, queuedAt: new Date(job.opts.prevMillis ?? job.timestamp) },
        {
          store,
          settings,
          dataDir: settings.dataDir,
          pacing: realPacing(this.clock),
          useWarehouse: (work, signal) => this.warehouse.use(work, signal),
          demand: loadDemand(settings.dataDir),
          signal: stopping.signal,
          allowsLoss,
        },
        {
          lastAttempt: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
          comesAgain: true,
          mayPass: (error) => error instanceof WarehouseBusy,
          onChange: ({ name }) => this.newData.askForEvaluation(name),
        },
      );
      this.logger.info({ job: jobId, sourceId, state: run?.state ?? 'source is gone' }, 'pull');
    } catch (error) {
      if (stopping.signal.aborted) {
        // The end of this process is no failed attempt.
        await job.moveToDelayed(this.clock.now().getTime() + 1_000, token);
        throw new DelayedError();
      }
      const run = await store.dataSource.getRepository(SourceRun).findOneBy({ jobId });
      if (run && hasEnded(run.state)) throw new UnrecoverableError(failureText(error));
      throw error;
    }
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<SourceJob> | undefined, error: Error): void {
    this.logger.warn({ job: job?.id, attempt: job?.attemptsMade, error: failureText(error) }, 'pull failed');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ queue: sourceQueue, kind: error.name }, 'queue connection');
  }

  /** Interrupts pulls before the database connections close; the next worker goes on with them. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.worker.close();
  }
}
