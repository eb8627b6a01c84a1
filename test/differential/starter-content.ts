import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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

export const readMeasures = (): Measure[] => readFolder<Measure>('measures');
export const readValueSets = (): ValueSet[] => readFolder<ValueSet>('valuesets');
export const readCases = (): CaseFile[] => readFolder<CaseFile>('cases');

/** The CQL texts of the starter measures and of the libraries that they share. */
export function readCql(): string[] {
  const names = readdirSync(join(folder, 'cql')).filter((name) => name.endsWith('.cql'));
  return names.sort().map((name) => readFileSync(join(folder, 'cql', name), 'utf8'));
}

/**
 * The ELM of all starter libraries. Translated once per text: the result lies in the system's temp folder under the
 * hash of everything that goes in.
 * @throws Diagnostic with library and message where the CQL does not translate.
 */
export async function readElm(): Promise<ElmLibrary[]> {
  const sources = readCql().map((cql) => ({ text: cql }));
  const translator = join(projectRoot(), 'libs/cql/translator/translator.mjs');
  const version = readFileSync(join(projectRoot(), 'node_modules/@cqframework/cql/package.json'));
  const hash = createHash('sha256');
  for (const part of [JSON.stringify(sources), readFileSync(translator), version]) hash.update(part);
  const file = join(tmpdir(), `catchment-starter-elm-${hash.digest('hex')}.json`);
  if (!existsSync(file)) writeFileAtomic(file, JSON.stringify(await translate(translator, sources)));
  return JSON.parse(readFileSync(file, 'utf8')) as ElmLibrary[];
}

interface Translation {
  libraries: ElmLibrary[];
  failures: { library: string; messages: { message: string; locator?: string }[] }[];
}

/** In a child process, because Jest's VM cannot load the translator. */
async function translate(translator: string, sources: { text: string }[]): Promise<ElmLibrary[]> {
  const model = join(projectRoot(), 'node_modules/cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml');
  const child = spawn(process.execPath, [translator], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ sources, models: [{ id: 'FHIR', version: '4.0.1', file: model }] }));
  const { libraries, failures } = JSON.parse(await text(child.stdout)) as Translation;
  const [failure] = failures;
  if (failure) {
    throw new Diagnostic(failure.messages.map(({ message }) => message).join('; '), {
      library: failure.library,
      locator: failure.messages[0]?.locator,
    });
  }
  return libraries;
}

function readFolder<T>(name: string): T[] {
  const names = readdirSync(join(folder, name)).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as T);
}
