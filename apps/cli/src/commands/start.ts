import type { Command } from 'commander';
import { readSettings } from '@catchment/platform';
import { runService } from '../start/service';

/** `catchment start`: the whole service in the foreground, on embedded defaults. */
export function register(program: Command): void {
  program
    .command('start')
    .description('Run the service: PostgreSQL, API, web app and worker, until Ctrl-C')
    .addHelpText(
      'after',
      '\nSettings (environment): DATA_DIR, DATABASE_URL, REDIS_URL, PORT, HOST, DEMO=off; see README.md',
    )
    .action(async () => {
      const stop = new AbortController();
      const onSignal = (): void => {
        // The second Ctrl-C does not wait: children end with this process, however it ends.
        if (stop.signal.aborted) process.exit(130);
        stop.abort();
      };
      for (const signal of stopSignals) process.on(signal, onSignal);
      try {
        await runService(readSettings(), process.stdout, stop.signal);
      } finally {
        for (const signal of stopSignals) process.off(signal, onSignal);
      }
    });
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
