import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Diagnostic } from '@catchment/platform';
import { findBinaries } from './binaries';
import { ensureCluster } from './cluster';
import { embeddedDatabase, socketUrl } from './connection-url';
import { postgresFolders, type PostgresFolders } from './folders';
import { ServerProcess } from './server-process';

export interface EmbeddedServer {
  /** Address of the product's database. */
  url: string;
  /** True when this process started the server; false when it met one that another process had started. */
  owned: boolean;
  /** Resolves when an owned server ends; never for a server of another process. */
  ended: Promise<void>;
  /** Ends an owned server; leaves one of another process alone. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL server for DATA_DIR: the one that already answers there, else a new one (the first time with a new
 * cluster: about two seconds, later half a second). It ends with this process, however this process ends.
 * @throws Diagnostic when the machine can't run it or it does not answer within 30 s; the message ends with its log.
 */
export async function openEmbeddedServer(dataDir: string): Promise<EmbeddedServer> {
  const folders = postgresFolders(dataDir);
  const deadline = Date.now() + 30_000;
  let server: ServerProcess | undefined;
  for (;;) {
    const state = await probe(folders);
    if (typeof state === 'object') {
      if (server?.name !== state.answersAs) server = undefined;
      break;
    }
    if (state === 'absent' && !server?.running) {
      const binaries = findBinaries();
      await ensureCluster(binaries, folders);
      // It ends at once when another process has just started one on the same cluster: then that one answers soon.
      server = ServerProcess.start(binaries, folders);
    }
    if (Date.now() > deadline) {
      await server?.stop();
      throw new Diagnostic(
        `the embedded PostgreSQL does not answer; its log ends with:\n${logTail(folders)}`,
      );
    }
    await sleep(50);
  }
  await createDatabase(folders);
  return handle(folders, server);
}

function handle(folders: PostgresFolders, server: ServerProcess | undefined): EmbeddedServer {
  return {
    url: socketUrl(folders.socket),
    owned: server !== undefined,
    ended: server?.ended ?? new Promise(() => undefined),
    stop: async () => server?.stop(),
  };
}

type State = { answersAs: string } | 'starting-or-stopping' | 'absent';

async function probe(folders: PostgresFolders): Promise<State> {
  const client = new Client({ connectionString: socketUrl(folders.socket, 'postgres') });
  // An idle connection that breaks between two lines must not end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
    return { answersAs: rows[0]?.cluster_name ?? '' };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
    // Starting up, recovering or shutting down; or it ended while we knocked.
    if (code === '57P03' || code === '57P01' || code === 'ECONNRESET') return 'starting-or-stopping';
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(folders: PostgresFolders): Promise<void> {
  const client = new Client({ connectionString: socketUrl(folders.socket, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      embeddedDatabase,
    ]);
    if (rowCount === 0) await client.query(`create database "${embeddedDatabase}"`);
  } catch (error) {
    // 42P04, 23505: another process was faster.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

function logTail(folders: PostgresFolders): string {
  return readFileSync(folders.log, 'utf8').slice(-2000);
}
