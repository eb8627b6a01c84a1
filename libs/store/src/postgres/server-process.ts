import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, statSync } from 'node:fs';
import type { PostgresBinaries } from './binaries';
import type { PostgresFolders } from './folders';
import { unprivileged } from './unprivileged';

/**
 * Runs the server and a watchdog on standard input: when the process that holds the other end of the pipe ends, be
 * it by kill -9, the pipe closes and the server is asked for a fast, clean shutdown (SIGINT).
 */
const watchdog = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( cat >/dev/null; kill -INT $server 2>/dev/null ) <&3 &
wait $server
`;

const logLimit = 16 * 1024 * 1024;

/** A running embedded server that this process started. */
export class ServerProcess {
  /** Resolves when the server ended, for whatever reason. */
  readonly ended: Promise<void>;
  private hasEnded = false;

  private constructor(
    private readonly child: ChildProcess,
    /** The server's `cluster_name`: tells our server from one that another process started. */
    readonly name: string,
  ) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.hasEnded = true;
        resolve();
      };
      child.once('exit', end);
      child.once('error', end);
    });
  }

  static start(binaries: PostgresBinaries, folders: PostgresFolders): ServerProcess {
    const name = `catchment-${randomUUID()}`;
    const server = [
      binaries.postgres,
      '-D',
      folders.cluster,
      '-k',
      folders.socket,
      '-c',
      `cluster_name=${name}`,
    ];
    const args = ['-c', watchdog, 'catchment-postgres', ...server];
    const { command, args: all, uid, gid } = unprivileged('/bin/sh', args, folders.home);
    const log = openSync(folders.log, isTooLong(folders.log) ? 'w' : 'a', 0o600);
    const child = spawn(command, all, {
      uid,
      gid,
      // A process group of its own: Ctrl-C in the terminal reaches us first, and we end the server last.
      detached: true,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['pipe', log, log],
    });
    closeSync(log);
    // Waiting for the server must not keep a finished command alive.
    child.unref();
    return new ServerProcess(child, name);
  }

  get running(): boolean {
    return !this.hasEnded;
  }

  /** Ends the server cleanly; by force when it takes longer than ten seconds. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.child.ref();
    this.child.stdin?.destroy();
    const force = setTimeout(() => {
      if (this.child.pid) process.kill(-this.child.pid, 'SIGKILL');
    }, 10_000);
    await this.ended;
    clearTimeout(force);
  }
}

function isTooLong(log: string): boolean {
  return (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > logLimit;
}
