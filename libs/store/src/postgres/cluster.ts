import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import type { PostgresBinaries } from './binaries';
import { embeddedUser } from './connection-url';
import type { PostgresFolders } from './folders';
import { unprivileged } from './unprivileged';

/**
 * Server settings: no network, small memory, and nothing of a statement's values in the log (values may be about
 * patients).
 */
const configuration = `
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 64MB
fsync = on
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
timezone = 'UTC'
log_timezone = 'UTC'
`;

/**
 * Creates the database cluster when there is none. It is made under another name and then renamed, so that a
 * process that is killed half-way leaves nothing that looks like a cluster.
 */
export async function ensureCluster(binaries: PostgresBinaries, folders: PostgresFolders): Promise<void> {
  if (existsSync(join(folders.cluster, 'PG_VERSION'))) return;
  removeUnfinished(folders.home);
  const unfinished = `${folders.cluster}.new.${process.pid}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  await initdb(binaries, unfinished);
  appendFileSync(join(unfinished, 'postgresql.conf'), configuration);
  try {
    renameSync(unfinished, folders.cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster: its cluster is as good as ours.
    if (!existsSync(join(folders.cluster, 'PG_VERSION'))) throw error;
  }
}

/** Left by a process that was killed while it made a cluster; the name holds its process id. */
function removeUnfinished(home: string): void {
  for (const entry of readdirSync(home)) {
    const pid = /^cluster\.new\.(\d+)$/.exec(entry)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(home, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function initdb(binaries: PostgresBinaries, folder: string): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${embeddedUser}`,
    // Nobody but the owner of the socket's folder can reach the server.
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  const { command, args: all, uid, gid } = unprivileged(binaries.initdb, args, folder);
  const child = spawn(command, all, {
    uid,
    gid,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Diagnostic(`initdb of the embedded PostgreSQL failed: ${complaint.trim().slice(-2000)}`));
    });
  });
}
