import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@catchment/warehouse';
import { extractFiles } from './convert/extract-files';
import { loadExtract, type LoadedExtract } from './load-extract';
import { readMapping } from './mapping/read-mapping';

/** A warehouse in a folder of its own. */
interface Bench {
  folder: string;
  dataDir: string;
  database: Database;
}

/** Loads files, by name, as one extract of the source `emr`. */
export function loadFiles(
  { folder, dataDir, database }: Bench,
  mapping: string,
  files: Record<string, string | Buffer>,
): Promise<LoadedExtract> {
  const drop = join(folder, 'drop');
  rmSync(drop, { recursive: true, force: true });
  mkdirSync(drop);
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(drop, name), content);
    return join(drop, name);
  });
  const request = {
    source: 'emr',
    mapping: readMapping(mapping, 'mapping.yaml'),
    files: extractFiles(paths),
    folder: join(folder, 'converted'),
  };
  return loadExtract(request, { dataDir, useWarehouse: (work) => work(database.main), demand: {} });
}

/** How many resources the warehouse holds, by type. */
export async function heldResources({ database }: Bench): Promise<Record<string, number>> {
  const rows = await database.main.rows<{ type: string; n: number }>(
    'select type, count(*) as n from registry.resource group by type order by type',
  );
  return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
}

/** A mapping of patients and diagnoses, with more said of the whole and of each table. */
export function mappingOf({ whole = '', patients = '', diagnoses = '' } = {}): string {
  return `version: 1
timeZone: America/Chicago
${whole}
tables:
  patients:
    file: patients*.csv
    key: ID
    ${patients}
    columns:
      familyName: NAME
      birthDate: BORN
      gender: { column: SEX, values: { F: female, M: male } }
  diagnoses:
    file: diagnoses*.csv
    key: DX
    ${diagnoses}
    columns:
      patient: ID
      code: { column: CODE, system: icd-10-cm }
`;
}

/** A file of patients; each row is what stands behind its id. */
export function patientsFile(...rows: string[]): string {
  return ['ID,NAME,BORN,SEX', ...rows].map((row) => `${row}\n`).join('');
}

export function diagnosesFile(...rows: string[]): string {
  return ['DX,ID,CODE', ...rows].map((row) => `${row}\n`).join('');
}
