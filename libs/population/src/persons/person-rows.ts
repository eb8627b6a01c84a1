import {
  quoteIdentifier,
  readDemand,
  rewriteReferences,
  typedTable,
  type Connection,
} from '@catchment/warehouse';
import { asideTable } from './stated-rows';

/**
 * Decides the ids that the resources of a person have in the typed tables: `temp.person_id` (`rid, pid, source, type,
 * id, new_id`). A fact that counts once is named by the id of the one that is kept; resources of two sources that
 * happen to have one id get two.
 */
export async function writeIds(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table person_id as
    with
      named as (
        select person.*, resource.id, same_fact.kept_rid,
          row_number() over (
            partition by person.pid, person.type, resource.id, same_fact.kept_rid is null
            order by person.rank, person.rid
          ) as nth
        from temp.person_resource as person
        join registry.resource as resource using (rid)
        left join identity.same_fact as same_fact using (rid)
        where person.type <> 'Patient'
      ),
      visible as (
        select rid, case when nth = 1 then id else left(id, 50) || '.' || own_pid end as new_id
        from named where kept_rid is null
      )
    select named.rid, named.pid, named.source, named.type, named.id, visible.new_id
    from named join visible on visible.rid = coalesce(named.kept_rid, named.rid)
    union all
    select rid, person.pid, person.source, 'Patient', record.id, kept.id
    from temp.person_resource as person
    join identity.record as record on record.pid = person.own_pid
    join identity.record as kept on kept.pid = person.pid
    where person.type = 'Patient'`);
  await connection.run(`create or replace temp table reference_map as
    select pid, source, map(list(type || '/' || id), list(type || '/' || new_id)) as targets
    from temp.person_id where id <> new_id group by pid, source`);
}

/** Writes the rows of a type that stand for the persons: under the person's pid, without facts that count once elsewhere. */
export async function writePersonRows(connection: Connection, type: string): Promise<void> {
  const demand = (await readDemand(connection))[type] ?? {};
  const columns = rewriteReferences(type, demand, (reference) => {
    // As relative reference, as address, with a version: the end names the resource.
    const target = `regexp_extract(${reference}, '([A-Za-z]+/[A-Za-z0-9.-]+?)(/_history/.*)?$', 1)`;
    return `coalesce(map_extract_value(person_targets, ${target}), ${reference})`;
  });
  const replaced = [
    'person_pid as pid',
    'person_new_id as id',
    ...[...columns].map(([name, sql]) => `${sql} as ${quoteIdentifier(name)}`),
  ];
  // Names of their own: an element may be called `source` or `type`.
  await connection.run(`insert into ${typedTable(type)} by name
    select stated.* replace (${replaced.join(', ')})
    from ${asideTable(type)} as stated
    join (
      select person_id.rid as person_rid, person_id.pid as person_pid, new_id as person_new_id, targets as person_targets
      from temp.person_id as person_id
      left join temp.reference_map as reference_map using (pid, source)
      where rid not in (select rid from identity.same_fact)
    ) on person_rid = stated.rid`);
}
