import { basename } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import {
  importTerminology,
  missingValueSets,
  splitCanonical,
  type ValueSetImport,
} from '@catchment/terminology';
import { assemblePackage, type Assembly } from './assemble-package';
import { ContentStore } from './content-store';
import { gatherContent } from './gather-content';
import type { ImportPackagesOptions } from './import-options';
import { closeIncludes, describeMissing, type LibraryClosure } from './include-order';
import type { MeasureSource, PackageContent } from './package-content';
import { writePackage, type PackageRecord } from './package-store';
import { provideElm } from './provide-elm';

export interface PackageImport {
  imported: { measureId: string; version: string; title: string; libraries: number; translated: number }[];
  /** Measures that were not imported, and why; nothing of them is kept. */
  failed: { measure: string; reason: string }[];
  valueSets?: ValueSetImport;
  /** Value sets that the imported measures declare and the warehouse lacks: evaluation will refuse to use them. */
  missingValueSets: string[];
  notes: string[];
}

/**
 * Imports every measure of the content whose libraries are complete and free of errors. A measure is imported whole
 * or not at all; when none can be, nothing is kept, value sets neither.
 * @throws Diagnostic when the content has no measure, or none that can be imported.
 */
export async function importPackages(options: ImportPackagesOptions): Promise<PackageImport> {
  const content = await gatherContent(options);
  if (content.measures.length === 0) {
    const names = options.paths.map((path) => basename(path)).join(', ');
    throw new Diagnostic(`there is no FHIR Measure (JSON) in ${names}`);
  }
  const { packages, failed } = await makePackages(content, options);
  if (packages.length === 0) {
    const reasons = failed.map(({ measure, reason }) => `measure ${measure} is not imported: ${reason}`);
    throw new Diagnostic(reasons.join('\n'));
  }
  options.onProgress?.({ step: 'store', measures: packages.length });
  return {
    imported: packages.map(({ measureId, version, measure, libraries }) => ({
      measureId,
      version,
      title: measure.title ?? measure.name ?? measureId,
      libraries: libraries.length,
      translated: libraries.filter(({ translated }) => translated).length,
    })),
    failed,
    ...(await storeAll(packages, content, options)),
    notes: content.libraries.notes,
  };
}

/** Reads, translates and checks everything; only the content store is written to, where nothing refers to it yet. */
async function makePackages(
  content: PackageContent,
  options: ImportPackagesOptions,
): Promise<{ packages: PackageRecord[]; failed: PackageImport['failed'] }> {
  const failed: PackageImport['failed'] = [];
  const attempt = <T>(source: MeasureSource, step: () => T): T | undefined => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      failed.push({
        measure: source.measure.id ?? source.measure.name ?? source.from,
        reason: error.message,
      });
      return undefined;
    }
  };
  const closures = new Map<MeasureSource, LibraryClosure>();
  for (const source of content.measures) {
    const closure = attempt(source, () => completeClosure(source, content));
    if (closure) closures.set(source, closure);
  }
  const store = new ContentStore(options.dataDir);
  const libraries = [...closures.values()].flatMap((closure) => closure.libraries);
  const elm = await provideElm(libraries, content.libraries, content.models, store, {
    retranslate: options.retranslate,
    signal: options.signal,
    onProgress: (done, of) => options.onProgress?.({ step: 'translate', done, of }),
  });
  const assembly: Assembly = { store, elm, parsed: new Map(), taken: new Map() };
  const packages = [...closures].flatMap(
    ([source, closure]) => attempt(source, () => assemblePackage(source, closure, assembly, options)) ?? [],
  );
  return { packages, failed };
}

function completeClosure({ measure }: MeasureSource, { libraries }: PackageContent): LibraryClosure {
  const closure = closeIncludes(measure, libraries);
  if (closure.missing.length > 0) throw new Diagnostic(describeMissing(closure.missing, libraries));
  return closure;
}

/** Value sets and packages together: packages are written before the transaction of the value sets ends. */
async function storeAll(
  packages: readonly PackageRecord[],
  { terminology }: PackageContent,
  options: ImportPackagesOptions,
): Promise<Pick<PackageImport, 'valueSets' | 'missingValueSets'>> {
  const { origin, manifest, acceptTruncated } = options;
  const connection = await options.connect();
  const valueSets = await connection.transaction(async () => {
    const report =
      terminology.valueSets.length + terminology.manifests.length > 0
        ? await importTerminology(connection, terminology, { origin, manifest, acceptTruncated })
        : undefined;
    for (const record of packages) writePackage(options.dataDir, record);
    return report;
  });
  const declared = packages
    .flatMap((record) => record.valueSets)
    .map((reference) => splitCanonical(reference).canonical);
  return { valueSets, missingValueSets: await missingValueSets(connection, declared) };
}
