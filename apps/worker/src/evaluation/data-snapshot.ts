import type { Connection } from '@catchment/warehouse';

/** What the warehouse held when a run began. */
export interface DataSnapshot {
  /** Instant up to which the data are known, ISO 8601 in UTC. */
  dataAsOf: string;
  patients: number;
  /** Current resources per type. */
  resources: Record<string, number>;
  files: number;
}

/**
 * Reads what a run will be about. The data are known up to the last change that any resource tells of
 * (`meta.lastUpdated`), or where none does, up to the arrival of the last file; undefined when there is neither.
 */
export async function readDataSnapshot(connection: Connection): Promise<DataSnapshot | undefined> {
  const known = await connection.first<{ data_as_of: string | null; patients: number; files: number }>(`
    select
        strftime(coalesce(
            (select max(last_updated) from registry.resource),
            (select max(received_at) from landing.file)
        ), '%Y-%m-%dT%H:%M:%SZ') as data_as_of,
        (select count(*) from registry.subject) as patients,
        (select count(*) from landing.file) as files`);
  if (!known?.data_as_of) return undefined;
  const types = await connection.rows<{ type: string; resources: number }>(
    'select type, count(*) as resources from registry.resource group by type order by type',
  );
  return {
    dataAsOf: known.data_as_of,
    patients: known.patients,
    resources: Object.fromEntries(types.map(({ type, resources }) => [type, resources])),
    files: known.files,
  };
}
