import { basename } from 'node:path';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import { Diagnostic, systemClock } from '@catchment/platform';
import { versioned } from '@catchment/terminology';
import type { ContentStore } from './content-store';
import type { ImportPackagesOptions } from './import-options';
import type { LibraryClosure } from './include-order';
import { libraryName, type LibrarySource } from './library-pool';
import type { MeasureSource } from './package-content';
import { readRecord, safeName, versionsOf, type PackageRecord } from './package-store';
import type { ProvidedElm } from './provide-elm';

/** What the measures of an import share. */
export interface Assembly {
  store: ContentStore;
  elm: ReadonlyMap<LibrarySource, ProvidedElm>;
  /** Parsed libraries by file. */
  parsed: Map<string, ElmLibrary>;
  /** Canonical URLs by measure id, of what was assembled so far. */
  taken: Map<string, string | undefined>;
}

/**
 * Makes the record of a package and checks that its libraries hold together.
 * @throws Diagnostic naming the library that is at fault, with locator where there is one.
 */
export function assemblePackage(
  { measure, from }: MeasureSource,
  { libraries }: LibraryClosure,
  { store, elm, parsed, taken }: Assembly,
  { dataDir, origin = 'imported', paths, clock = systemClock }: ImportPackagesOptions,
): PackageRecord {
  const id = measure.id ?? measure.name;
  if (id === undefined) throw new Diagnostic('the measure has neither id nor name', { file: from });
  const measureId = safeName(id);
  refuseOtherMeasure(dataDir, measureId, measure.url, taken);
  const stored = libraries.map((source) => {
    const provided = elm.get(source)!;
    if ('failure' in provided) {
      const { failure, define, locator } = provided;
      throw new Diagnostic(`${libraryName(source)}: ${failure}`, {
        library: source.id,
        define,
        locator,
        file: source.from,
      });
    }
    const cql = source.cql === undefined ? undefined : store.put('cql', source.cql, 'cql');
    return {
      id: source.id,
      version: source.version,
      elm: provided.file,
      cql,
      translated: provided.translated,
    };
  });
  const primary = libraries.at(-1)!;
  const read = stored.map(({ elm: file }) => {
    const known = parsed.get(file) ?? (JSON.parse(store.read(file)) as ElmLibrary);
    parsed.set(file, known);
    return known;
  });
  readLibraries(primary.id, read, primary.version);
  taken.set(measureId, measure.url);
  return {
    measureId,
    version: safeName(measure.version ?? '0'),
    origin,
    source: basename(paths.length === 1 ? paths[0]! : from),
    importedAt: clock.now().toISOString(),
    measure: { ...measure, id: measureId },
    primaryLibrary: { id: primary.id, version: primary.version },
    libraries: stored,
    valueSets: declaredValueSets(read),
  };
}

/** One id means one measure in results and screens. */
function refuseOtherMeasure(
  dataDir: string,
  measureId: string,
  url: string | undefined,
  taken: Assembly['taken'],
): void {
  const known = versionsOf(dataDir, measureId).map(
    (version) => readRecord(dataDir, measureId, version).measure.url,
  );
  if (taken.has(measureId)) known.push(taken.get(measureId));
  const other = known.find((canonical) => canonical !== url);
  if (known.some((canonical) => canonical !== url)) {
    throw new Diagnostic(`the id ${measureId} is taken by another measure: ${other ?? 'one without url'}`);
  }
}

function declaredValueSets(libraries: readonly ElmLibrary[]): string[] {
  const references = libraries.flatMap((library) =>
    (library.valueSets?.def ?? []).map(({ id, version }) => versioned({ canonical: id, version })),
  );
  return [...new Set(references)].sort();
}
