import { delimiter, resolve } from 'node:path';
import { Diagnostic } from './failures';

/** When a run's data look so wrong that its numbers wait for somebody to look at them. */
export interface PublishLimits {
  /** Share of the patients, or of the resources of a type, that may be missing against the published run; 0…1. */
  shrink: number;
  /** Days that the newest data may be old; absent: any. */
  dataAgeDays?: number;
}

export const defaultPublishLimits: PublishLimits = { shrink: 0.1 };

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
  /** `PUBLISH_SHRINK_PERCENT=10`, `PUBLISH_DATA_AGE_DAYS=3`; default `defaultPublishLimits`. */
  publishLimits?: PublishLimits;
}

/**
 * Reads the settings from the environment.
 * @throws Diagnostic when a number is none or out of its range.
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
    publishLimits: readPublishLimits(env),
  };
}

function readPublishLimits({
  PUBLISH_SHRINK_PERCENT: percent,
  PUBLISH_DATA_AGE_DAYS: days,
}: NodeJS.ProcessEnv): PublishLimits {
  const shrink = percent ? Number(percent) / 100 : defaultPublishLimits.shrink;
  if (!(shrink >= 0 && shrink <= 1)) {
    throw new Diagnostic(`PUBLISH_SHRINK_PERCENT must be a number from 0 to 100, not "${percent}"`);
  }
  if (!days) return { shrink };
  const dataAgeDays = Number(days);
  if (!(dataAgeDays > 0)) {
    throw new Diagnostic(`PUBLISH_DATA_AGE_DAYS must be a number of days above 0, not "${days}"`);
  }
  return { shrink, dataAgeDays };
}
