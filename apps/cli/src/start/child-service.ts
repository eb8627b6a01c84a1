import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords, openLog } from './log-file';

export interface ChildServiceOptions {
  /** `api` or `worker`. */
  name: string;
  /** The module to run. */
  entry: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Something that a person should read. */
  say: (line: string) => void;
  /** A message of the child other than `ready`. */
  onMessage?: (message: unknown) => void;
  /** Called once when it has ended and is not started again: it never worked, or it ends again and again. */
  onGivenUp: (reason: string) => void;
}

/** Ends so often within so many milliseconds, and it is not started again. */
const mostEnds = 5;
const within = 120_000;
/** How long a child may take to end by itself. */
const patience = 15_000;

/** A process of the service: started again when it dies, ended with this one. */
export class ChildService {
  /** Resolves when it first answers `ready`. */
  readonly ready: Promise<void>;
  private hasBeenReady = false;
  private markReady: () => void = () => undefined;
  private child: ChildProcess | undefined;
  private stopping = false;
  private readonly ends: number[] = [];

  constructor(private readonly options: ChildServiceOptions) {
    this.ready = new Promise((resolve) => (this.markReady = resolve));
  }

  start(): void {
    const { name, entry, env, logFile, onMessage } = this.options;
    const log = openLog(logFile);
    const logStart = statSync(logFile).size;
    const child = fork(entry, [], {
      env,
      // A process group of its own: Ctrl-C in the terminal reaches only us, and we end the processes in order.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    child.on('message', (message) => {
      if (message !== 'ready') return onMessage?.(message);
      this.hasBeenReady = true;
      this.markReady();
    });
    child.once('error', (error) => this.options.say(`${name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => void this.onExit(code, signal, lastWords(logFile, logStart)));
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Asks it to end, and ends it by force when it takes longer than 15 s. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const force = setTimeout(() => this.kill(), patience);
    await ended;
    clearTimeout(force);
  }

  /** Ends it at once. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  private async onExit(code: number | null, signal: NodeJS.Signals | null, words: string): Promise<void> {
    if (this.stopping) return;
    const { name, say, onGivenUp } = this.options;
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    say(`${name} ${how}${words ? `:\n${words}` : ''}`);
    const now = Date.now();
    this.ends.push(now);
    const recent = this.ends.filter((end) => end > now - within).length;
    if (!this.hasBeenReady) return onGivenUp(`${name} could not be started`);
    if (recent >= mostEnds) return onGivenUp(`${name} ended ${recent} times within ${within / 1000} s`);
    await sleep(250 * 2 ** recent);
    if (this.stopping) return;
    say(`starting ${name} again`);
    this.start();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
