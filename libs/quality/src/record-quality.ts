import { bindMembers } from '@catchment/terminology';
import type { Connection } from '@catchment/warehouse';
import { dropChecks, runChecks } from './checks/run-checks';
import { writeFindings } from './checks/write-findings';
import { gradeMeasures } from './grades/grade-measures';
import { gradeSources } from './grades/grade-sources';
import type { MeasureReads } from './grades/measure-inputs';
import { writeUnmapped } from './codes/write-unmapped';

export interface QualityRequest {
  connection: Connection;
  /** Instant up to which the data are known, ISO 8601: the future begins after it. */
  dataAsOf: string;
  runId: string;
  /** The measures that were evaluated; grades of others whose results are kept stay as they are. */
  measures: readonly MeasureReads[];
}

/**
 * Checks the data of the warehouse, grades its sources and the measures whose results it holds, and ranks the codes
 * that no value set knows. All of it in schema `quality`, from where it is published.
 */
export async function recordQuality({
  connection,
  dataAsOf,
  runId,
  measures,
}: QualityRequest): Promise<void> {
  const asOf = dataAsOf.replace(/Z$/, '');
  await bindMembers(connection);
  try {
    await connection.transaction(async () => {
      await connection.run('delete from quality.checked');
      await connection.run('insert into quality.checked values ($1::timestamp)', [asOf]);
      const checks = await runChecks(connection, asOf);
      await writeFindings(connection, checks);
      await gradeSources(connection);
      await gradeMeasures(connection, measures, checks);
      await writeUnmapped(connection);
      await keepHistory(connection, runId);
    });
  } finally {
    await dropChecks(connection);
  }
}

async function keepHistory(connection: Connection, runId: string): Promise<void> {
  await connection.run('delete from quality.history where run_id = $1', [runId]);
  await connection.run(
    `insert into quality.history
     select $1, data_as_of, 'source', source, score, grade, patients, resources from quality.source, quality.checked
     union all
     select $1, data_as_of, 'measure', measure_id, score, grade, null, null from quality.measure, quality.checked`,
    [runId],
  );
}
