import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import type { Settings } from '@catchment/platform';

/** The PostgreSQL schema of BullMQ's own tables. */
const queueSchema = 'bullmq';

/**
 * Where BullMQ keeps its jobs: Redis when REDIS_URL is set, else the operational database.
 * Chooses the backend for the whole process, so it must run before the first queue is made.
 */
export function queueConnection(
  settings: Pick<Settings, 'redisUrl'>,
  databaseUrl: string,
): ConnectionOptions {
  if (settings.redisUrl) {
    setDefaultBackendFactory();
    // A worker waits for Redis to come back; it does not give up a blocking command after 20 tries.
    return { url: settings.redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend);
  const postgres = { connectionString: databaseUrl, schema: queueSchema, migrate: true, max: 3 };
  return postgres;
}
