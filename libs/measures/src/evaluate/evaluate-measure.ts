import { Diagnostic } from '@catchment/platform';
import { recordMeasure, type Connection } from '@catchment/warehouse';
import { summarizeGroup, type GroupSummary } from '../populations/counts';
import { forgetResults } from '../populations/result-tables';
import { measureRecord } from './measure-record';
import type { MeasureInputs } from './news/measure-inputs';
import { readNotEvaluated, writeNotEvaluated } from './not-evaluated';
import { failureReason, type PreparedMeasure } from './prepare-measures';
import type { EvaluatedMeasure, MeasureOutcome } from './run-outcome';
import { runProgram, type ProgramRun } from './run-program';
import type { RunBinding } from './run-binding';
import type { RunTables } from './run-tables';
import { writeExplanations } from './write-explanations';
import { writePopulations } from './write-populations';

/** What evaluating one measure of a run needs beside the measure. */
export interface MeasureRun {
  connection: Connection;
  tables: RunTables;
  binding: RunBinding;
  /** Name what the results are made from: all but the patients' data, and these. */
  inputs: MeasureInputs;
  patients: string;
  signal?: AbortSignal;
}

/** Evaluates a measure for everybody; what is wrong with it is its own failure. */
export async function evaluateMeasure(run: MeasureRun, prepared: PreparedMeasure): Promise<MeasureOutcome> {
  const { connection } = run;
  const { id: measureId, version, title } = prepared.compiled.definition;
  const started = performance.now();
  try {
    await withProgram(run, prepared, (computed) =>
      connection.transaction(async () => {
        await writeResults(connection, prepared, computed);
        await recordResults(run, prepared, computed);
      }),
    );
    return await outcomeOf(connection, prepared, started);
  } catch (error) {
    const reason = failureReason(error);
    const without = prepared.withoutSupplementalData?.();
    // A value set that only supplemental data use must not cost the measure its results.
    if (without && error instanceof Diagnostic) {
      without.compiled.limitations.push(`supplemental data are left out: ${reason}`);
      return evaluateMeasure(run, without);
    }
    return { state: 'failed', measureId, version, title, reason };
  }
}

/** Runs a measure's program, lends its tables, and takes them away. */
export async function withProgram(
  { connection, tables, binding, signal }: MeasureRun,
  { compiled }: PreparedMeasure,
  use: (computed: ProgramRun) => Promise<void>,
): Promise<ProgramRun> {
  const { program } = compiled;
  try {
    const computed = await runProgram(connection, compiled, tables, signal, binding);
    await use(computed);
    return computed;
  } finally {
    await tables.release(program);
  }
}

/** Writes the rows of a measure whose program has run, in the place of those that are there. */
export async function writeResults(
  connection: Connection,
  { compiled }: PreparedMeasure,
  { failures }: ProgramRun,
): Promise<void> {
  await forgetResults(connection, compiled.definition.id);
  await writeNotEvaluated(connection, compiled, failures);
  await writePopulations(connection, compiled);
  await writeExplanations(connection, compiled);
}

/** Says what the rows are of. */
export async function recordResults(
  { connection, inputs, patients }: MeasureRun,
  { measure, origin, compiled }: PreparedMeasure,
  { bound }: ProgramRun,
): Promise<void> {
  await recordMeasure(connection, measureRecord(measure, origin, compiled, bound));
  await inputs.record(connection, compiled, patients);
}

/** Counts the rows of a measure. */
export async function outcomeOf(
  connection: Connection,
  { compiled: { definition, limitations } }: PreparedMeasure,
  started: number,
  carriedOver = false,
): Promise<EvaluatedMeasure> {
  const { id: measureId, version, title } = definition;
  const groups: GroupSummary[] = [];
  for (const group of definition.groups) groups.push(await summarizeGroup(connection, measureId, group));
  const { patients: notEvaluated, reasons } = await readNotEvaluated(connection, measureId);
  return {
    state: 'evaluated',
    measureId,
    version,
    title,
    groups,
    notEvaluated,
    limitations: [...limitations, ...reasons],
    carriedOver,
    seconds: (performance.now() - started) / 1000,
  };
}
