import { Diagnostic } from '@catchment/platform';
import type { DataSnapshot, EvaluatedMeasure, EvaluationRunRecord } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';
import type { FailedMeasure, RunOutcome } from '../evaluate';
import type { RunFindings } from './evaluation-runs.service';

/**
 * What the record keeps of a run whose results the warehouse holds.
 * @param kept measures whose results are those of the published run
 * @param published its record
 * @throws Diagnostic when no measure could be evaluated: an empty scorecard would replace a good one.
 */
export async function readFindings(
  connection: Connection,
  outcome: RunOutcome,
  snapshot: DataSnapshot,
  kept: readonly string[] = [],
  published?: Pick<EvaluationRunRecord, 'id' | 'measures'>,
): Promise<RunFindings> {
  const keptFrom = (measureId: string): string | undefined => {
    if (!published || !kept.includes(measureId)) return undefined;
    return published.measures.find((measure) => measure.measureId === measureId)?.keptFrom ?? published.id;
  };
  const failed = outcome.measures.filter((measure) => measure.state === 'failed');
  const reasons = failed.map(describeFailure).join('\n');
  if (failed.length === outcome.measures.length) {
    throw new Diagnostic(`no measure could be evaluated, nothing is published\n${reasons}`);
  }
  return {
    measures: (await evaluatedMeasures(connection)).map((measure) => {
      const from = keptFrom(measure.measureId);
      return from === undefined ? measure : { ...measure, keptFrom: from };
    }),
    dataSnapshot: snapshot,
    counts: countsOf(outcome),
    error:
      failed.length === 0
        ? null
        : `not evaluated, ${failed.length} of ${outcome.measures.length} measures:\n${reasons}`,
  };
}

function describeFailure({ measureId, reason }: FailedMeasure): string {
  return `${measureId}: ${reason}`;
}

/** Measure → group → populations and score; for a measure that failed its reason. */
function countsOf(outcome: RunOutcome): Record<string, unknown> {
  return Object.fromEntries(
    outcome.measures.map((measure) => [
      measure.measureId,
      measure.state === 'failed'
        ? { failed: measure.reason }
        : Object.fromEntries(
            measure.groups.map(({ groupId, populations, score }) => [groupId, { ...populations, score }]),
          ),
    ]),
  );
}

async function evaluatedMeasures(connection: Connection): Promise<EvaluatedMeasure[]> {
  const measures = await connection.rows<{ measureId: string; canonical: string; version: string }>(
    'select measure_id as "measureId", canonical, version from results.measure order by measure_id',
  );
  const used = await connection.rows<{
    measureId: string;
    canonical: string;
    version: string | null;
    origin: string;
  }>('select measure_id as "measureId", canonical, version, origin from results.value_set_used order by all');
  return measures.map((measure) => ({
    ...measure,
    valueSets: used
      .filter(({ measureId }) => measureId === measure.measureId)
      .map(({ canonical, version, origin }) => ({ canonical, version, origin })),
  }));
}
