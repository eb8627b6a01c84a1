import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Inject, Module, type BeforeApplicationShutdown, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { createLogger, type Settings } from '@catchment/platform';
import { queueConnection } from './connection';
import { evaluationQueue, queueNames, reportQueue, sourceQueue } from './queue-names';

/**
 * The queues, for `@InjectQueue(reportQueue)` anywhere and `@Processor(reportQueue)` in the worker.
 * A failed job is tried five times with growing pauses; the last thousand finished jobs stay visible.
 */
@Module({})
export class QueuesModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(getQueueToken(evaluationQueue)) private readonly evaluation: Queue,
    @Inject(getQueueToken(reportQueue)) private readonly report: Queue,
    @Inject(getQueueToken(sourceQueue)) private readonly source: Queue,
  ) {
    const logger = createLogger('queues');
    for (const queue of [evaluation, report, source]) {
      // A connection that breaks is made again; without a listener the event would end the process.
      queue.on('error', (error) => logger.warn({ queue: queue.name, kind: error.name }, 'queue connection'));
    }
  }

  /** Before the database connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.evaluation, this.report, this.source].map((queue) => queue.close()));
  }

  static forRoot(settings: Pick<Settings, 'redisUrl'>, databaseUrl: string): DynamicModule {
    const queues = BullModule.registerQueue(...queueNames.map((name) => ({ name })));
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot({
          connection: queueConnection(settings, databaseUrl),
          prefix: 'catchment',
          defaultJobOptions: {
            attempts: 5,
            backoff: { type: 'exponential', delay: 5_000 },
            removeOnComplete: 1_000,
            removeOnFail: 1_000,
          },
        }),
        queues,
      ],
      exports: [queues],
    };
  }
}
