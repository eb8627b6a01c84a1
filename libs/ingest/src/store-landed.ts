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
import { planBatches, spoolFile } from './plan-batches';
import { landed } from './select-landed';
import type { ThreadCount } from './thread-count';

export interface StoreOptions {
  connection: Connection;
  dataDir: string;
  source: string;
  files: readonly LandedFile[];
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

/**
 * Brings the landed resources of a type into its typed table. What the warehouse has already, with the same
 * content, is not even read.
 */
export async function storeType(type: string, options: StoreOptions): Promise<BatchOutcome> {
  const { connection, dataDir, source, files, folder } = options;
  const arrived = await chooseWaiting(connection, type, source);
  const outcome = { loaded: 0, unchanged: arrived.unchanged, quarantined: 0, dictionariesGrew: false };
  const waiting = { type, source, relation: 'temp.waiting_line', fileIds: files.map(({ fileId }) => fileId) };
  const demand = (await readDemand(connection))[type];
  if (!demand) throw new Defect(`no typed table of ${type}`);
  for (const batch of await planBatches(connection, dataDir, waiting, files)) {
    options.signal?.throwIfAborted();
    const spool = spoolFile(folder);
    try {
      const prepared = await batch.prepare(connection, spool);
      const stored = await options.threads.during(batch.bytes, () =>
        storeResources(connection, prepared, demand),
      );
      outcome.loaded += stored.loaded;
      outcome.unchanged += stored.unchanged;
      outcome.quarantined += stored.quarantined;
      outcome.dictionariesGrew ||= stored.dictionariesGrew;
    } finally {
      rmSync(spool, { force: true });
    }
    options.onBytes?.(batch.bytes);
  }
  await connection.run('drop table temp.waiting_line');
  if (outcome.loaded + outcome.unchanged + outcome.quarantined !== arrived.rows) {
    throw new Defect(
      `of ${arrived.rows} ${type} ${outcome.loaded} were loaded, ${outcome.unchanged} unchanged, ${outcome.quarantined} quarantined`,
    );
  }
  return outcome;
}

/** Puts the lines of a type that the warehouse lacks into `temp.waiting_line`. */
async function chooseWaiting(
  connection: Connection,
  type: string,
  source: string,
): Promise<{ rows: number; unchanged: number }> {
  await connection.run(`create or replace temp table waiting_line as
    select file_id, line, id, hash from ${landed} as line
    where type = ${quoteLiteral(type)} and not exists (
      select 1 from registry.resource as known
      where known.type = ${quoteLiteral(type)} and known.source = ${quoteLiteral(source)}
        and known.id = line.id and known.hash = line.hash
    )`);
  const counted = await connection.first<{ rows: number; waiting: number }>(`select
    (select count(*) from ${landed} where type = ${quoteLiteral(type)}) as rows,
    (select count(*) from temp.waiting_line) as waiting`);
  return { rows: counted!.rows, unchanged: counted!.rows - counted!.waiting };
}
