import { Diagnostic } from '@catchment/platform';
import type { Connection, PatientFailure } from '@catchment/warehouse';
import type { CompiledMeasure } from './compile-measure';

/** Patients for whom a measure, or a part of it that decides nothing, could not be evaluated. */
export interface NotEvaluated {
  /** Patients without a result. */
  patients: number;
  /** Sentences for people, with numbers of patients: why they have none, or lack supplemental data. */
  reasons: string[];
}

/** Rows per statement, so that its parameter stays small. */
const batchSize = 20_000;

/**
 * Writes `results.not_evaluated`: one row for each patient for whom a define that decides a result failed, with its
 * first reason. Failures of supplemental data cost nobody his result; `results.partly_evaluated` has them.
 * @throws Diagnostic when a define failed for data that belong to no patient: then nobody's result is right.
 */
export async function writeNotEvaluated(
  connection: Connection,
  measure: CompiledMeasure,
  failures: readonly PatientFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  const leavers = await connection.rows<{ pid: number }>('select pid from temp.leaver');
  const left = new Set<number | null>(leavers.map(({ pid }) => pid));
  const counted = failures.filter(({ pid }) => !left.has(pid));
  const ofNobody = counted.find(({ pid }) => pid === null);
  if (ofNobody) throw new Diagnostic(`${ofNobody.reason}, for data that belong to no patient`);
  const deciding = measure.deciding();
  const decides = ({ define }: PatientFailure): boolean => deciding === 'all' || deciding.has(define);
  const { id } = measure.definition;
  await writeReasons(connection, 'not_evaluated', id, counted.filter(decides));
  await writeReasons(
    connection,
    'partly_evaluated',
    id,
    counted.filter((failure) => !decides(failure)),
  );
}

/** What the tables say of a measure. */
export async function readNotEvaluated(connection: Connection, measureId: string): Promise<NotEvaluated> {
  const counts = (table: string): Promise<{ reason: string; count: number }[]> =>
    connection.rows(
      `select reason, count(*) as count from results.${table} where measure_id = $1
       group by reason order by count desc, reason`,
      [measureId],
    );
  const whole = await counts('not_evaluated');
  const partly = await counts('partly_evaluated');
  const sentence = (what: string) => (each: { reason: string; count: number }) =>
    `${each.count} ${each.count === 1 ? 'patient is' : 'patients are'} ${what}: ${each.reason}`;
  return {
    patients: whole.reduce((sum, { count }) => sum + count, 0),
    reasons: [
      ...whole.map(sentence('not evaluated')),
      ...partly.map(sentence('evaluated without all supplemental data')),
    ],
  };
}

/** One row for each patient, with the first reason. */
async function writeReasons(
  connection: Connection,
  table: string,
  measureId: string,
  failures: readonly PatientFailure[],
): Promise<void> {
  const reasons = new Map<number, string>();
  for (const { pid, reason } of failures) if (!reasons.has(pid!)) reasons.set(pid!, reason);
  const rows = [...reasons].map(([pid, reason]) => ({ pid, reason }));
  for (let start = 0; start < rows.length; start += batchSize) {
    await connection.run(
      `insert into results.${table} (measure_id, pid, reason)
       select $1, failed.pid, failed.reason
       from (select unnest(from_json($2, '[{"pid": "INTEGER", "reason": "VARCHAR"}]')) as failed)`,
      [measureId, JSON.stringify(rows.slice(start, start + batchSize))],
    );
  }
}
