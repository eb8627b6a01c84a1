import { Diagnostic } from '@catchment/platform';
import { splitCanonical } from '@catchment/terminology';
import type { Measure } from 'fhir/r4';
import { libraryName, type LibraryPool, type LibrarySource } from './library-pool';

/** A library that some library (or measure) names and no content has. */
export interface MissingLibrary {
  id: string;
  version?: string;
  /** Who names it. */
  by: string;
}

/** The libraries of one measure, each after what it includes; the primary one is the last. */
export interface LibraryClosure {
  libraries: LibrarySource[];
  missing: MissingLibrary[];
}

/**
 * Finds the primary library of a measure and everything that it includes, by name and version.
 * @throws Diagnostic for a measure that does not name one library, and for a cyclic include.
 */
export function closeIncludes(measure: Measure, pool: LibraryPool): LibraryClosure {
  const closure: LibraryClosure = { libraries: [], missing: [] };
  const primary = primaryLibrary(measure, pool);
  if ('by' in primary) closure.missing.push(primary);
  else visit(primary, pool, closure, []);
  return closure;
}

function visit(
  source: LibrarySource,
  pool: LibraryPool,
  closure: LibraryClosure,
  open: LibrarySource[],
): void {
  if (closure.libraries.includes(source)) return;
  if (open.includes(source)) {
    const way = [...open.slice(open.indexOf(source)), source].map(libraryName).join(' → ');
    throw new Diagnostic(`cyclic include: ${way}`, { library: source.id, file: source.from });
  }
  for (const { id, version } of source.includes) {
    const included = pool.find(id, version);
    if (included) visit(included, pool, closure, [...open, source]);
    else closure.missing.push({ id, version, by: `library ${libraryName(source)}` });
  }
  closure.libraries.push(source);
}

/** By the canonical URL of its FHIR Library, or by its name, which is the last part of the URL. */
function primaryLibrary(measure: Measure, pool: LibraryPool): LibrarySource | MissingLibrary {
  const [reference, ...others] = measure.library ?? [];
  if (!reference) throw new Diagnostic('the measure names no library');
  if (others.length > 0)
    throw new Diagnostic(`the measure names ${others.length + 1} libraries instead of one`);
  const { canonical, version } = splitCanonical(reference);
  const id = canonical.split('/').at(-1)!;
  const byUrl = pool.withUrl(canonical);
  const candidates = byUrl.length > 0 ? byUrl : pool.versions(id);
  const wanted = version ?? (candidates.length > 1 ? measure.version : undefined);
  const found = wanted === undefined ? candidates[0] : candidates.find((source) => source.version === wanted);
  return found ?? { id, version: wanted, by: 'the measure' };
}

/** What is missing, who asks for it, and which versions there are. */
export function describeMissing(missing: readonly MissingLibrary[], pool: LibraryPool): string {
  const sentences = missing.map((library) => {
    const versions = pool.versions(library.id).map(({ version }) => version ?? 'one without version');
    const there = versions.length > 0 ? ` (the content has ${versions.join(', ')})` : '';
    return `${libraryName(library)} is missing${there}, which ${library.by} needs`;
  });
  return [...new Set(sentences)].join('; ');
}
