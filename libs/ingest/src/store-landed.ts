import { rmSync } from 'node:fs';
import { Defect } from '@catchment/platform';
import {
  quoteLiteral,
  readDemand,
  storeResources,
  type BatchOutcome,
  type Connection,
} from '@catchment/warehouse';
import type { LandedFile } from './land-file';
import { planBatches, planVersions, spoolFile, type PlannedBatch, type Waiting } from './plan-batches';
import { landed, type Original } from './select-landed';
import type { ThreadCount } from './thread-count';

export interface StoreOptions {
  connection: Connection;
  dataDir: string;
  source: string;
  files: readonly (Original & Partial<LandedFile>)[];
  /** Folder for temporary files. */
  folder: string;
  threads: ThreadCount;
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** The resource types in `temp.landed_line`, patients first: everything else refers to them. */
export async function landedTypes(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ type: string }>(
    `select distinct type from ${landed} order by type <> 'Patient', type`,
  );
  return rows.map(({ type }) => type);
}

/** Types of which something is unusual, found for all types at once. */
export interface Unusual {
  /** Ids come more than once (`temp.repeated_id`). */
  repeated: ReadonlySet<string>;
  /** Resources wait for their patients. */
  waiting: ReadonlySet<string>;
}

/** Looks over `temp.landed_line`, and at what waits, before the types are stored. */
export async function findUnusual(connection: Connection, source: string): Promise<Unusual> {
  // Millions of numbers take a fraction of the memory that their ids would.
  await connection.run(`create or replace temp table repeated_id as
    select type, id, min(hash) <> max(hash) as versions
    from ${landed}
    where hash(type, id) in (select hash(type, id) from ${landed} group by hash(type, id) having count(*) > 1)
    group by type, id having count(*) > 1`);
  const repeated = await connection.rows<{ type: string }>('select distinct type from temp.repeated_id');
  const waiting = await connection.rows<{ type: string }>(
    'select distinct type from registry.waiting where source = $1',
    [source],
  );
  const typesOf = (rows: { type: string }[]): ReadonlySet<string> => new Set(rows.map(({ type }) => type));
  return { repeated: typesOf(repeated), waiting: typesOf(waiting) };
}

/**
 * Brings the landed resources of a type into its typed table. What the warehouse has already, with the same
 * content, is not even read.
 */
export async function storeType(
  type: string,
  options: StoreOptions,
  unusual: Unusual,
): Promise<BatchOutcome> {
  const { connection, dataDir, source, files } = options;
  const fileIds = decidingOrder(files);
  const arrived = await chooseWaiting(connection, type, source, fileIds, unusual);
  const { fresh } = arrived;
  const waiting = { type, source, relation: 'temp.waiting_line', fileIds, fresh };
  const batches = await planBatches(connection, dataDir, waiting, files);
  if (arrived.versions > 0) {
    const versions: Waiting = { ...waiting, relation: 'temp.version_line', fresh: false };
    batches.push(await planVersions(connection, dataDir, versions, files));
  }
  const outcome = await storeBatches(type, batches, options);
  outcome.unchanged += arrived.unchanged;
  await connection.run('drop table temp.waiting_line');
  const { loaded, unchanged, outdated, quarantined } = outcome;
  if (loaded + unchanged + outdated + quarantined !== arrived.rows) {
    throw new Defect(
      `of ${arrived.rows} ${type} ${loaded} were loaded, ${unchanged} unchanged, ${outdated} outdated, ${quarantined} quarantined`,
    );
  }
  return outcome;
}

/** Stores batches of a type one after the other. */
export async function storeBatches(
  type: string,
  batches: readonly PlannedBatch[],
  options: StoreOptions,
): Promise<BatchOutcome> {
  const { connection, folder } = options;
  const outcome = { loaded: 0, unchanged: 0, outdated: 0, quarantined: 0, dictionariesGrew: false };
  const demand = (await readDemand(connection))[type];
  if (!demand) throw new Defect(`no typed table of ${type}`);
  for (const batch of batches) {
    options.signal?.throwIfAborted();
    const spool = spoolFile(folder);
    try {
      const stored = await connection.retryWithAllMemory(async () => {
        const prepared = await batch.prepare(connection, spool);
        return options.threads.during(batch.bytes, () => storeResources(connection, prepared, demand));
      });
      outcome.loaded += stored.loaded;
      outcome.unchanged += stored.unchanged;
      outcome.outdated += stored.outdated;
      outcome.quarantined += stored.quarantined;
      outcome.dictionariesGrew ||= stored.dictionariesGrew;
    } finally {
      rmSync(spool, { force: true });
    }
    options.onBytes?.(batch.bytes);
  }
  return outcome;
}

/** By content: the same files in another order, or under other names, decide the same. */
function decidingOrder(files: readonly Original[]): number[] {
  const order = [...files].sort((left, right) => (left.sha256 < right.sha256 ? -1 : 1));
  return order.map(({ fileId }) => fileId);
}

interface Chosen {
  rows: number;
  unchanged: number;
  /** Lines of ids that come with several contents. */
  versions: number;
  /** Has the warehouse none of the ids in `temp.waiting_line`? */
  fresh: boolean;
}

/**
 * Puts the lines of a type that the warehouse lacks into `temp.waiting_line`, no id twice, and all contents of the
 * ids that come with several into `temp.version_line`.
 */
async function chooseWaiting(
  connection: Connection,
  type: string,
  source: string,
  fileIds: readonly number[],
  unusual: Unusual,
): Promise<Chosen> {
  const lines = `select file_id, line, id, hash from ${landed} where type = ${quoteLiteral(type)}`;
  const repeats = unusual.repeated.has(type);
  const known = `select id, hash, last_updated from registry.resource
    where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`;
  let once = lines;
  if (repeats) {
    const repeated = `select id from temp.repeated_id where type = ${quoteLiteral(type)}`;
    const first = `select * from (${lines}) where id in (${repeated})
      qualify row_number() over (
        partition by id, hash order by list_position([${fileIds.join(', ')}]::integer[], file_id), line
      ) = 1`;
    await connection.run(`create or replace temp table version_line as
      select * from (${first}) where id in (${repeated} and versions)`);
    once = `select * from (${lines}) where id not in (${repeated})
      union all select * from (${first}) where id in (${repeated} and not versions)`;
  }
  await connection.run(`create or replace temp table waiting_line as
    select * from (${once}) as line anti join (${known}) as known using (id, hash)`);
  if (unusual.waiting.has(type)) await forgetSuperseded(connection, type, source, lines, known);
  const counted = await connection.first<{ rows: number; waiting: number; versions: number }>(`select
    (select count(*) from (${lines})) as rows,
    (select count(*) from temp.waiting_line) as waiting,
    ${repeats ? '(select count(*) from temp.version_line)' : '0'} as versions`);
  const { rows, waiting, versions } = counted!;
  const replaced = await connection.first(
    `select 1 as found from temp.waiting_line semi join (${known}) as known using (id) limit 1`,
  );
  return { rows, unchanged: rows - waiting - versions, versions, fresh: replaced === undefined };
}

/** What comes again as it is stored is what counts, not another content that came in between and waits. */
async function forgetSuperseded(
  connection: Connection,
  type: string,
  source: string,
  lines: string,
  known: string,
): Promise<void> {
  await connection.run(`delete from registry.waiting as waiting
    using (select known.* from (${known}) as known semi join (${lines}) as line using (id, hash)) as stored
    where waiting.type = ${quoteLiteral(type)} and waiting.source = ${quoteLiteral(source)}
      and waiting.id = stored.id and (waiting.last_updated > stored.last_updated) is not true`);
}
