import { filesHash } from '@catchment/platform';
import { dataState, quoteLiteral, typedTable, type Connection } from '@catchment/warehouse';
import { defaultIdentityRule, type IdentityRule } from '../identity/identity-rule';
import { linkRecords } from '../identity/link-records';
import { writeGoldenPatients } from './golden-patient';
import { writeIds, writePersonRows } from './person-rows';
import { findSameFacts } from './same-facts';
import { asideTable, asideTypes } from './stated-rows';

/**
 * Brings the typed tables in line with who is one person: all resources of a person's records stand under one `pid`,
 * one Patient stands for all of them, and a fact that several sources state stands once. What is changed is kept in
 * schema `aside` as its source states it, so that everything is put back, to the last value, when a link, a decision
 * or a resource goes. To be called after a load, a new demand, a comparison of the records or a decision; does nothing
 * when nothing of that happened. Everything happens in one transaction.
 * @throws Diagnostic when decisions of people contradict each other
 */
export async function settlePersons(connection: Connection): Promise<void> {
  if (!(await isAnybodyLinked(connection))) return;
  const now = await currentState(connection);
  const settled = await connection.first<{ state: string }>('select state from identity.settled');
  if (settled?.state === now.all) return;
  await connection.transaction(async () => {
    await linkRecords(connection);
    await writeAffected(connection, settled?.state.startsWith(`${now.data}; `) === true);
    await restoreRows(connection);
    await writePersonResources(connection);
    const types = await setRowsAside(connection);
    if (types.length > 0) {
      await findSameFacts(connection, types);
      await writeIds(connection);
      for (const type of types.filter((each) => each !== 'Patient')) await writePersonRows(connection, type);
      await writeGoldenPatients(connection);
      await connection.run('drop table temp.person_id; drop table temp.reference_map');
    }
    await connection.run(`
      drop table temp.affected; drop table temp.person_resource;
      delete from identity.settled_link;
      insert into identity.settled_link from identity.link;
      delete from identity.settled;
      -- other rows, other facts and units: of the patients whom this concerns
      update registry.element_state set state = '';
      update dictionary.unit_state set state = ''`);
    await connection.run('insert into identity.settled (state, made_by) values ($1, $2)', [
      now.all,
      now.madeBy,
    ]);
  });
}

/** Most warehouses have one source and no pairs: they pay nothing. */
async function isAnybodyLinked(connection: Connection): Promise<boolean> {
  const found = await connection.first(`
    select 1 as found from identity.pair
    union all select 1 from identity.decision
    union all select 1 from identity.settled_link limit 1`);
  return found !== undefined;
}

/**
 * `data`: what rows are made from, and by what, whoever is one person; `all`: also who is one person.
 * `madeBy`: the rule and the code of which rows are made, which `readNews` asks for.
 */
async function currentState(connection: Connection): Promise<{ data: string; all: string; madeBy: string }> {
  const row = await connection.first<{ held: string; rule: string; identity: string }>(`select
    (select concat_ws(' ', count(*), bit_xor(hash(rid, hash))) from registry.resource) as held,
    concat_ws(' ', (select hash(list(rule::varchar)) from identity.rule)) as rule,
    concat_ws(' ',
      (select concat_ws(' ', count(*), bit_xor(hash(left_record, right_record, verdict, contradictions))) from identity.pair),
      (select concat_ws(' ', count(*), bit_xor(hash(left_record, right_record, verdict))) from identity.decision)
    ) as identity`);
  const madeBy = `${row!.rule} ${filesHash([__dirname])}`;
  const data = `${await dataState(connection)} ${row!.held} ${madeBy}`;
  return { data, all: `${data}; ${row!.identity}`, madeBy };
}

/**
 * The records whose persons are to be written anew (`temp.affected`): of all persons of several records, of now and of
 * before; where only links changed, those of persons whose records are others.
 */
async function writeAffected(connection: Connection, sameData: boolean): Promise<void> {
  const persons = (table: string): string => `
    select list(own_pid order by own_pid) as members
    from (select own_pid, pid from ${table} union select pid, pid from ${table}) group by pid`;
  const [before, now] = [persons('identity.settled_link'), persons('identity.link')];
  const changed = sameData
    ? `(${before} except ${now}) union ((${now}) except (${before}))`
    : `${before} union ${now}`;
  await connection.run(`create or replace temp table affected as
    select distinct unnest(members) as own_pid -- a record may leave one person for another
    from (${changed})`);
}

/** Puts back what was set aside; a row that was replaced or deleted since is forgotten. */
async function restoreRows(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table put_back as
    select set_aside.rid, resource.pid
    from identity.set_aside as set_aside join registry.resource as resource using (rid, hash)`);
  for (const type of await asideTypes(connection)) {
    const table = asideTable(type);
    // A row whose resource is gone belongs to nobody who could be affected: it goes in any case.
    await connection.run(`create or replace temp table leaving as
      select stated.rid, put_back.pid
      from ${table} as stated left join temp.put_back as put_back using (rid)
      where put_back.rid is null or put_back.pid in (select own_pid from temp.affected)`);
    await connection.run(`
      delete from ${typedTable(type)} where rid in (select rid from temp.leaving where pid is not null);
      insert into ${typedTable(type)} by name
        select stated.* replace (leaving.pid as pid)
        from ${table} as stated join temp.leaving as leaving using (rid)
        where leaving.pid is not null;
      delete from ${table} where rid in (select rid from temp.leaving);
      drop table temp.leaving`);
    if (!(await connection.first(`select 1 from ${table} limit 1`)))
      await connection.run(`drop table ${table}`);
  }
  const staying = 'select rid from temp.put_back where pid not in (select own_pid from temp.affected)';
  await connection.run(`
    delete from identity.set_aside where rid not in (${staying});
    delete from identity.same_fact where rid not in (${staying});
    drop table temp.put_back;
    delete from identity.golden_element
      where pid in (select own_pid from temp.affected) or pid not in (select pid from identity.link)`);
}

/** Writes `temp.person_resource`: every resource of the affected persons that have several records now. */
async function writePersonResources(connection: Connection): Promise<void> {
  const written = await connection.first<{ rule: string }>('select rule from identity.rule');
  const rule = written ? (JSON.parse(written.rule) as IdentityRule) : defaultIdentityRule;
  const priority = `[${rule.sourcePriority.map(quoteLiteral).join(', ')}]::varchar[]`;
  await connection.run(`create or replace temp table person_resource as
    with
      record as (
        select pid as own_pid, person_pid as pid, source,
          coalesce(list_position(${priority}, source), 1000000) as priority
        from identity.record
        where person_pid in (select pid from identity.link) and pid in (select own_pid from temp.affected)
      )
    select resource.rid, resource.type, record.own_pid, record.pid, record.source, record.priority,
      dense_rank() over (order by record.priority, record.own_pid) as rank
    from registry.resource as resource join record on record.own_pid = resource.pid`);
}

async function setRowsAside(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ type: string }>(
    'select distinct type from temp.person_resource order by type',
  );
  for (const { type } of rows) {
    const chosen = `rid in (select rid from temp.person_resource where type = ${quoteLiteral(type)})`;
    await connection.run(`
      create table if not exists ${asideTable(type)} as select * from ${typedTable(type)} limit 0;
      insert into ${asideTable(type)} by name select * from ${typedTable(type)} where ${chosen};
      delete from ${typedTable(type)} where ${chosen}`);
  }
  await connection.run(`insert into identity.set_aside
    select rid, resource.hash from temp.person_resource join registry.resource as resource using (rid)`);
  return rows.map(({ type }) => type);
}
