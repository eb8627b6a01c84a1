import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { projectRoot } from '@catchment/platform';
import { openEmbeddedServer } from './embedded-server';

const holder = `
const { openEmbeddedServer } = require('./libs/store/src/postgres/embedded-server.ts');
openEmbeddedServer(process.argv[1]).then((server) => {
  process.stdout.write(JSON.stringify({ url: server.url, owned: server.owned }) + '\\n');
  if (process.argv[2] === 'hold') setInterval(() => undefined, 1000);
});`;

/** Another process that opens the embedded server of a folder; resolves with what it got. */
async function otherProcess(dataDir: string, then: 'hold' | 'finish') {
  const register = join(projectRoot(), 'libs/platform/testing/register-typescript.cjs');
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    ['-r', register, '-e', holder, dataDir, then],
    {
      cwd: projectRoot(),
    },
  );
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = await new Promise<{ url: string; owned: boolean }>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) =>
      resolve(JSON.parse(text.toString()) as { url: string; owned: boolean }),
    );
    child.once('exit', () => reject(new Error(errors)));
  });
  return { ...answer, kill: () => child.kill('SIGKILL'), ended };
}

async function answer(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** True once the server's process is gone; gives it ten seconds. */
async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(100);
  }
  return false;
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('the embedded PostgreSQL', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'catchment-postgres-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('keeps what was written over a stop and a new start', async () => {
    const first = await openEmbeddedServer(dataDir);
    await answer(first.url, 'create table kept as select 42 as answer');
    const pid = serverPid(dataDir);
    await first.stop();
    expect(await isGone(pid)).toBe(true);

    const second = await openEmbeddedServer(dataDir);
    expect(await answer(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is shared by a second process, which leaves it running', async () => {
    const owner = await openEmbeddedServer(dataDir);
    const guest = await otherProcess(dataDir, 'finish');
    await guest.ended;
    expect(guest).toMatchObject({ url: owner.url, owned: false });
    expect(await answer(owner.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await owner.stop();
  });

  it('has one owner when two processes make it at the same moment', async () => {
    const both = await Promise.all([otherProcess(dataDir, 'hold'), otherProcess(dataDir, 'hold')]);
    expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
    const pid = serverPid(dataDir);
    for (const process of both) process.kill();
    expect(await isGone(pid)).toBe(true);
  });

  it('ends when its process is killed with -9, and nothing that was committed is lost', async () => {
    const killed = await otherProcess(dataDir, 'hold');
    await answer(killed.url, 'create table kept as select 7 as answer');
    const pid = serverPid(dataDir);
    killed.kill();
    expect(await isGone(pid)).toBe(true);

    const next = await openEmbeddedServer(dataDir);
    expect(next.owned).toBe(true);
    expect(await answer(next.url, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await next.stop();
  });

  it('ends with a command that just finishes, and does not keep it alive', async () => {
    const command = await otherProcess(dataDir, 'finish');
    await command.ended;
    expect(command.owned).toBe(true);
    for (
      let tries = 0;
      existsSync(join(dataDir, 'postgres/cluster/postmaster.pid')) && tries < 100;
      tries++
    ) {
      await sleep(100);
    }
    expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
  });

  it('listens on no network port and lets only its owner in', async () => {
    const server = await openEmbeddedServer(dataDir);
    expect(await answer(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await answer(server.url, 'show unix_socket_permissions')).toEqual([
      { unix_socket_permissions: '0700' },
    ]);
    await server.stop();
  });

  it('works under a folder whose path is too long for a socket', async () => {
    const deep = join(dataDir, 'a-folder-with-a-long-name-'.repeat(5));
    const server = await openEmbeddedServer(deep);
    expect(await answer(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await server.stop();
  });
});
