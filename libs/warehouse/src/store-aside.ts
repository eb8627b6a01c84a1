import { quoteLiteral, type Connection } from './database';
import { arrived, type ResourceBatch } from './stage-resources';

/** Which of the staged rows are not to be stored (`temp.aside`) and what the others replace (`temp.replaced`). */
export interface Aside {
  /** Staged rows. */
  arrived: number;
  /** One more than the highest `n` of a staged row. */
  places: number;
  unchanged: number;
  /** Older than what is stored, was deleted, or waits for its patient. */
  outdated: number;
  quarantined: number;
  /** Is there any older content to delete? */
  replaces: boolean;
  /** Are there any deletions, or resources that wait for their patient, of this type? */
  remembered: boolean;
}

/** Finds the staged rows that are not to be stored, sets them aside, and finds what the others replace. */
export async function setAside(connection: Connection, batch: ResourceBatch): Promise<Aside> {
  const found = await survey(connection, batch);
  const aside = {
    arrived: found.arrived,
    places: found.places,
    unchanged: 0,
    outdated: 0,
    quarantined: 0,
    replaces: false,
    remembered: batch.identified && (await isAnyRemembered(connection, batch)),
  };
  const known =
    batch.identified &&
    !batch.fresh &&
    (await connection.first(`${knownResources(batch)} limit 1`)) !== undefined;
  if (!batch.versions && !known && !aside.remembered && found.unknown === 0) return aside;
  await connection.run(`
    create or replace temp table aside (n bigint, reason varchar);
    create or replace temp table replaced (n bigint, rid bigint)`);
  if (batch.versions) await findVersions(connection, batch);
  if (known) await findKnown(connection, batch);
  if (aside.remembered) await findDeleted(connection, batch);
  if (found.unknown > 0) await findUnknownPatients(connection, batch);
  await connection.run(
    `insert into landing.quarantine
     select file_id, line, $1, id, reason, null
     from temp.aside join ${arrived} using (n)
     where reason = 'duplicate-id'`,
    [batch.type],
  );
  const counted = await connection.first<{
    unchanged: number;
    outdated: number;
    quarantined: number;
    replaced: number;
  }>(`
    select
      count(*) filter (where reason = 'unchanged') as unchanged,
      count(*) filter (where reason = 'outdated') as outdated,
      count(*) filter (where reason in ('duplicate-id', 'unknown-patient')) as quarantined,
      (select count(*) from temp.replaced) as replaced
    from temp.aside`);
  const { replaced, ...counts } = counted!;
  return { ...aside, ...counts, replaces: replaced > 0 };
}

/** Takes back what was remembered of resources that are stored now: a deletion, an older version that waits. */
export async function forgetRemembered(
  connection: Connection,
  { type, source }: ResourceBatch,
): Promise<void> {
  const stored = `select id, last_updated from ${arrived}
    where n not in (select n from temp.aside where reason <> 'unchanged')`;
  const same = `source = ${quoteLiteral(source)} and type = ${quoteLiteral(type)}`;
  await connection.run(`
    delete from registry.deleted where ${same} and id in (select id from (${stored}));
    delete from registry.waiting as waiting using (${stored}) as stored
    where ${same} and waiting.id = stored.id
      and (waiting.last_updated > stored.last_updated) is not true`);
}

interface Survey {
  arrived: number;
  places: number;
  /** Rows whose patient nobody knows. */
  unknown: number;
}

async function survey(connection: Connection, batch: ResourceBatch): Promise<Survey> {
  const unknown =
    batch.type === 'Patient' ? '0' : 'count(*) filter (where patient is not null and pid is null)';
  const found = await connection.first<Survey>(`select
    count(*) as arrived, coalesce(max(n) + 1, 0) as places, ${unknown} as unknown
    from ${arrived}`);
  return found!;
}

async function isAnyRemembered(connection: Connection, { type, source }: ResourceBatch): Promise<boolean> {
  const same = `where source = ${quoteLiteral(source)} and type = ${quoteLiteral(type)}`;
  const found = await connection.first(`
    select 1 as found from registry.deleted ${same}
    union all select 1 from registry.waiting ${same} limit 1`);
  return found !== undefined;
}

function knownResources({ type, source }: ResourceBatch): string {
  return `select * from registry.resource where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`;
}

/**
 * Several contents of an id: the newest stays; where nothing says which is newer, the first in the order of
 * `fileIds`, which does not depend on the order in which the files were named.
 */
async function findVersions(connection: Connection, { fileIds }: ResourceBatch): Promise<void> {
  await connection.run(`insert into temp.aside
    select n, case when last_updated < first_updated then 'outdated' else 'duplicate-id' end
    from (
      select
        n, last_updated,
        first_value(last_updated) over same_id as first_updated,
        row_number() over same_id as place
      from ${arrived}
      window same_id as (
        partition by id
        order by last_updated desc nulls last, list_position([${fileIds.join(', ')}]::integer[], file_id), line
      )
    )
    where place > 1`);
}

/** Resources that the warehouse has already: unchanged, outdated, or replaced by what came later. */
async function findKnown(connection: Connection, batch: ResourceBatch): Promise<void> {
  await connection.run(`create or replace temp table known_resource as
    select
      staged.n,
      known.rid,
      case
        when known.hash = staged.hash then 'unchanged'
        when known.last_updated > staged.last_updated then 'outdated'
      end as reason
    from ${arrived} as staged
    join (${knownResources(batch)}) as known using (id)
    where staged.n not in (select n from temp.aside)`);
  await connection.run(`
    insert into temp.aside select n, reason from temp.known_resource where reason is not null;
    insert into temp.replaced select n, rid from temp.known_resource where reason is null;
    drop table temp.known_resource`);
}

/** What its source deleted comes back only as a newer version. */
async function findDeleted(connection: Connection, { type, source }: ResourceBatch): Promise<void> {
  await connection.run(
    `insert into temp.aside
     select staged.n, 'outdated'
     from ${arrived} as staged
     join registry.deleted as deleted on deleted.source = $1 and deleted.type = $2 and deleted.id = staged.id
     where staged.last_updated <= deleted.last_updated and staged.n not in (select n from temp.aside)`,
    [source, type],
  );
}

/**
 * What is about nobody who is known waits for the patient, the latest version of it; what it would have replaced
 * stays.
 */
async function findUnknownPatients(
  connection: Connection,
  { type, source, identified }: ResourceBatch,
): Promise<void> {
  const same = `waiting.source = ${quoteLiteral(source)} and waiting.type = ${quoteLiteral(type)}`;
  await connection.run(`
    insert into temp.aside
      select
        n,
        case
          when exists (
            select 1 from registry.waiting as waiting
            where ${same} and waiting.id = staged.id and waiting.last_updated > staged.last_updated
          ) then 'outdated'
          else 'unknown-patient'
        end
      from ${arrived} as staged
      where patient is not null and pid is null and n not in (select n from temp.aside);
    delete from temp.replaced where n in (select n from temp.aside)`);
  const waits = `from ${arrived} where n in (select n from temp.aside where reason = 'unknown-patient')`;
  if (identified)
    await connection.run(
      `delete from registry.waiting as waiting where ${same} and waiting.id in (select id ${waits})`,
    );
  await connection.run(`insert into registry.waiting
    select ${quoteLiteral(source)}, ${quoteLiteral(type)}, id, hash, last_updated, patient, 'unknown-patient',
      file_id, line
    ${waits}`);
}
