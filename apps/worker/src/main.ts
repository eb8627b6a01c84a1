import { createLogger, optimiseLate, readSettings } from '@catchment/platform';
import { holdExclusively, openStore } from '@catchment/store';
import { createApplication } from './application';
import { PreparationService } from './preparation/preparation.service';

/** So long a worker that was told to end may take. */
const patience = 30_000;

async function main(): Promise<void> {
  optimiseLate();
  const logger = createLogger('worker');
  const settings = readSettings();
  const store = await openStore(settings);
  const hold = await holdExclusively(store.url, 'worker', patience);
  const application = await createApplication(settings, store, logger);
  void hold.lost.then(() => {
    logger.error('the connection to PostgreSQL broke; another worker may take over');
    process.kill(process.pid, 'SIGTERM');
  });
  logger.info('working');
  process.send?.('ready');
  // Started by `catchment start`: when that process is gone, however it ended, this one goes, too.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  await application.get(PreparationService).prepare((made) => process.send?.(made));
}

main().catch((error: unknown) => {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
