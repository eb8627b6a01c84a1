import type { MeasureOutcome } from '../run-outcome';
import { outcomeOf, recordResults, withProgram, writeResults, type MeasureRun } from '../evaluate-measure';
import { failureReason, type PreparedMeasure } from '../prepare-measures';
import type { ProgramRun } from '../run-program';
import { openForResults, takeOverResults } from './news-results';

/**
 * Evaluates measures for the patients with news; the results of all others stand.
 * @returns also the measures that failed, whose results are as they were
 */
export async function evaluateForNews(
  run: MeasureRun,
  measures: readonly PreparedMeasure[],
  onMeasure: (measureId: string) => void,
): Promise<{ outcomes: MeasureOutcome[]; failed: PreparedMeasure[] }> {
  const { connection } = run;
  const types = new Set(measures.flatMap(({ compiled }) => Object.keys(compiled.demand)));
  const news = await openForResults(connection, types);
  const evaluated: { prepared: PreparedMeasure; computed: ProgramRun; started: number }[] = [];
  const failed: PreparedMeasure[] = [];
  try {
    await news.within(async () => {
      for (const prepared of measures) {
        const started = performance.now();
        onMeasure(prepared.compiled.definition.id);
        try {
          const computed = await withProgram(run, prepared, (made) =>
            writeResults(connection, prepared, made),
          );
          evaluated.push({ prepared, computed, started });
        } catch (error) {
          failureReason(error);
          failed.push(prepared);
        }
      }
    });
    await connection.transaction(async () => {
      await takeOverResults(
        connection,
        evaluated.map(({ prepared }) => prepared.compiled.definition.id),
      );
      for (const { prepared, computed } of evaluated) await recordResults(run, prepared, computed);
    });
  } finally {
    await news.close();
  }
  const outcomes: MeasureOutcome[] = [];
  for (const { prepared, started } of evaluated)
    outcomes.push(await outcomeOf(connection, prepared, started, true));
  return { outcomes, failed };
}
