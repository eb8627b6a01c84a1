import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CodeSet } from '@catchment/cql';
import { Database, prepareWarehouse, type Connection } from '@catchment/warehouse';
import { importPackages } from '../packages';
import type { ImportStep } from '../packages/import-options';
import { completeValueSets, provideValueSets } from './value-sets';

export interface ContentRequest {
  /** A content repository. */
  content: string;
  /** Folder for imported packages and terminology; translated libraries in it are used again. */
  workDir: string;
  /** Value sets that complete what the repository lacks or holds incompletely. */
  vocabulary?: readonly string[];
  /** Canonicals of value sets that are published nowhere: taken as empty, and named in the notes. */
  emptyValueSets?: readonly string[];
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
 * Imports a content repository into a work folder: packages with their ELM, and value sets, completed
 * from the vocabulary.
 */
export async function importContent(request: ContentRequest): Promise<Content> {
  const { content, workDir, vocabulary = [], emptyValueSets = [], packages = [], models = [] } = request;
  const { retranslate, onProgress } = request;
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
    const completed = await completeValueSets(connection, {
      missing: report.missingValueSets,
      own: join(content, 'input', 'vocabulary'),
      vocabulary,
      empty: emptyValueSets,
    });
    return {
      failed: new Map(report.failed.map(({ measure, reason }) => [measure, reason])),
      notes: [...report.notes, ...completed],
      provideValueSets: (target, codeSets) => provideValueSets(target, file, codeSets),
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
