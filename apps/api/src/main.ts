import { createLogger, readSettings } from '@catchment/platform';
import { openStore } from '@catchment/store';
import { createApplication } from './application';

// DuckDB and PostgreSQL's look-ups share libuv's threads; four queries at once must leave some for the rest. Read when
// the first of them is used.
process.env.UV_THREADPOOL_SIZE ??= '8';

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
