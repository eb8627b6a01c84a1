import type { Measure } from 'fhir/r4';
import type { ProfileMode } from '@catchment/cql';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import { Diagnostic, Unsupported } from '@catchment/platform';
import { readDefinition } from '../definition/read-definition';
import { listMeasures, readPackage, type MeasurePackage } from '../packages';
import type { CaseFolder } from './case';
import { importContent, type Content, type ContentRequest } from './content';
import { allUnsupported, totalsOf, type ConformanceOutcome, type MeasureConformance } from './outcome';
import { listCaseFolders, readCases } from './read-cases';
import { runCases } from './run-cases';

export interface ConformanceRequest extends ContentRequest {
  /** Parts of names of the folders to run; all when empty. */
  measures?: readonly string[];
  profileMode?: ProfileMode;
  /** Leave out of the SQL what the cases' data cannot have; default true. */
  pruning?: boolean;
  /** The instant of Now(), ISO 8601 in UTC. */
  evaluatedAt: string;
  onMeasure?: (measure: MeasureConformance, done: number, of: number) => void;
}

/**
 * Runs the published cases of a content repository (`input/tests/measure/<measure>/<patient>/`), measure by measure.
 * @throws Diagnostic when the repository has no cases, no measures, or none that match.
 */
export async function runConformance(
  request: ConformanceRequest,
): Promise<{ outcome: ConformanceOutcome; notes: string[] }> {
  const names = listCaseFolders(request.content).filter(
    (name) => !request.measures?.length || request.measures.some((part) => name.includes(part)),
  );
  if (names.length === 0) throw new Diagnostic('no test cases match', { file: request.content });
  const content = await importContent(request);
  try {
    const measures = await runFolders(names, content, request);
    return { outcome: totalsOf(measures), notes: content.notes };
  } finally {
    content.close();
  }
}

async function runFolders(
  names: readonly string[],
  content: Content,
  request: ConformanceRequest,
): Promise<MeasureConformance[]> {
  const parsed = new Map<string, ElmLibrary>();
  const packages = [...new Set(listMeasures(request.workDir).map(({ measureId }) => measureId))].map((id) =>
    readPackage(request.workDir, id, undefined, parsed),
  );
  const measures: MeasureConformance[] = [];
  for (const name of names) {
    const measure = await runFolder(name, packages, content, request);
    measures.push(measure);
    request.onMeasure?.(measure, measures.length, names.length);
  }
  return measures;
}

async function runFolder(
  name: string,
  packages: readonly MeasurePackage[],
  content: Content,
  request: ConformanceRequest,
): Promise<MeasureConformance> {
  const unread = readCases(request.content, name, undefined);
  const found = packageOf(unread, packages);
  const cases = unread.cases.length + unread.unreadable.length;
  if (!found) {
    const failed = content.failed.get(name);
    return allUnsupported(name, cases, failed ?? 'the content has cases of this name, but no Measure');
  }
  const folder = readCases(request.content, name, found.measure);
  try {
    const conformance = await runCases({
      name,
      definition: readDefinition(found.measure),
      library: readLibraries(found.primaryLibrary.id, found.libraries, found.primaryLibrary.version),
      cases: folder.cases,
      evaluatedAt: request.evaluatedAt,
      profileMode: request.profileMode,
      pruning: request.pruning,
      provideValueSets: content.provideValueSets,
    });
    return withUnreadable(conformance, folder);
  } catch (error) {
    if (!(error instanceof Diagnostic || error instanceof Unsupported)) throw error;
    return allUnsupported(name, cases, error.message);
  }
}

/** The package of a folder's name, else the one that the reports of its cases name. */
function packageOf(
  { measure: folder, cases }: CaseFolder,
  packages: readonly MeasurePackage[],
): MeasurePackage | undefined {
  const named = (measure: Measure): boolean =>
    cases.some(({ report }) => {
      const canonical = report.measure.split('|')[0]!;
      return canonical === measure.url || canonical.split('/').at(-1) === measure.id;
    });
  return (
    packages.find(({ measure }) => measure.id === folder || measure.name === folder) ??
    packages.find(({ measure }) => named(measure))
  );
}

function withUnreadable(measure: MeasureConformance, { unreadable }: CaseFolder): MeasureConformance {
  return {
    ...measure,
    cases: measure.cases + unreadable.length,
    unsupported: measure.unsupported + unreadable.length,
    reasons: [
      ...measure.reasons,
      ...unreadable.map(({ name, reason }) => ({ reason: `${name}: ${reason}`, cases: 1 })),
    ],
  };
}
