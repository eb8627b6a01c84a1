import type { DataSnapshot } from '@catchment/store';
import { readWarehouseContent, type Connection } from '@catchment/warehouse';

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
        (select count(*) from registry.population) as patients,
        (select count(*) from landing.file) as files`);
  if (!known?.data_as_of) return undefined;
  const types = await connection.rows<{ type: string; resources: number }>(
    'select type, count(*) as resources from registry.resource group by type order by type',
  );
  const { resources, panels } = await readWarehouseContent(connection);
  const persons = await connection.first<{ hash: string }>(`
    select concat_ws(' ', count(*), bit_xor(hash(record.record_id, person.record_id))) as hash
    from identity.record as record
    join identity.record as person on person.pid = record.person_pid and person.pid <> record.pid`);
  const mappings = await connection.first<{ hash: string }>(`
    select concat_ws(' ', bit_xor(hash(system, code, target_system, target_code))) as hash from terminology.code_mapping`);
  return {
    dataAsOf: known.data_as_of,
    patients: known.patients,
    resources: Object.fromEntries(types.map(({ type, resources: count }) => [type, count])),
    files: known.files,
    content: `${resources} ${panels} ${persons!.hash} ${mappings!.hash}`.trimEnd(),
  };
}
