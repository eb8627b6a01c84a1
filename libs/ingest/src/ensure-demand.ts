import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Demand, DemandNode } from '@catchment/fhir';
import { Diagnostic } from '@catchment/platform';
import {
  createTypedTable,
  missingDemand,
  quoteLiteral,
  readDemand,
  Reshredding,
  shredForLoad,
  type Connection,
} from '@catchment/warehouse';
import { landingFile, landingFolder } from './land-file';
import { filesOfType } from './landing-files';
import { planBatches, spoolFile } from './plan-batches';
import type { Original } from './select-landed';

/** How far the typed tables are. */
export interface DemandProgress {
  type: string;
  /** Resource types done, and of how many. */
  done: number;
  total: number;
}

export interface DemandOutcome {
  /** Types whose tables were made or made anew. */
  types: string[];
  /** Resources that had been stored and turned out invalid in an element that nobody had asked for until now. */
  quarantined: number;
  dictionariesGrew: boolean;
}

/**
 * Makes the typed tables hold a demand: creates missing tables, and reads a type again from the landing zone where
 * its table lacks something. A table is replaced at once; a process that is killed leaves the old one.
 * @throws Diagnostic when originals are missing in the landing zone.
 */
export async function ensureDemand(
  connection: Connection,
  dataDir: string,
  demand: Demand,
  onProgress?: (progress: DemandProgress) => void,
): Promise<DemandOutcome> {
  const missing = Object.entries(missingDemand(await readDemand(connection), demand));
  const outcome: DemandOutcome = { types: [], quarantined: 0, dictionariesGrew: false };
  if (missing.length === 0) return outcome;
  const held = await connection.rows<{ type: string; source: string }>(
    'select distinct type, source from registry.resource order by all',
  );
  for (const [type, node] of missing) {
    const names = held.filter((row) => row.type === type).map(({ source }) => source);
    if (names.length === 0) {
      await connection.transaction(() => createTypedTable(connection, shredForLoad(type, node), node));
    } else {
      const { quarantined, dictionariesGrew } = await reshred(connection, dataDir, type, node, names);
      outcome.quarantined += quarantined;
      outcome.dictionariesGrew ||= dictionariesGrew;
    }
    outcome.types.push(type);
    onProgress?.({ type, done: outcome.types.length, total: missing.length });
  }
  return outcome;
}

async function reshred(
  connection: Connection,
  dataDir: string,
  type: string,
  demand: DemandNode,
  sources: readonly string[],
): Promise<{ quarantined: number; dictionariesGrew: boolean }> {
  const folder = join(landingFolder(dataDir), 'reshred');
  mkdirSync(folder, { recursive: true });
  const reshredding = await Reshredding.begin(connection, type, demand);
  try {
    for (const source of sources) {
      const files = await filesOfType(connection, 'registry.resource', type, source);
      await connection.run(`create or replace temp table current_line as
        select file_id, line, id, hash from registry.resource
        where type = ${quoteLiteral(type)} and source = ${quoteLiteral(source)}`);
      await requireOriginals(connection, dataDir, type, files, 'temp.current_line');
      const waiting = {
        type,
        source,
        relation: 'temp.current_line',
        fileIds: files.map(({ fileId }) => fileId),
      };
      for (const batch of await planBatches(connection, dataDir, waiting, files)) {
        await reshredding.add(await batch.prepare(connection, spoolFile(folder)));
      }
    }
    return await reshredding.finish();
  } finally {
    await reshredding.end();
    await connection.run('drop table if exists temp.current_line');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Diagnostic when an original of the lines (`file_id, line`) is missing in the landing zone. */
export async function requireOriginals(
  connection: Connection,
  dataDir: string,
  type: string,
  files: readonly Original[],
  lines: string,
): Promise<void> {
  const lost = files.filter(({ sha256 }) => !existsSync(landingFile(dataDir, sha256)));
  if (lost.length > 0)
    throw new Diagnostic(`the original of ${type} is missing in the landing zone; load the file again`, {
      file: lost[0]!.path,
    });
  const known = files.map(({ fileId }) => fileId).join(', ') || 'null';
  const counted = await connection.first<{ n: number }>(
    `select count(*) as n from ${lines} where (file_id in (${known})) is not true`,
  );
  if (counted?.n) throw new Diagnostic(`${counted.n} ${type} have no original in the landing zone`);
}
