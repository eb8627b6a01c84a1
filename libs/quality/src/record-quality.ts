import { bindMembers } from '@catchment/terminology';
import type { Connection } from '@catchment/warehouse';
import { dropChecks } from './checks/run-checks';
import { writeFindings } from './checks/write-findings';
import { nameInputs } from './check-inputs';
import { countInputs } from './grades/count-inputs';
import { gradeMeasures } from './grades/grade-measures';
import { gradeSources } from './grades/grade-sources';
import type { MeasureReads } from './grades/measure-inputs';
import { lookAtPatients, type Look } from './look-at-patients';
import { writeUnmapped } from './codes/write-unmapped';

export interface QualityRequest {
  connection: Connection;
  /** Instant up to which the data are known, ISO 8601: the future begins after it. */
  dataAsOf: string;
  runId: string;
  /** The measures that were evaluated; grades of others whose results are kept stay as they are. */
  measures: readonly MeasureReads[];
  /** Look at everybody, whoever has news; default false. */
  everybody?: boolean;
}

/**
 * Checks the data of the warehouse, grades its sources and the measures whose results it holds, and ranks the codes
 * that no value set knows. All of it in schema `quality`, from where it is published. Where everything that decides
 * the findings is as it was at the last call, they are kept, and only the grades are made anew; where only some
 * patients have news, only these are looked at.
 */
export async function recordQuality({
  connection,
  dataAsOf,
  runId,
  measures,
  everybody = false,
}: QualityRequest): Promise<void> {
  const asOf = dataAsOf.replace(/Z$/, '');
  await bindMembers(connection);
  const inputs = await nameInputs(connection, asOf, measures);
  const checked = await connection.first<{ inputs: string | null }>('select inputs from quality.checked');
  const stands = !everybody && checked?.inputs === inputs;
  try {
    const found = stands ? undefined : await lookAtPatients({ connection, asOf, everybody });
    await connection.transaction(async () => {
      if (found) await recordLook(connection, found, { asOf, inputs, measures });
      await gradeMeasures(connection, measures);
      await keepHistory(connection, runId);
    });
  } finally {
    await dropChecks(connection);
  }
}

async function recordLook(
  connection: Connection,
  { checks, keep }: Look,
  { asOf, inputs, measures }: { asOf: string; inputs: string; measures: readonly MeasureReads[] },
): Promise<void> {
  await connection.run('delete from quality.checked');
  await connection.run('insert into quality.checked (data_as_of, inputs) values ($1::timestamp, $2)', [
    asOf,
    inputs,
  ]);
  await keep();
  await writeFindings(connection, checks);
  await gradeSources(connection);
  await countInputs(connection, measures, checks);
  await writeUnmapped(connection);
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
