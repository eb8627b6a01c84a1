import { missingValueSets, storeValueSets } from '@catchment/terminology';
import type { PreparedMeasure } from '@catchment/measures';
import type { Connection } from '@catchment/warehouse';

/**
 * Takes value sets that the measures refer to and nobody gave as empty, so that every measure runs. For benchmarks
 * only: an evaluation refuses them.
 * @returns their canonicals.
 */
export async function takeMissingAsEmpty(
  connection: Connection,
  measures: readonly PreparedMeasure[],
): Promise<string[]> {
  const referred = measures.flatMap(({ compiled }) => compiled.program.codeSets);
  const valueSets = referred.flatMap((set) => (set.kind === 'valueSet' ? [set] : []));
  const missing = await missingValueSets(
    connection,
    valueSets.map(({ canonical }) => canonical),
  );
  const versions = valueSets.filter(({ canonical, version }) => version && missing.includes(canonical));
  const unversioned = missing.map((canonical) => ({ canonical, version: undefined }));
  const empty = [...unversioned, ...versions].map(({ canonical, version }) => ({ canonical, version }));
  await connection.transaction(() =>
    storeValueSets(
      connection,
      empty.map((set) => ({ ...set, codes: new Set(), by: 'compose' })),
      [],
      'imported',
    ),
  );
  return missing;
}
