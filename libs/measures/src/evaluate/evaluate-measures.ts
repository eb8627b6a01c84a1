import { keepNews, type Connection } from '@catchment/warehouse';
import { dropResults } from '../populations/result-tables';
import { evaluateMeasure, type MeasureRun } from './evaluate-measure';
import { evaluateForNews } from './news/evaluate-for-news';
import { programOf, type EvaluationPlan } from './news/plan-evaluation';
import type { PreparedMeasure } from './prepare-measures';
import type { MeasureOutcome } from './run-outcome';
import { RunBinding } from './run-binding';
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
  { connection, onMeasure, signal }: EvaluationStep,
  { news, inputs, forNews, forAll }: EvaluationPlan,
): Promise<MeasureOutcome[]> {
  const outcomes: MeasureOutcome[] = [];
  const again: PreparedMeasure[] = [];
  const withTables = async (
    measures: readonly PreparedMeasure[],
    work: (run: MeasureRun) => Promise<void>,
  ): Promise<void> => {
    const printed = measures.filter((measure) => programOf(measure).length > 0);
    const binding = await RunBinding.of(
      connection,
      printed.map(({ compiled }) => compiled),
    );
    const tables = new RunTables(connection, printed.flatMap(programOf));
    try {
      await work({ connection, tables, binding, inputs, patients: news.now, signal });
    } finally {
      await tables.clear();
    }
  };
  if (forNews.length > 0) {
    await withTables(forNews, async (run) => {
      const ended = await evaluateForNews(run, forNews, onMeasure);
      outcomes.push(...ended.outcomes);
      again.push(...ended.failed);
    });
  }
  // What fails for them may fail for everybody, or for lack of what can be left out: that is found out there.
  await connection.transaction(async () => {
    for (const { compiled } of again) await dropResults(connection, compiled.definition.id);
  });
  const all = [...again, ...forAll];
  await withTables(all, async (run) => {
    for (const measure of all) {
      onMeasure(measure.compiled.definition.id);
      outcomes.push(await evaluateMeasure(run, measure));
    }
  });
  await connection.transaction(() => keepNews(connection, 'evaluation'));
  return outcomes;
}
