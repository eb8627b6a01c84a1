import { keepNews, type Connection } from '@catchment/warehouse';
import { dropResults } from '../populations/result-tables';
import { evaluateMeasure, type MeasureRun } from './evaluate-measure';
import { NewsWarehouse } from './news/news-warehouse';
import { programOf, type EvaluationPlan } from './news/plan-evaluation';
import type { PreparedMeasure } from './prepare-measures';
import type { MeasureOutcome } from './run-outcome';
import { RunTables } from './run-tables';

export interface EvaluationStep {
  connection: Connection;
  /** Told of each measure before it is evaluated. */
  onMeasure: (measureId: string) => void;
  signal?: AbortSignal;
}

/**
 * Evaluates the measures of a plan: first for the patients with news, where the results of all others stand, then for
 * everybody; and remembers which data the results are of.
 */
export async function evaluateMeasures(
  step: EvaluationStep,
  plan: EvaluationPlan,
): Promise<MeasureOutcome[]> {
  const { connection } = step;
  const outcomes: MeasureOutcome[] = [];
  const again: PreparedMeasure[] = [];
  if (plan.forNews.length > 0) {
    const types = new Set(plan.forNews.flatMap(({ compiled }) => Object.keys(compiled.demand)));
    const news = await NewsWarehouse.open(connection, types);
    try {
      for (const [index, outcome] of (await evaluateAll(step, plan, plan.forNews, news)).entries()) {
        if (outcome.state === 'evaluated') outcomes.push(outcome);
        else again.push(plan.forNews[index]!);
      }
    } finally {
      await news.close();
    }
  }
  // What fails for them may fail for everybody, or for lack of what can be left out: that is found out there.
  for (const { compiled } of again) await dropResults(connection, compiled.definition.id);
  outcomes.push(...(await evaluateAll(step, plan, [...again, ...plan.forAll])));
  await connection.transaction(() => keepNews(connection, 'evaluation'));
  return outcomes;
}

async function evaluateAll(
  { connection, onMeasure, signal }: EvaluationStep,
  { news: { now }, inputs }: EvaluationPlan,
  measures: readonly PreparedMeasure[],
  news?: NewsWarehouse,
): Promise<MeasureOutcome[]> {
  const tables = new RunTables(connection, measures.flatMap(programOf));
  const run: MeasureRun = { connection, tables, news, inputs, patients: now, signal };
  const outcomes: MeasureOutcome[] = [];
  try {
    for (const measure of measures) {
      onMeasure(measure.compiled.definition.id);
      outcomes.push(await evaluateMeasure(run, measure));
    }
  } finally {
    await tables.clear();
  }
  return outcomes;
}
