import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { translate, translatorVersion } from '@catchment/cql';
import type { ElmLibrary } from '@catchment/elm';
import { Diagnostic, projectRoot, writeFileAtomic } from '@catchment/platform';
import type { FhirResource, Measure, ValueSet } from 'fhir/r4';

/** Expected counts by population code; by group id first where a measure has several groups. */
export type Expected = Record<string, number> | Record<string, Record<string, number>>;

/** A hand-made patient at a border of the measure, with the reason for what is expected. */
export interface MeasureCase {
  name: string;
  why: string;
  resources: FhirResource[];
  expected: Expected;
}

export interface CaseFile {
  measure: string;
  period: [start: string, end: string];
  cases: MeasureCase[];
}

const folder = join(projectRoot(), 'libs/measures/starter');

/** Where the starter value sets lie. */
export const valueSetFolder = join(folder, 'valuesets');

export const readMeasures = (): Measure[] => readFolder<Measure>('measures');
export const readValueSets = (): ValueSet[] => readFolder<ValueSet>('valuesets');
export const readCases = (): CaseFile[] => readFolder<CaseFile>('cases');

export const readReadme = (): string => readFileSync(join(folder, 'README.md'), 'utf8');

/** The CQL texts of the starter measures and of the libraries that they share. */
export function readCql(): string[] {
  const names = readdirSync(join(folder, 'cql')).filter((name) => name.endsWith('.cql'));
  return names.sort().map((name) => readFileSync(join(folder, 'cql', name), 'utf8'));
}

/**
 * The ELM of all starter libraries. Translated once per text and translator: the result lies in the system's temp
 * folder under the hash of both.
 * @throws Diagnostic with library and message where the CQL does not translate.
 */
export async function readElm(): Promise<ElmLibrary[]> {
  const sources = readCql().map((text) => ({ text }));
  const hash = createHash('sha256')
    .update(JSON.stringify([translatorVersion(), sources]))
    .digest('hex');
  const file = join(tmpdir(), `catchment-starter-elm-${hash}.json`);
  if (!existsSync(file)) {
    const model = join(projectRoot(), 'node_modules/cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml');
    const models = [{ id: 'FHIR', version: '4.0.1', file: model }];
    const { libraries, failures } = await translate({ sources, models });
    for (const { library, messages } of failures) {
      throw new Diagnostic(
        messages.map(({ message, locator = '' }) => `${message} ${locator}`.trim()).join('; '),
        { library },
      );
    }
    writeFileAtomic(file, JSON.stringify(libraries));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as ElmLibrary[];
}

function readFolder<T>(name: string): T[] {
  const names = readdirSync(join(folder, name)).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as T);
}
