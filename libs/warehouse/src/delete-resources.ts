import { quoteLiteral, type Connection } from './database';
import { typedTable } from './typed-table';

export interface DeletionOutcome {
  /** Resources that were there, waiting ones included, and are not any more. */
  deleted: number;
  /** Further rows of the relation: what was not there, or was named before. */
  absent: number;
  /** Resources of deleted patients, which now wait for them to come again. */
  orphaned: number;
}

/**
 * Applies deletions of a source: the resources leave typed tables and registry and are remembered as deleted. What is
 * about a deleted patient waits for the patient (`registry.waiting`). To be called in a transaction.
 * @param relation SQL query of `type VARCHAR, id VARCHAR`, read several times
 */
export async function deleteResources(
  connection: Connection,
  source: string,
  relation: string,
): Promise<DeletionOutcome> {
  const from = quoteLiteral(source);
  await connection.run(`
    create or replace temp table gone as
      select rid, pid, type, id, last_updated from registry.resource semi join (${relation}) using (type, id)
      where source = ${from};
    create or replace temp table gone_waiting as
      select type, id, last_updated from registry.waiting semi join (${relation}) using (type, id)
      where source = ${from};
    create or replace temp table orphan as
      select resource.*, subject.id as patient
      from registry.resource as resource
      join registry.subject as subject using (pid)
      where pid in (select pid from temp.gone where type = 'Patient') and rid not in (select rid from temp.gone)`);
  await connection.run(`
    delete from registry.waiting where source = ${from} and (type, id) in (select type, id from temp.gone_waiting);
    insert into registry.deleted
      select ${from}, type, id, max(last_updated)
      from (select type, id, last_updated from temp.gone union all from temp.gone_waiting)
      group by type, id;
    insert into registry.waiting
      select source, type, id, hash, last_updated, patient, 'patient-deleted', file_id, line
      from temp.orphan
      where (type, id) not in (select type, id from registry.waiting where source = ${from})`);
  const counted = await connection.first<{ named: number; deleted: number; orphans: number }>(`select
    (select count(*) from (${relation})) as named,
    (select count(*) from (select type, id from temp.gone union select type, id from temp.gone_waiting)) as deleted,
    (select count(*) from temp.orphan) as orphans`);
  await removeRows(connection);
  await connection.run('drop table temp.gone; drop table temp.gone_waiting; drop table temp.orphan');
  const { named, deleted, orphans } = counted!;
  return { deleted, absent: named - deleted, orphaned: orphans };
}

async function removeRows(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table leaving as
    select rid, type from temp.gone union all select rid, type from temp.orphan`);
  const types = await connection.rows<{ type: string }>('select distinct type from temp.leaving');
  for (const { type } of types) {
    await connection.run(
      `delete from ${typedTable(type)} where rid in (select rid from temp.leaving where type = ${quoteLiteral(type)})`,
    );
  }
  await connection.run(`
    delete from registry.resource where rid in (select rid from temp.leaving);
    delete from registry.subject where pid in (select pid from temp.gone where type = 'Patient');
    drop table temp.leaving`);
}
