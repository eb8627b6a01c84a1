import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { translatorVersion } from '@catchment/cql';
import { projectRoot, writeFileAtomic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { importPackages, type PackageImport } from './import-packages';
import type { ImportStep } from './import-options';
import { versionsOf } from './package-store';

/** The measures that Catchment ships, in CQL, with their value sets. */
export function starterFolder(): string {
  return join(projectRoot(), 'libs', 'measures', 'starter');
}

/** What a starter import consists of; `cases` are tests. */
const parts = ['measures', 'cql', 'valuesets'];

/**
 * Imports the starter measures and value sets, when they or the translator changed since the last time, or the
 * warehouse is a new one.
 * @returns undefined when everything was there.
 */
export async function importStarter(
  connection: Connection,
  dataDir: string,
  onProgress?: (step: ImportStep) => void,
): Promise<PackageImport | undefined> {
  const mark = join(dataDir, 'packages', '.content', 'starter.sha256');
  const state = starterState();
  const inWarehouse = await connection.first(
    `select 1 from terminology.value_set where origin = 'starter' limit 1`,
  );
  const ids = starterIds();
  const stored = ids.every((id) => versionsOf(dataDir, id).length > 0);
  if (inWarehouse && stored && existsSync(mark) && readFileSync(mark, 'utf8') === state) return undefined;
  const report = await importPackages({
    dataDir,
    paths: parts.map((part) => join(starterFolder(), part)),
    connect: async () => connection,
    origin: 'starter',
    onProgress,
  });
  writeFileAtomic(mark, state);
  return report;
}

function starterIds(): string[] {
  const folder = join(starterFolder(), 'measures');
  return readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
}

function starterState(): string {
  const state = createHash('sha256').update(translatorVersion());
  for (const part of parts) {
    const folder = join(starterFolder(), part);
    for (const file of readdirSync(folder).sort())
      state.update(file).update(readFileSync(join(folder, file)));
  }
  return state.digest('hex');
}
