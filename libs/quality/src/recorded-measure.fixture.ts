import {
  createResultTables,
  recordMeasure,
  recordRun,
  type Connection,
  type RetrieveRecord,
} from '@catchment/warehouse';

/** Records a run with a measure of one define, `Pressures` of library `L`, which decides the numerator. */
export async function recordedMeasure(
  connection: Connection,
  measureId: string,
  retrieves: readonly Pick<RetrieveRecord, 'type' | 'name' | 'canonical'>[],
): Promise<void> {
  await createResultTables(connection);
  await recordRun(connection, {
    runId: 'r',
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    dataAsOf: '2026-06-01T00:00:00Z',
    engineVersion: '1',
  });
  await recordMeasure(connection, {
    measureId,
    canonical: `http://example.org/Measure/${measureId}`,
    version: '1',
    name: measureId,
    title: measureId,
    scoring: 'proportion',
    populationBasis: 'boolean',
    improvementNotation: 'increase',
    origin: 'imported',
    library: 'L',
    groups: [],
    valueSets: [],
    retrieves: retrieves.map((retrieve) => ({ library: 'L', define: 'Pressures', ...retrieve })),
  });
  await connection.run(
    `insert into results.define (measure_id, seq, library, define) values ('${measureId}', 0, 'L', 'Pressures');
     insert into results.define_population values ('${measureId}', 0, 'G', 'numerator', true)`,
  );
}
