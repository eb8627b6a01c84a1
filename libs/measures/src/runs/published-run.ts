import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database, martsFolder, readPointer } from '@catchment/warehouse';

/** What the published file says of itself. */
export interface PublishedRun {
  runId: string;
  contentHash: string;
  /** Both inclusive. */
  periodStart: string;
  periodEnd: string;
  /** Instant up to which its data are known, ISO 8601 in UTC. */
  dataAsOf: string;
  patients: number;
  measureIds: string[];
}

/** The run whose numbers are published; undefined while none are. */
export async function readPublishedRun(dataDir: string): Promise<PublishedRun | undefined> {
  const pointer = readPointer(dataDir);
  if (!pointer) return undefined;
  const file = join(martsFolder(dataDir), pointer.file);
  if (!existsSync(file)) return undefined;
  const marts = await Database.open(file, { readOnly: true });
  try {
    return await marts.main.first<PublishedRun>(
      `select
        run_id as "runId",
        content_hash as "contentHash",
        period_start as "periodStart",
        period_end as "periodEnd",
        strftime(data_as_of, '%Y-%m-%dT%H:%M:%SZ') as "dataAsOf",
        patients as "patients",
        (select coalesce(list(measure_id order by measure_id), []) from measure) as "measureIds"
    from publication`,
    );
  } finally {
    marts.close();
  }
}
