import { Diagnostic } from '@catchment/platform';
import { recordMeasure, type Connection } from '@catchment/warehouse';
import { summarizeGroup, type GroupSummary } from '../populations/counts';
import { forgetResults } from '../populations/result-tables';
import { measureRecord } from './measure-record';
import type { MeasureInputs } from './news/measure-inputs';
import type { NewsWarehouse } from './news/news-warehouse';
import { readNotEvaluated, writeNotEvaluated } from './not-evaluated';
import { failureReason, type PreparedMeasure } from './prepare-measures';
import type { MeasureOutcome } from './run-outcome';
import { runProgram } from './run-program';
import type { RunTables } from './run-tables';
import { writeExplanations } from './write-explanations';
import { writePopulations } from './write-populations';

/** What evaluating one measure of a run needs beside the measure. */
export interface MeasureRun {
  connection: Connection;
  tables: RunTables;
  /** Evaluate only for its patients: the results of all others stand as they are. */
  news?: NewsWarehouse;
  /** Name what the results are made from: all but the patients' data, and these. */
  inputs: MeasureInputs;
  patients: string;
  signal?: AbortSignal;
}

/** Evaluates a measure; what is wrong with it is its own failure. */
export async function evaluateMeasure(run: MeasureRun, prepared: PreparedMeasure): Promise<MeasureOutcome> {
  const { id: measureId, version, title } = prepared.compiled.definition;
  try {
    return await runMeasure(run, prepared);
  } catch (error) {
    const reason = failureReason(error);
    const without = prepared.withoutSupplementalData?.();
    // A value set that only supplemental data use must not cost the measure its results.
    if (without && error instanceof Diagnostic && !run.news) {
      without.compiled.limitations.push(`supplemental data are left out: ${reason}`);
      return evaluateMeasure(run, without);
    }
    return { state: 'failed', measureId, version, title, reason };
  }
}

async function runMeasure(run: MeasureRun, prepared: PreparedMeasure): Promise<MeasureOutcome> {
  const { connection, tables, news, signal } = run;
  const { measure, origin, compiled } = prepared;
  const started = performance.now();
  const { definition, program, limitations } = compiled;
  const { id: measureId, version, title } = definition;
  const compute = (): ReturnType<typeof runProgram> => runProgram(connection, compiled, tables, signal);
  const write = async ({ failures }: Awaited<ReturnType<typeof compute>>): Promise<void> => {
    await forgetResults(connection, measureId);
    await writeNotEvaluated(connection, compiled, failures);
    await writePopulations(connection, compiled);
    await writeExplanations(connection, compiled);
  };
  const record = async ({ bound }: Awaited<ReturnType<typeof compute>>): Promise<void> => {
    await recordMeasure(connection, measureRecord(measure, origin, compiled, bound));
    await run.inputs.record(connection, compiled, run.patients);
  };
  try {
    if (news) {
      const computed = await news.within(async () => {
        const result = await compute();
        await write(result);
        return result;
      });
      await connection.transaction(async () => {
        await news.takeOver(measureId);
        await record(computed);
      });
    } else {
      const computed = await compute();
      await connection.transaction(async () => {
        await write(computed);
        await record(computed);
      });
    }
    const groups: GroupSummary[] = [];
    for (const group of definition.groups) groups.push(await summarizeGroup(connection, measureId, group));
    const notEvaluated = await readNotEvaluated(connection, measureId);
    const seconds = (performance.now() - started) / 1000;
    return {
      state: 'evaluated',
      measureId,
      version,
      title,
      groups,
      notEvaluated: notEvaluated.patients,
      limitations: [...limitations, ...notEvaluated.reasons],
      carriedOver: news !== undefined,
      seconds,
    };
  } finally {
    await tables.release(program);
  }
}
