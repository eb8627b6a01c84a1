import { createLogger, readSettings } from '@catchment/platform';
import { openStore } from '@catchment/store';
import { createApplication } from './application';

async function main(): Promise<void> {
  const logger = createLogger('api');
  const settings = readSettings();
  const store = await openStore(settings);
  const application = await createApplication(settings, store, logger);
  await application.listen(settings.port, settings.host ?? '127.0.0.1');
  logger.info({ port: settings.port }, 'listening');
  process.send?.('ready');
  // Started by `catchment start`: when that process is gone, however it ended, this one goes, too.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

main().catch((error: unknown) => {
  process.stderr.write(`api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
