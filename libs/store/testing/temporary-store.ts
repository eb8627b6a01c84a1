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
 * A fresh operational database for one spec file, gone after `close()`: a database of its own on the server of
 * DATABASE_URL when that is set, else an embedded server in a temporary folder.
 */
export async function openTemporaryStore(): Promise<TemporaryStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'catchment-store-'));
  const server = process.env.DATABASE_URL;
  if (!server) {
    const settings: Settings = { dataDir, port: 0, redisUrl: process.env.REDIS_URL };
    return withRemoval(settings, await openStore(settings), async () => undefined);
  }
  const database = `catchment_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database "${database}"`);
  const settings: Settings = {
    dataDir,
    port: 0,
    databaseUrl: withDatabase(server, database),
    redisUrl: process.env.REDIS_URL,
  };
  return withRemoval(settings, await openStore(settings), () =>
    onServer(server, `drop database "${database}" with (force)`),
  );
}

function withRemoval(settings: Settings, store: Store, drop: () => Promise<void>): TemporaryStore {
  return {
    ...store,
    settings,
    close: async () => {
      await store.close();
      await drop();
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
