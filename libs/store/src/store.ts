import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { Settings } from '@catchment/platform';
import { advisoryKey } from './advisory-key';
import { entities } from './entities';
import { migrations } from './migrations';
import { connectionOptions } from './postgres/connection-url';
import { openEmbeddedServer } from './postgres/embedded-server';
import { SnakeNaming } from './snake-naming';

/** The PostgreSQL schema of everything that people write. */
export const schemaName = 'catchment';

/** A PostgreSQL server that answers. */
export interface DatabaseServer {
  url: string;
  /** Resolves when an embedded server of this process ends. */
  ended: Promise<void>;
  /** Ends an embedded server of this process; of any other server it does nothing. */
  stop(): Promise<void>;
}

/** The server that the settings name, or the embedded one of the data folder. */
export async function openDatabaseServer(settings: Settings): Promise<DatabaseServer> {
  if (!settings.databaseUrl) return openEmbeddedServer(settings.dataDir);
  return {
    url: settings.databaseUrl,
    ended: new Promise(() => undefined),
    stop: async () => undefined,
  };
}

/** A data source that is not connected yet. */
export function createDataSource(url: string, poolSize = 10): DataSource {
  const { host, port, user, password, database, ssl } = connectionOptions(url);
  return new DataSource({
    type: 'postgres',
    host,
    port,
    username: user,
    password,
    database,
    ssl,
    schema: schemaName,
    entities,
    migrations,
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'catchment',
    poolSize,
    // Never the default logger: it prints parameters, which may be about patients.
    logging: false,
  });
}

/** The operational database, with all migrations run. */
export interface Store {
  dataSource: DataSource;
  url: string;
  /** Closes the connections, then an embedded server if this process started it. */
  close(): Promise<void>;
}

/** Opens the operational database of the settings and brings its schema up to date. */
export async function openStore(settings: Settings): Promise<Store> {
  const server = await openDatabaseServer(settings);
  try {
    await migrate(server.url);
    const dataSource = await createDataSource(server.url).initialize();
    return {
      dataSource,
      url: server.url,
      close: async () => {
        if (dataSource.isInitialized) await dataSource.destroy();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Runs the migrations that are missing; processes that start together take turns. */
export async function migrate(url: string): Promise<void> {
  const lock = new Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [advisoryKey('migrate')]);
    await lock.query(`create schema if not exists ${schemaName}`);
    const dataSource = await createDataSource(url, 1).initialize();
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}
