import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCqlHeader } from '@catchment/cql';
import { projectRoot } from '@catchment/platform';
import type { MissingLibrary } from './include-order';
import type { LibraryPool } from './library-pool';

/**
 * Adds our own FHIRHelpers where content names that library and does not bring it: its functions are the conversions
 * between FHIR and System types, which the compiler has built in whatever their text is, and no registry carries it.
 */
export function addBuiltInHelpers(missing: readonly MissingLibrary[], pool: LibraryPool): void {
  for (const version of new Set(
    missing.filter(({ id }) => id === 'FHIRHelpers').map((library) => library.version),
  )) {
    const file = join(projectRoot(), 'libs', 'measures', 'starter', 'cql', 'FHIRHelpers.cql');
    const own = readFileSync(file, 'utf8');
    const cql = own.replace(/^(library FHIRHelpers version) '[^']*'/m, `$1 '${version ?? '4.0.1'}'`);
    const { includes, usings } = readCqlHeader(cql);
    pool.add({ id: 'FHIRHelpers', version: version ?? '4.0.1', cql, includes, usings, from: 'Catchment' });
    pool.note(`FHIRHelpers ${version ?? ''} is not in the content: Catchment's own is used`);
  }
}
