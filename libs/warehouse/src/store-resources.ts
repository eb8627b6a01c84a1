import type { DemandNode } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { DoubtfulText, extendDictionaries } from './dictionary';
import { patientPath } from './patient-compartment';
import {
  arrived,
  incoming,
  shredForLoad,
  stageResources,
  type LoadShred,
  type ResourceBatch,
} from './stage-resources';
import { clusterOrder, typedTable } from './typed-table';

/** What became of the resources of a batch; the four add up to what arrived. */
export interface BatchOutcome {
  loaded: number;
  unchanged: number;
  quarantined: number;
  /** Did concepts appear that value sets have to be bound to again? */
  dictionariesGrew: boolean;
}

/**
 * Stores a batch of resources of one type: typed table, registry, dictionaries. Either all of it or, after an error
 * or a crash, nothing (only quarantine entries of unreadable resources may stand already). The typed table exists
 * and holds `demand`; batches of Patient come first.
 */
export async function storeResources(
  connection: Connection,
  batch: ResourceBatch,
  demand: DemandNode,
): Promise<BatchOutcome> {
  const shredded = shredForLoad(batch.type, demand);
  try {
    return await storeStaged(connection, batch, shredded, false);
  } catch (error) {
    if (!(error instanceof DoubtfulText)) throw error;
    return await storeStaged(connection, batch, shredded, true);
  } finally {
    await connection.run(
      ['incoming_resource', 'arrived_resource', 'aside', 'replaced']
        .map((name) => `drop table if exists temp.${name}`)
        .join('; '),
    );
  }
}

async function storeStaged(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  doubted: boolean,
): Promise<BatchOutcome> {
  const unreadable = await stageResources(connection, batch, shredded, doubted);
  return connection.transaction(async () => {
    const aside = await setAside(connection, batch);
    const dictionariesGrew = await extendDictionaries(connection, batch, shredded, doubted);
    const loaded = await insertResources(connection, batch, shredded, aside);
    return {
      loaded,
      unchanged: aside.unchanged,
      quarantined: unreadable + aside.quarantined,
      dictionariesGrew,
    };
  });
}

interface Aside {
  unchanged: number;
  quarantined: number;
  /** Is there any older content to delete? */
  replaces: boolean;
}

/** Finds the staged rows that are not to be stored, into `temp.aside`, and what the others replace. */
async function setAside(connection: Connection, batch: ResourceBatch): Promise<Aside> {
  await connection.run(`
    create or replace temp table aside (n bigint, reason varchar);
    create or replace temp table replaced (n bigint, rid bigint)`);
  if (batch.identified) {
    await findRepeated(connection);
    await findKnown(connection, batch);
  }
  if (batch.type !== 'Patient') {
    await connection.run(`insert into temp.aside
      select n, 'unknown-patient' from ${arrived}
      where patient is not null and pid is null and n not in (select n from temp.aside)`);
  }
  await connection.run(
    `insert into landing.quarantine
     select file_id, line, $1, id, reason, null
     from temp.aside join ${arrived} using (n)
     where reason <> 'unchanged'`,
    [batch.type],
  );
  const counted = await connection.first<{ unchanged: number; quarantined: number }>(`
    select
      count(*) filter (where reason = 'unchanged') as unchanged,
      count(*) filter (where reason <> 'unchanged') as quarantined
    from temp.aside`);
  const replaces = await connection.first('select 1 from temp.replaced limit 1');
  return { unchanged: counted?.unchanged ?? 0, quarantined: counted?.quarantined ?? 0, replaces: !!replaces };
}

/** The same id more than once in the batch: the newest stays, the first where nothing says which is newer. */
async function findRepeated(connection: Connection): Promise<void> {
  const counted = await connection.first<{ repeated: boolean }>(
    `select count(*) > count(distinct id) as repeated from ${arrived}`,
  );
  if (!counted?.repeated) return;
  await connection.run(`insert into temp.aside
    select
      n,
      case
        when hash = first_hash then 'unchanged'
        when last_updated < first_updated then 'older-version'
        else 'duplicate-id'
      end
    from (
      select
        n, hash, last_updated,
        first_value(hash) over same_id as first_hash,
        first_value(last_updated) over same_id as first_updated,
        row_number() over same_id as place
      from ${arrived}
      where id in (select id from ${arrived} group by id having count(*) > 1)
      window same_id as (partition by id order by last_updated desc nulls last, file_id, line)
    )
    where place > 1`);
}

/** Resources that the warehouse has already: unchanged, replaced by newer content, or in conflict. */
async function findKnown(connection: Connection, { type, source, fileIds }: ResourceBatch): Promise<void> {
  const known = `select * from registry.resource where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`;
  if (!(await connection.first(`${known} limit 1`))) return;
  await connection.run(`create or replace temp table known_resource as
    select
      staged.n,
      known.rid,
      case
        when known.hash = staged.hash then 'unchanged'
        when known.last_updated > staged.last_updated then 'older-version'
        when known.last_updated < staged.last_updated then null
        when list_contains([${fileIds.join(', ')}]::integer[], known.file_id) then 'duplicate-id'
      end as reason
    from ${arrived} as staged
    join (${known}) as known using (id)
    where staged.n not in (select n from temp.aside)`);
  await connection.run(`
    insert into temp.aside select n, reason from temp.known_resource where reason is not null;
    insert into temp.replaced select n, rid from temp.known_resource where reason is null;
    drop table temp.known_resource`);
}

async function insertResources(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  aside: Aside,
): Promise<number> {
  const { type, source } = batch;
  const anyAside = aside.unchanged + aside.quarantined > 0;
  const kept = anyAside ? 'where place.n not in (select n from temp.aside)' : '';
  if (type === 'Patient') await insertSubjects(connection, source, kept);
  if (aside.replaces) {
    await connection.run(`
      delete from ${typedTable(type)} where rid in (select rid from temp.replaced);
      delete from registry.resource where rid in (select rid from temp.replaced)`);
  }
  const counter = await connection.first<{ rid: number }>('select rid from registry.counter');
  const own = `${counter?.rid ?? 0} + 1 + place.n`;
  const rid = aside.replaces ? `coalesce(replaced.rid, ${own})` : own;
  const pid = type === 'Patient' ? 'own.pid' : 'place.pid';
  const places = `${arrived} as place
    ${type === 'Patient' ? `join registry.subject as own on own.source = ${quoteLiteral(source)} and own.id = place.patient` : ''}
    ${aside.replaces ? 'left join temp.replaced as replaced on replaced.n = place.n' : ''}`;
  const columns = shredded.columns.map(
    ({ name }) => `staged.${quoteIdentifier(`.${name}`)} as ${quoteIdentifier(name)}`,
  );
  await connection.run(`insert into ${typedTable(type)}
    select ${[`${pid} as pid`, `${rid} as rid`, 'place.id', ...columns].join(', ')}
    from ${incoming} as staged join ${places} on place.n = staged.rowid
    ${kept}
    order by ${clusterOrder(shredded)}`);
  await connection.run(`insert into registry.resource
    select ${rid}, ${pid}, ${quoteLiteral(type)}, place.id, ${quoteLiteral(source)}, place.hash,
      place.last_updated, place.file_id, place.line
    from ${places}
    ${kept}`);
  const counted = await connection.first<{ n: number; highest: number }>(
    `select count(*) as n, max(n) + 1 as highest from ${arrived}`,
  );
  await connection.run(`update registry.counter set rid = rid + ${counted?.highest ?? 0}`);
  return (counted?.n ?? 0) - aside.unchanged - aside.quarantined;
}

/** Numbers the patients who were not known yet, in the order of their ids. */
async function insertSubjects(connection: Connection, source: string, kept: string): Promise<void> {
  await connection.run(`insert into registry.subject
    select (select pid from registry.counter) + row_number() over (order by id), ${quoteLiteral(source)}, id
    from (
      select distinct patient as id from ${arrived} as place ${kept}
      except
      select id from registry.subject where source = ${quoteLiteral(source)}
    )`);
  await connection.run(
    'update registry.counter set pid = greatest(pid, (select coalesce(max(pid), 0) from registry.subject))',
  );
}

/** Has this type a patient at all? */
export function isInPatientCompartment(type: string): boolean {
  return type === 'Patient' || patientPath(type) !== undefined;
}
