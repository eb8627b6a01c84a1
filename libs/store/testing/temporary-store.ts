import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Settings } from '@catchment/platform';
import { openStore, type Store } from '../src';
import { withDatabase } from '../src/postgres/connection-url';

export interface TemporaryStore extends Store {
  settings: Settings;
}

/**
 * A fresh operational database for one spec file, gone after `close()`: on the server of DATABASE_URL when that is set,
 * else on the embedded one that `test/run-server.cjs` starts.
 */
export async function openTemporaryStore(): Promise<TemporaryStore> {
  const server = process.env.DATABASE_URL || process.env.RUN_SERVER_URL!;
  const database = `catchment_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database "${database}"`);
  const settings: Settings = {
    dataDir: mkdtempSync(join(tmpdir(), 'catchment-store-')),
    port: 0,
    databaseUrl: withDatabase(server, database),
    redisUrl: process.env.REDIS_URL,
  };
  const store = await openStore(settings);
  return {
    ...store,
    settings,
    close: async () => {
      await store.close();
      await onServer(server, `drop database "${database}" with (force)`);
      rmSync(settings.dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
