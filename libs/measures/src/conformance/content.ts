import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CodeSet } from '@catchment/cql';
import { readTerminology, resolveValueSets, storeValueSets } from '@catchment/terminology';
import { Database, prepareWarehouse, quoteLiteral, type Connection } from '@catchment/warehouse';
import { importPackages } from '../packages';
import type { ImportStep } from '../packages/import-options';

export interface ContentRequest {
  /** A content repository. */
  content: string;
  /** Folder for imported packages and terminology; translated libraries in it are used again. */
  workDir: string;
  /** Value sets that complete what the repository lacks or holds incompletely. */
  vocabulary?: readonly string[];
  /** Packages whose measures have cases in the repository, but no Measure. */
  packages?: readonly string[];
  models?: readonly string[];
  retranslate?: boolean;
  onProgress?: (step: ImportStep) => void;
}

/** Imported content, as the runs of its measures need it. */
export interface Content {
  /** Measures that could not be imported, and why. */
  failed: Map<string, string>;
  notes: string[];
  /** Brings the value sets that code sets name into another warehouse. */
  provideValueSets: (connection: Connection, codeSets: readonly CodeSet[]) => Promise<void>;
  /** Removes what only this run needs. */
  close: () => void;
}

/**
 * Imports a content repository into a work folder: packages with their ELM, and value sets. Of a value set that both
 * repository and vocabulary have, the repository's counts, for its cases were written against it; unless it is
 * incomplete.
 */
export async function importContent(request: ContentRequest): Promise<Content> {
  const { content, workDir, vocabulary = [], packages = [], models = [], retranslate, onProgress } = request;
  mkdirSync(workDir, { recursive: true });
  const folder = mkdtempSync(join(workDir, 'value-sets-'));
  const file = join(folder, 'value-sets.duckdb');
  const close = (): void => rmSync(folder, { recursive: true });
  forgetPackages(workDir);
  const database = await Database.open(file);
  try {
    const connection = database.main;
    await prepareWarehouse(connection);
    const report = await importPackages({
      dataDir: workDir,
      paths: [content, ...packages].map((path) => resolve(path)),
      modelPaths: models.map((path) => resolve(path)),
      connect: async () => connection,
      retranslate,
      onProgress,
    });
    const completed = await complete(connection, report.missingValueSets, [
      ...vocabulary,
      join(content, 'input', 'vocabulary'),
    ]);
    return {
      failed: new Map(report.failed.map(({ measure, reason }) => [measure, reason])),
      notes: [...report.notes, ...completed],
      provideValueSets: (target, codeSets) => provide(target, file, codeSets),
      close,
    };
  } catch (error) {
    close();
    throw error;
  } finally {
    database.close();
  }
}

/** Measures of an earlier run go; their translated libraries (a folder with a dot) stay. */
function forgetPackages(workDir: string): void {
  const folder = join(workDir, 'packages');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('.')) rmSync(join(folder, name), { recursive: true });
  }
}

/**
 * Completes missing value sets from further sources: a complete expansion of any version, else the largest incomplete
 * one, which is noted.
 */
async function complete(
  connection: Connection,
  missing: readonly string[],
  paths: readonly string[],
): Promise<string[]> {
  const notes: string[] = [];
  const open = new Set(missing);
  for (const acceptTruncated of [false, true]) {
    for (const path of paths) {
      if (open.size === 0 || !existsSync(path)) continue;
      const { valueSets } = resolveValueSets((await readTerminology([path])).valueSets, { acceptTruncated });
      const found = valueSets.filter(({ canonical }) => open.has(canonical));
      await connection.transaction(() => storeValueSets(connection, found, [], 'imported'));
      for (const { canonical, codes, by } of found) {
        open.delete(canonical);
        if (by === 'truncated expansion')
          notes.push(`${canonical} is incomplete: ${codes.size} codes are known`);
      }
    }
  }
  return [...notes, ...[...open].map((canonical) => `${canonical} has no expansion`)];
}

/** Copies what `bindCodeSets` may want: every version of the canonicals, and pins. */
async function provide(target: Connection, file: string, codeSets: readonly CodeSet[]): Promise<void> {
  const canonicals = codeSets.flatMap((set) =>
    set.kind === 'valueSet' ? [quoteLiteral(set.canonical)] : [],
  );
  if (canonicals.length === 0) return;
  const wanted = `canonical in (${canonicals.join(', ')})`;
  await target.run(`attach ${quoteLiteral(file)} as shared_terminology (read_only)`);
  for (const table of ['value_set', 'pin', 'refused']) {
    await target.run(
      `insert into terminology.${table} by name select * from shared_terminology.terminology.${table} where ${wanted}`,
    );
  }
  await target.run(
    `insert into terminology.value_set_code by name
     select * from shared_terminology.terminology.value_set_code
     where vs_id in (select vs_id from terminology.value_set)`,
  );
  await target.run('detach shared_terminology');
}
