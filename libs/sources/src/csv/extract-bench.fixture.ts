import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoadBench } from '../../../ingest/src/warehouse.fixture';
import { extractFiles } from './convert/extract-files';
import { loadExtract, type LoadedExtract } from './load-extract';
import { readMapping } from './mapping/read-mapping';

type Content = string | Buffer;

/** Extracts that are loaded into a warehouse of their own. */
export class ExtractBench extends LoadBench {
  /** Loads files, by name, as one extract of the source `emr`. */
  async loadExtract(mapping: string, files: Record<string, Content>): Promise<LoadedExtract> {
    const folder = join(this.folder, 'drop');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    const request = {
      source: 'emr',
      mapping: readMapping(mapping, 'mapping.yaml'),
      files: extractFiles(paths),
      folder: join(this.folder, 'converted'),
    };
    return loadExtract(request, {
      dataDir: this.dataDir,
      useWarehouse: (work) => work(this.database.main),
      demand: {},
    });
  }

  /** The resources that the warehouse holds, by type, as their registry has them. */
  async held(): Promise<Record<string, number>> {
    const rows = await this.database.main.rows<{ type: string; n: number }>(
      'select type, count(*) as n from registry.resource group by type order by type',
    );
    return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
  }
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
