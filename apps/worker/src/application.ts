import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger, Settings } from '@catchment/platform';
import type { Store } from '@catchment/store';
import { nestLog } from './nest-log';
import { WorkerModule } from './worker.module';

/**
 * The worker's application, taking jobs already. Closing it interrupts what is under way (the queue brings it again)
 * and closes the database connections.
 */
export async function createApplication(
  settings: Settings,
  store: Store,
  logger: Logger,
): Promise<INestApplicationContext> {
  const application = await NestFactory.createApplicationContext(
    WorkerModule.forRoot(settings, store, logger),
    { logger: nestLog(logger), abortOnError: false },
  );
  application.enableShutdownHooks([], { useProcessExit: true });
  return application;
}
