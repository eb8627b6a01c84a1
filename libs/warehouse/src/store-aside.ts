import { quoteLiteral, type Connection } from './database';
import { arrived, type ResourceBatch } from './stage-resources';

/** Which of the staged rows are not to be stored (`temp.aside`) and what the others replace (`temp.replaced`). */
export interface Aside {
  /** Staged rows. */
  arrived: number;
  /** One more than the highest `n` of a staged row. */
  places: number;
  unchanged: number;
  quarantined: number;
  /** Is there any older content to delete? */
  replaces: boolean;
}

/** Finds the staged rows that are not to be stored, quarantines them, and finds what the others replace. */
export async function setAside(connection: Connection, batch: ResourceBatch): Promise<Aside> {
  const found = await survey(connection, batch);
  const aside = {
    arrived: found.arrived,
    places: found.places,
    unchanged: 0,
    quarantined: 0,
    replaces: false,
  };
  const known =
    batch.identified && (await connection.first(`${knownResources(batch)} limit 1`)) !== undefined;
  if (!found.repeated && !known && found.unknown === 0) return aside;
  await connection.run(`
    create or replace temp table aside (n bigint, reason varchar);
    create or replace temp table replaced (n bigint, rid bigint)`);
  if (found.repeated) await findRepeated(connection);
  if (known) await findKnown(connection, batch);
  if (found.unknown > 0) await findUnknownPatients(connection);
  await connection.run(
    `insert into landing.quarantine
     select file_id, line, $1, id, reason, null
     from temp.aside join ${arrived} using (n)
     where reason <> 'unchanged'`,
    [batch.type],
  );
  const counted = await connection.first<{ unchanged: number; quarantined: number; replaced: number }>(`
    select
      count(*) filter (where reason = 'unchanged') as unchanged,
      count(*) filter (where reason <> 'unchanged') as quarantined,
      (select count(*) from temp.replaced) as replaced
    from temp.aside`);
  return {
    ...aside,
    unchanged: counted!.unchanged,
    quarantined: counted!.quarantined,
    replaces: counted!.replaced > 0,
  };
}

interface Survey {
  arrived: number;
  places: number;
  /** Does an id come more than once? */
  repeated: boolean;
  /** Rows whose patient nobody knows. */
  unknown: number;
}

async function survey(connection: Connection, batch: ResourceBatch): Promise<Survey> {
  const repeated = batch.identified ? 'count(*) > count(distinct id)' : 'false';
  const unknown =
    batch.type === 'Patient' ? '0' : 'count(*) filter (where patient is not null and pid is null)';
  const found = await connection.first<Survey>(`select
    count(*) as arrived, coalesce(max(n) + 1, 0) as places, ${repeated} as repeated, ${unknown} as unknown
    from ${arrived}`);
  return found!;
}

function knownResources({ type, source }: ResourceBatch): string {
  return `select * from registry.resource where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`;
}

/** The same id more than once in the batch: the newest stays, the first where nothing says which is newer. */
async function findRepeated(connection: Connection): Promise<void> {
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
async function findKnown(connection: Connection, batch: ResourceBatch): Promise<void> {
  await connection.run(`create or replace temp table known_resource as
    select
      staged.n,
      known.rid,
      case
        when known.hash = staged.hash then 'unchanged'
        when known.last_updated > staged.last_updated then 'older-version'
        when known.last_updated < staged.last_updated then null
        when list_contains([${batch.fileIds.join(', ')}]::integer[], known.file_id) then 'duplicate-id'
      end as reason
    from ${arrived} as staged
    join (${knownResources(batch)}) as known using (id)
    where staged.n not in (select n from temp.aside)`);
  await connection.run(`
    insert into temp.aside select n, reason from temp.known_resource where reason is not null;
    insert into temp.replaced select n, rid from temp.known_resource where reason is null;
    drop table temp.known_resource`);
}

/** What is about nobody who is known is not stored; what it would have replaced stays. */
async function findUnknownPatients(connection: Connection): Promise<void> {
  await connection.run(`
    insert into temp.aside
      select n, 'unknown-patient' from ${arrived}
      where patient is not null and pid is null and n not in (select n from temp.aside);
    delete from temp.replaced where n in (select n from temp.aside)`);
}
