import { BullModule } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from '@catchment/platform';
import { queueConnection } from './connection';
import { queueNames } from './queue-names';

/**
 * The queues, for `@InjectQueue(reportQueue)` anywhere and `@Processor(reportQueue)` in the worker.
 * A failed job is tried five times with growing pauses; the last thousand finished jobs stay visible.
 */
@Module({})
export class QueuesModule {
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
