import type { DemandNode } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { extendDictionaries } from './dictionary';
import { patientPath } from './patient-compartment';
import type { Shred } from './shred';
import { incoming, shredForLoad, stageResources, type ResourceBatch } from './stage-resources';
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
  const unreadable = await stageResources(connection, batch, shredded);
  try {
    return await connection.transaction(async () => {
      const aside = await setAside(connection, batch);
      const dictionariesGrew = await extendDictionaries(connection, batch, shredded);
      const loaded = await insertResources(connection, batch, shredded, aside);
      return {
        loaded,
        unchanged: aside.unchanged,
        quarantined: unreadable + aside.quarantined,
        dictionariesGrew,
      };
    });
  } finally {
    await connection.run(
      `drop table if exists ${incoming}; drop table if exists temp.aside; drop table if exists temp.replaced`,
    );
  }
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
      select rowid, 'unknown-patient' from ${incoming}
      where patient is not null and pid is null and rowid not in (select n from temp.aside)`);
  }
  await connection.run(
    `insert into landing.quarantine
     select file_id, line, $1, id, reason, null
     from temp.aside join ${incoming} as staged on staged.rowid = aside.n
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

/** The same id more than once in the batch: the first stays. */
async function findRepeated(connection: Connection): Promise<void> {
  const counted = await connection.first<{ repeated: boolean }>(
    `select count(*) > count(distinct id) as repeated from ${incoming}`,
  );
  if (!counted?.repeated) return;
  await connection.run(`insert into temp.aside
    select n, case when hash = first_hash then 'unchanged' else 'duplicate-id' end
    from (
      select rowid as n, hash, first_value(hash) over same_id as first_hash, row_number() over same_id as place
      from ${incoming}
      where id in (select id from ${incoming} group by id having count(*) > 1)
      window same_id as (partition by id order by file_id, line)
    )
    where place > 1`);
}

/** Resources that the warehouse has already: unchanged, replaced by newer content, or in conflict. */
async function findKnown(
  connection: Connection,
  { type, source, firstFileId }: ResourceBatch,
): Promise<void> {
  const known = `select * from registry.resource where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`;
  if (!(await connection.first(`${known} limit 1`))) return;
  await connection.run(`create or replace temp table known_resource as
    select
      staged.rowid as n,
      known.rid,
      case
        when known.hash = staged.hash then 'unchanged'
        when known.file_id >= ${firstFileId} then 'duplicate-id'
        when known.last_updated > staged.last_updated then 'older-version'
      end as reason
    from ${incoming} as staged
    join (${known}) as known using (id)
    where staged.rowid not in (select n from temp.aside)`);
  await connection.run(`
    insert into temp.aside select n, reason from temp.known_resource where reason is not null;
    insert into temp.replaced select n, rid from temp.known_resource where reason is null;
    drop table temp.known_resource`);
}

async function insertResources(
  connection: Connection,
  batch: ResourceBatch,
  shredded: Shred,
  aside: Aside,
): Promise<number> {
  const { type, source } = batch;
  const anyAside = aside.unchanged + aside.quarantined > 0;
  const kept = anyAside ? 'where staged.rowid not in (select n from temp.aside)' : '';
  if (type === 'Patient') await insertSubjects(connection, source, kept);
  if (aside.replaces) {
    await connection.run(`
      delete from ${typedTable(type)} where rid in (select rid from temp.replaced);
      delete from registry.resource where rid in (select rid from temp.replaced)`);
  }
  const next = await connection.first<{ rid: number }>('select rid from registry.counter');
  const own = `${next?.rid ?? 0} + 1 + staged.rowid`;
  const rid = aside.replaces ? `coalesce(replaced.rid, ${own})` : own;
  const pid = type === 'Patient' ? 'own.pid' : 'staged.pid';
  const rows = `from ${incoming} as staged
    ${type === 'Patient' ? `join registry.subject as own on own.source = ${quoteLiteral(source)} and own.id = staged.patient` : ''}
    ${aside.replaces ? 'left join temp.replaced as replaced on replaced.n = staged.rowid' : ''}
    ${kept}`;
  const columns = shredded.columns.map(
    ({ name }) => `staged.${quoteIdentifier(`.${name}`)} as ${quoteIdentifier(name)}`,
  );
  await connection.run(`insert into ${typedTable(type)}
    select ${[`${pid} as pid`, `${rid} as rid`, 'staged.id', ...columns].join(', ')}
    ${rows}
    order by ${clusterOrder(shredded)}`);
  await connection.run(`insert into registry.resource
    select ${rid}, ${pid}, ${quoteLiteral(type)}, staged.id, ${quoteLiteral(source)}, staged.hash,
      staged.last_updated, staged.file_id, staged.line
    ${rows}`);
  const staged = await connection.first<{ n: number }>(`select count(*) as n from ${incoming}`);
  await connection.run(`update registry.counter set rid = rid + ${staged?.n ?? 0}`);
  return (staged?.n ?? 0) - aside.unchanged - aside.quarantined;
}

/** Numbers the patients who were not known yet, in the order of their ids. */
async function insertSubjects(connection: Connection, source: string, kept: string): Promise<void> {
  await connection.run(`insert into registry.subject
    select (select pid from registry.counter) + row_number() over (order by id), ${quoteLiteral(source)}, id
    from (
      select distinct patient as id from ${incoming} as staged ${kept}
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
