import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { SqlConfiguration } from '@catchment/store';
import { findBinaries } from '../../../store/src/postgres/binaries';
import { ensureCluster } from '../../../store/src/postgres/cluster';
import { postgresFolders } from '../../../store/src/postgres/folders';
import { ServerProcess } from '../../../store/src/postgres/server-process';
import { selfSigned, type SelfSigned } from './certificate.fixture';
import { DatabaseUnreachable } from './sql-failure';
import { readOnly } from './sql-session';

jest.setTimeout(60_000);

describe('TLS of a database', () => {
  let folder: string;
  let port: number;
  let own: SelfSigned;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-tls-'));
    port = await freePort();
    own = selfSigned('localhost');
    server = await startWithTls(folder, port, own);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Whether the session of a source is encrypted, by the server's word. */
  function isEncrypted(change: Partial<SqlConfiguration>): Promise<boolean | undefined> {
    const configuration: SqlConfiguration = {
      kind: 'sql',
      host: 'localhost',
      port,
      database: 'postgres',
      user: 'catchment',
      tls: 'verify',
      authority: null,
      relation: { table: 'emr.resource' },
      resourceColumn: 'content',
      changedColumn: null,
      deletedColumn: null,
      removesMissing: false,
      overlapMinutes: 0,
      ...change,
    };
    return readOnly(configuration, null, { timeout: 10_000 }, async (client) => {
      const { rows } = await client.query<{ ssl: boolean }>(
        'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
      );
      return rows[0]?.ssl;
    });
  }

  it.each<[string, () => Partial<SqlConfiguration>, boolean | RegExp]>([
    ['verify, with the authority', () => ({ authority: own.certificate }), true],
    ['verify, without it', () => ({}), /cannot be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\).*authority/],
    [
      'verify, with the authority of somebody else',
      () => ({ authority: selfSigned('localhost').certificate }),
      /cannot be trusted/,
    ],
    [
      'verify, a certificate of another host',
      () => ({ host: '127.0.0.1', authority: own.certificate }),
      /certificate of the database is of another host/,
    ],
    ['encrypt', () => ({ tls: 'encrypt' }), true],
    ['off', () => ({ tls: 'off' }), false],
  ])('%s', async (_what, change, expected) => {
    const attempt = isEncrypted(change());
    if (typeof expected === 'boolean') {
      expect(await attempt).toBe(expected);
      return;
    }
    const refused: unknown = await attempt.catch((error: unknown) => error);
    // Trying again would not help: the run fails at once and says what to do.
    expect(refused).not.toBeInstanceOf(DatabaseUnreachable);
    expect((refused as Error).message).toMatch(expected);
  });

  it.each(['verify', 'encrypt'] as const)('%s sends nothing to a server without TLS', async (tls) => {
    const heard: string[] = [];
    const plain = createServer((socket) =>
      socket.on('data', (bytes) => {
        heard.push(bytes.toString('hex'));
        socket.write('N');
      }),
    );
    await new Promise<void>((resolve) => plain.listen(0, 'localhost', resolve));
    const { port: other } = plain.address() as AddressInfo;
    await expect(isEncrypted({ port: other, tls })).rejects.toThrow('the database offers no TLS');
    // The question whether it can encrypt, and no name, password or statement.
    expect(heard).toEqual(['0000000804d2162f']);
    await new Promise((resolve) => plain.close(resolve));
  });
});

async function startWithTls(folder: string, port: number, { certificate, key }: SelfSigned) {
  const binaries = findBinaries();
  const folders = postgresFolders(folder);
  await ensureCluster(binaries, folders);
  writeFileSync(join(folders.cluster, 'server.crt'), certificate);
  writeFileSync(join(folders.cluster, 'server.key'), key, { mode: 0o600 });
  appendFileSync(
    join(folders.cluster, 'postgresql.conf'),
    `listen_addresses = 'localhost'\nport = ${port}\nssl = on\n`,
  );
  const server = ServerProcess.start(binaries, folders);
  while (server.running && !(await accepts(port))) await sleep(50);
  if (!server.running) throw new Error('the server did not start');
  return server;
}

async function accepts(port: number): Promise<boolean> {
  const client = new Client({ host: 'localhost', port, user: 'catchment', database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
