import { once } from 'node:events';
import { extname, join } from 'node:path';
import { demoAccounts } from '@catchment/access';
import { Diagnostic, writeProgress, type Progress, type Settings } from '@catchment/platform';
import { openDatabaseServer, type DatabaseServer } from '@catchment/store';
import { ChildService } from './child-service';
import { checkPort } from './port';
import { ProgressPrinter, type Terminal } from './progress-printer';

/**
 * Runs the whole service in the foreground: PostgreSQL (the embedded one, or the one of DATABASE_URL), the API and the
 * worker, until `stop` aborts or something can't be kept alive.
 * @returns when everything has ended
 * @throws Diagnostic when the port is taken or a process can't be kept alive.
 */
export async function runService(settings: Settings, terminal: Terminal, stop: AbortSignal): Promise<void> {
  const host = settings.host ?? '127.0.0.1';
  await checkPort(settings.port, host);
  const printer = new ProgressPrinter(settings.dataDir, terminal);
  const say = (line: string) => printer.say(line);
  say(`Catchment is starting; data folder ${settings.dataDir}`);
  if (settings.demo && !isLoopback(host)) {
    say(
      `  warning: others can reach ${host}, and the demo accounts have public passwords (docs/security.md)`,
    );
  }
  // What the last start left there is not the progress of this one.
  writeProgress(settings.dataDir, startingProgress());
  const database = await openDatabaseServer(settings);
  const trouble = new AbortController();
  const children = startChildren(settings, database, say, trouble);
  try {
    const interrupted = aborted(AbortSignal.any([stop, trouble.signal]));
    void database.ended.then(() => trouble.abort(new Diagnostic('the embedded PostgreSQL has ended')));
    await Promise.race([announce(children, printer, settings, host), interrupted]);
    await interrupted;
  } finally {
    printer.stop();
    if (stop.aborted) say('stopping');
    await Promise.all(children.map((child) => child.stop()));
    await database.stop();
  }
  if (!stop.aborted) throw trouble.signal.reason as Diagnostic;
  say('stopped');
}

function startChildren(
  settings: Settings,
  database: DatabaseServer,
  say: (line: string) => void,
  trouble: AbortController,
): ChildService[] {
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: settings.dataDir };
  const children = ['api', 'worker'].map((name) => {
    const logFile = join(settings.dataDir, 'logs', `${name}.log`);
    return new ChildService({
      name,
      // Beside this file's own program: apps/<name>/src/main, compiled or not.
      entry: join(__dirname, '../../..', name, 'src', `main${extname(__filename)}`),
      env,
      logFile,
      say,
      onMessage: (message) => {
        if (message === 'demo-accounts-made') sayDemoAccounts(say);
        if (message === 'demo-trend-added')
          say('The rates of the last twelve months were added to the demo.');
      },
      onGivenUp: (reason) => trouble.abort(new Diagnostic(`${reason}; its log is ${logFile}`)),
    });
  });
  for (const child of children) child.start();
  return children;
}

async function announce(
  children: readonly ChildService[],
  printer: ProgressPrinter,
  settings: Settings,
  host: string,
): Promise<void> {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}`;
  const finished = printer.watch();
  await children[0]?.ready;
  printer.say(`  web app and API: ${address}`);
  const progress = await finished;
  await Promise.all(children.map((child) => child.ready));
  printer.say(closingLine(progress, address));
}

function closingLine({ state, error }: Progress, address: string): string {
  return state === 'ready'
    ? `Catchment is ready: ${address} (Ctrl-C ends it)`
    : `The preparation failed: ${error ?? 'unknown'}\nEverything that was done is kept; the next start goes on from there.`;
}

function sayDemoAccounts(say: (line: string) => void): void {
  say('  sign in with (demo accounts, their passwords are public):');
  for (const { email, password } of demoAccounts) say(`    ${email.padEnd(28)} ${password}`);
}

function startingProgress(): Progress {
  const database = { name: 'database', title: 'Database', state: 'running' as const, percent: 0 };
  return { state: 'starting', steps: [database], updatedAt: new Date().toISOString() };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
