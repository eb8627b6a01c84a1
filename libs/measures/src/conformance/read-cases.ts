import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, FhirResource, Measure, MeasureReport } from 'fhir/r4';
import { Diagnostic } from '@catchment/platform';
import type { CaseFolder, ConformanceCase } from './case';

/** Names of the folders with test cases of a content repository, sorted. */
export function listCaseFolders(content: string): string[] {
  const folder = join(content, 'input', 'tests', 'measure');
  if (!existsSync(folder)) throw new Diagnostic('there are no test cases', { file: folder });
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads the cases of a folder: one folder per patient, with one resource per file, a Bundle, or both. Every resource of the folder is the patient's, whatever its reference says.
 *
 * @param measure decides between several reports of a case: the one for its canonical and with its group ids.
 */
export function readCases(content: string, name: string, measure: Measure | undefined): CaseFolder {
  const folder = join(content, 'input', 'tests', 'measure', name);
  const result: CaseFolder = { measure: name, cases: [], unreadable: [] };
  const patients = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: patient } of patients.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    try {
      result.cases.push(readCase(join(folder, patient), patient, measure));
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      result.unreadable.push({ name: patient, reason: error.message });
    }
  }
  return result;
}

function readCase(folder: string, name: string, measure: Measure | undefined): ConformanceCase {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const read = files.sort().map((file) => readJson(join(folder, file)));
  const all = distinct(
    read.flatMap((resource) => (resource.resourceType === 'Bundle' ? entriesOf(resource) : [resource])),
  );
  const reports = all.filter(
    (resource): resource is MeasureReport => resource.resourceType === 'MeasureReport',
  );
  const resources = all.filter(({ resourceType }) => resourceType !== 'MeasureReport');
  const patients = resources.filter(({ resourceType }) => resourceType === 'Patient').length;
  if (patients !== 1)
    throw new Diagnostic(`a case has one Patient, and here are ${patients}`, { file: folder });
  return { name, resources: identified(resources), report: chooseReport(reports, measure, folder) };
}

function readJson(file: string): FhirResource {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as FhirResource;
  } catch (cause) {
    throw new Diagnostic('not JSON', { file }, { cause });
  }
}

function entriesOf(bundle: Bundle): FhirResource[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
}

/** The warehouse keys resources by id; the few of published cases that have none get one that nothing refers to. */
function identified(resources: readonly FhirResource[]): FhirResource[] {
  return resources.map((resource, index) =>
    resource.id ? resource : { ...resource, id: `without-id-${index + 1}` },
  );
}

/**
 * Files and Bundle of a case repeat each other. Different contents under one type and id are different resources: MADiE
 * keeps all entries of a Bundle, and the files only the last of them.
 */
function distinct(resources: readonly FhirResource[]): FhirResource[] {
  return [...new Map(resources.map((resource) => [contentOf(resource), resource])).values()];
}

/** JSON text with properties in one order. */
function contentOf(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([left], [right]) => (left < right ? -1 : 1)))
      : held,
  );
}

/** Some cases keep a report of an older version of the measure, with another canonical or other group ids. */
function chooseReport(
  reports: readonly MeasureReport[],
  measure: Measure | undefined,
  folder: string,
): MeasureReport {
  if (reports.length === 0)
    throw new Diagnostic('the case has no MeasureReport with expected results', { file: folder });
  const groups = new Set((measure?.group ?? []).map(({ id }) => id));
  const fits = (report: MeasureReport): number =>
    ((report.group ?? []).every(({ id }) => groups.has(id)) ? 2 : 0) +
    (measure?.url !== undefined && report.measure.split('|')[0] === measure.url ? 1 : 0);
  return [...reports].sort((left, right) => fits(right) - fits(left))[0]!;
}
