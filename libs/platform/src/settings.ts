import { delimiter, resolve } from 'node:path';
import { Diagnostic } from './failures';

/** The only settings that are needed to move from embedded defaults to real servers. */
export interface Settings {
  /** Folder of everything the service keeps on disk; default `./data`. */
  dataDir: string;
  /** A PostgreSQL server (13 or newer); absent: the embedded PostgreSQL under `dataDir`. */
  databaseUrl?: string;
  /** A Redis server for the queues; absent: BullMQ's PostgreSQL backend. */
  redisUrl?: string;
  /** HTTP port of the web app and the API; default 3000. */
  port: number;
  /** Network address to listen on; default 127.0.0.1, so that only this machine reaches a service of demo users. */
  host?: string;
  /** Prepare the synthetic demo on first start; default true, `DEMO=off` for a service that gets real data. */
  demo?: boolean;
  /** Folders outside of `dataDir` below which a source may take files, `SOURCE_FOLDERS=/mnt/feeds:/srv/sftp`. */
  sourceFolders?: string[];
}

/**
 * Reads the settings from the environment.
 * @throws Diagnostic when PORT is not a port number.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Diagnostic(`PORT must be a number from 0 to 65535, not "${env.PORT}"`);
  }
  return {
    dataDir: resolve(env.DATA_DIR ?? './data'),
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    port,
    host: env.HOST || '127.0.0.1',
    demo: env.DEMO !== 'off',
    sourceFolders: (env.SOURCE_FOLDERS ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((path) => resolve(path)),
  };
}
