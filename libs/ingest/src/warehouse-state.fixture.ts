import { quoteIdentifier, readDemand, typedTable, type Connection } from '@catchment/warehouse';

/**
 * Everything that the warehouse holds of its sources, in words: patients and resources by their ids, without the
 * numbers that a warehouse gives and without the places of the originals. Equal states are equal objects.
 */
export async function readState(connection: Connection): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  const texts = async (name: string, sql: string): Promise<void> => {
    const rows = await connection.rows<{ row: string }>(
      `select row::varchar as row from (${sql}) as row order by 1`,
    );
    if (rows.length > 0) state[name] = rows.map(({ row }) => row);
  };
  await texts('subjects', 'select source, id from registry.subject');
  await texts('population', 'select source, id from registry.population');
  await texts('resources', 'select source, type, id, hash, last_updated from registry.resource');
  await texts('waiting', 'select source, type, id, hash, last_updated, patient from registry.waiting');
  for (const type of Object.keys(await readDemand(connection))) {
    await texts(
      type,
      `select subject.source as of_source, subject.id as of_patient, typed.* exclude (pid, rid)
       from ${typedTable(type)} as typed left join registry.subject as subject using (pid)`,
    );
    // A typed row and its registry row are about one resource of one patient.
    const apart = await connection.rows(
      `select typed.id from ${typedTable(type)} as typed
       left join registry.resource as known on known.rid = typed.rid and known.type = $1
       where known.id is distinct from typed.id or known.pid is distinct from typed.pid`,
      [type],
    );
    if (apart.length > 0)
      throw new Error(`${quoteIdentifier(type)} and registry differ: ${JSON.stringify(apart)}`);
  }
  return state;
}
