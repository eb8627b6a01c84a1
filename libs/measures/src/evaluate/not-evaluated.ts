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
 * first reason. Failures of supplemental data cost nobody his result.
 * @throws Diagnostic when a define failed for data that belong to no patient: then nobody's result is right.
 */
export async function writeNotEvaluated(
  connection: Connection,
  measure: CompiledMeasure,
  failures: readonly PatientFailure[],
): Promise<NotEvaluated> {
  if (failures.length === 0) return { patients: 0, reasons: [] };
  const leavers = await connection.rows<{ pid: number }>('select pid from temp.leaver');
  const left = new Set<number | null>(leavers.map(({ pid }) => pid));
  const counted = failures.filter(({ pid }) => !left.has(pid));
  const ofNobody = counted.find(({ pid }) => pid === null);
  if (ofNobody) throw new Diagnostic(`${ofNobody.reason}, for data that belong to no patient`);
  const deciding = measure.deciding();
  const decides = ({ define }: PatientFailure): boolean => deciding === 'all' || deciding.has(define);
  const patients = firstReasons(counted.filter(decides));
  const others = firstReasons(counted.filter((failure) => !decides(failure)));
  const rows = [...patients].map(([pid, reason]) => ({ pid, reason }));
  for (let start = 0; start < rows.length; start += batchSize) {
    await connection.run(
      `insert into results.not_evaluated (measure_id, pid, reason)
       select $1, failed.pid, failed.reason
       from (select unnest(from_json($2, '[{"pid": "INTEGER", "reason": "VARCHAR"}]')) as failed)`,
      [measure.definition.id, JSON.stringify(rows.slice(start, start + batchSize))],
    );
  }
  return {
    patients: patients.size,
    reasons: [
      ...sentences(patients, 'not evaluated'),
      ...sentences(others, 'evaluated without all supplemental data'),
    ],
  };
}

function firstReasons(failures: readonly PatientFailure[]): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { pid, reason } of failures) if (!reasons.has(pid!)) reasons.set(pid!, reason);
  return reasons;
}

function sentences(reasons: ReadonlyMap<number, string>, what: string): string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(
    ([reason, count]) => `${count} ${count === 1 ? 'patient is' : 'patients are'} ${what}: ${reason}`,
  );
}
