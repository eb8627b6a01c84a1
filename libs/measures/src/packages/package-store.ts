import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Measure } from 'fhir/r4';
import type { ElmLibrary } from '@catchment/elm';
import { Diagnostic, writeFileAtomic } from '@catchment/platform';
import type { Origin } from '@catchment/terminology';
import { ContentStore } from './content-store';
import { compareVersions } from './library-pool';

/** What `DATA_DIR/packages/<measureId>/<version>/package.json` holds. */
export interface PackageRecord {
  measureId: string;
  version: string;
  origin: Origin;
  /** Name of the file or folder that it came from. */
  source: string;
  importedAt: string;
  /** As published, copyright and disclaimer included; `id` is the measure id. */
  measure: Measure;
  primaryLibrary: { id: string; version?: string };
  /** Includes before those that include them; names of files in the content store. */
  libraries: { id: string; version?: string; elm: string; cql?: string; translated: boolean }[];
  /** Canonicals (`|version` where the CQL gives one) of the value sets that its libraries declare. */
  valueSets: string[];
}

/** A measure with everything that is needed to compile and explain it. */
export interface MeasurePackage extends Omit<PackageRecord, 'libraries'> {
  libraries: ElmLibrary[];
  /** CQL text by `name|version`, read when it is asked for; absent for libraries that came as ELM only. */
  readonly cql: Map<string, string>;
}

/** A measure in the store, for lists. */
export interface ListedMeasure {
  measureId: string;
  version: string;
  /** Is this the version that is evaluated unless another is asked for? */
  current: boolean;
  title: string;
  canonical: string;
  origin: Origin;
  importedAt: string;
  libraries: number;
  copyright?: string;
}

/**
 * A name that is safe as a folder, from an id or a version.
 * @throws Diagnostic when nothing of it is left.
 */
export function safeName(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  if (safe === '') throw new Diagnostic(`"${text}" can be no measure id or version`);
  return safe;
}

/** Writes a package in one step; the same version of the measure is replaced, others stay. */
export function writePackage(dataDir: string, record: PackageRecord): void {
  const file = join(packagesFolder(dataDir), record.measureId, record.version, 'package.json');
  writeFileAtomic(file, JSON.stringify(record));
}

/**
 * Reads a package; without version, the highest.
 * @param shared parsed libraries by file, so that several packages parse a common library once.
 * @throws Diagnostic when the measure, the version or one of its files is not there.
 */
export function readPackage(
  dataDir: string,
  measureId: string,
  version?: string,
  shared = new Map<string, ElmLibrary>(),
): MeasurePackage {
  const versions = versionsOf(dataDir, measureId);
  if (versions.length === 0) throw new Diagnostic(`there is no measure ${measureId}`);
  const chosen =
    version === undefined ? versions.at(-1)! : versions.find((known) => known === safeName(version));
  if (chosen === undefined) {
    throw new Diagnostic(`measure ${measureId} has no version ${version}; there is ${versions.join(', ')}`);
  }
  const record = readRecord(dataDir, measureId, chosen);
  const store = new ContentStore(dataDir);
  const parse = (file: string): ElmLibrary => {
    const elm = shared.get(file) ?? (JSON.parse(store.read(file)) as ElmLibrary);
    shared.set(file, elm);
    return elm;
  };
  return {
    ...record,
    libraries: record.libraries.map(({ elm }) => parse(elm)),
    get cql() {
      return new Map(
        record.libraries.flatMap(({ id, version: of, cql }) =>
          cql === undefined ? [] : [[`${id}|${of ?? ''}`, store.read(cql)] as const],
        ),
      );
    },
  };
}

/** All measures and versions in the store, by id and version. */
export function listMeasures(dataDir: string): ListedMeasure[] {
  const folder = packagesFolder(dataDir);
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return ids.sort().flatMap((measureId) => {
    const versions = versionsOf(dataDir, measureId);
    return versions.map((version) =>
      describe(readRecord(dataDir, measureId, version), version === versions.at(-1)),
    );
  });
}

export function readRecord(dataDir: string, measureId: string, version: string): PackageRecord {
  return JSON.parse(
    readFileSync(join(packagesFolder(dataDir), measureId, version, 'package.json'), 'utf8'),
  ) as PackageRecord;
}

/** Versions of a measure, the lowest first. */
export function versionsOf(dataDir: string, measureId: string): string[] {
  const folder = join(packagesFolder(dataDir), safeName(measureId));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((version) => existsSync(join(folder, version, 'package.json')))
    .sort(compareVersions);
}

function packagesFolder(dataDir: string): string {
  return join(dataDir, 'packages');
}

function describe(
  { measureId, version, measure, ...record }: PackageRecord,
  current: boolean,
): ListedMeasure {
  return {
    measureId,
    version,
    current,
    title: measure.title ?? measure.name ?? measureId,
    canonical: measure.url ?? '',
    origin: record.origin,
    importedAt: record.importedAt,
    libraries: record.libraries.length,
    copyright: measure.copyright,
  };
}
