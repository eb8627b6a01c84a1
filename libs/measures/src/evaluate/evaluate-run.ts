import { CodeSetNumbers, type Program, type ProfileMode } from '@catchment/cql';
import { mergeDemands } from '@catchment/fhir';
import { completeLoads, ensureDemand } from '@catchment/ingest';
import { Diagnostic } from '@catchment/platform';
import { settlePersons } from '@catchment/population';
import { recordQuality } from '@catchment/quality';
import {
  createResultTables,
  installFunctions,
  prepareWarehouse,
  readElementFacts,
  recordMeasure,
  recordRun,
  type Connection,
} from '@catchment/warehouse';
import {
  createPopulationTables,
  dropResults,
  forgetResults,
  measuresWithResults,
} from '../populations/result-tables';
import { engineVersion } from './engine-version';
import { measureRecord } from './measure-record';
import { readMeasurementPeriod } from './measurement-period';
import { writeNotEvaluated } from './not-evaluated';
import { failureReason, prepareMeasures, type PreparedMeasure } from './prepare-measures';
import type { MeasureOutcome, RunOutcome } from './run-outcome';
import { runProgram } from './run-program';
import { RunTables } from './run-tables';
import { writeExplanations } from './write-explanations';
import { writePopulations } from './write-populations';

export interface EvaluateRunRequest {
  /** The open warehouse, prepared; the run is its only user meanwhile. */
  connection: Connection;
  dataDir: string;
  measureIds: readonly string[] | 'all';
  /** First and last day of the measurement period, `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
  runId: string;
  /** Instant up to which the data are known, ISO 8601; Now() and Today() are of it, so that a run can be repeated. */
  dataAsOf: string;
  /**
   * The results of all other measures stay and belong to this run; default false. Only for results of the same data and
   * period: nothing else makes sure of it.
   */
  keepOthers?: boolean;
  profileMode?: ProfileMode;
  /** Leave out of the SQL what the stored data cannot have; default true. The results are the same. */
  pruning?: boolean;
  /** Check the data and grade them at the end (docs/data-quality.md); default true. */
  checks?: boolean;
  /** Done of the whole, 0 to 1, and a sentence about it; never about a patient. */
  onProgress?: (fraction: number, detail: string) => void;
  signal?: AbortSignal;
}

/**
 * Evaluates measures over the population of the warehouse (docs/loading.md, Panels) and replaces the `results` schema (docs/data-model.md).
 * Measures are isolated: one that cannot be compiled, bound or run is reported as failed, with its reason, and has no
 * rows in any table.
 *
 * @throws Diagnostic for a bad period and when there are no measures; the abort reason when the signal aborts.
 */
export async function evaluateRun(request: EvaluateRunRequest): Promise<RunOutcome> {
  const { connection, dataDir, signal, onProgress } = request;
  const period = readMeasurementPeriod(`${request.periodStart}/${request.periodEnd}`);
  const evaluatedAt = request.dataAsOf.replace(/Z$/, '');
  onProgress?.(0, 'compiling measures');
  await prepareWarehouse(connection);
  await installFunctions(connection, 'cql-');
  // Half a load is no population.
  await completeLoads(connection, dataDir, { signal });
  await settlePersons(connection);
  const prepare = async (): Promise<ReturnType<typeof prepareMeasures>> => {
    const facts = request.pruning === false ? undefined : await readElementFacts(connection);
    const codeSetNumbers = new CodeSetNumbers();
    return prepareMeasures({ ...request, period, evaluatedAt, facts, codeSetNumbers });
  };
  let { prepared, failed } = await prepare();
  signal?.throwIfAborted();
  const demand = mergeDemands(...prepared.map(({ compiled }) => compiled.demand));
  const { types: readAgain } = await ensureDemand(connection, dataDir, demand, ({ type, done, total }) => {
    onProgress?.((0.3 * done) / total, `reading ${type} for what the measures ask`);
  });
  if (readAgain.length > 0) {
    // A type that was read again has the rows of every record.
    await settlePersons(connection);
    // Nothing was known of what no measure had asked for before: SQL for anything that could be there may take minutes.
    onProgress?.(0.3, 'compiling measures');
    ({ prepared, failed } = await prepare());
  }
  signal?.throwIfAborted();
  const ids = [
    ...prepared.map(({ compiled }) => compiled.definition.id),
    ...failed.map((each) => each.measureId),
  ];
  await beginResults(connection, request, new Set(ids));
  const outcomes: MeasureOutcome[] = [...failed];
  const tables = new RunTables(connection, prepared.flatMap(programOf));
  try {
    for (const [index, measure] of prepared.entries()) {
      onProgress?.(0.3 + (0.6 * index) / prepared.length, `evaluating ${measure.compiled.definition.id}`);
      outcomes.push(await evaluateMeasure(connection, measure, tables, signal));
    }
  } finally {
    await tables.clear();
  }
  const evaluated = new Set(
    outcomes.filter(({ state }) => state === 'evaluated').map(({ measureId }) => measureId),
  );
  onProgress?.(0.9, 'checking the data');
  if (request.checks !== false) {
    await recordQuality({
      connection,
      dataAsOf: request.dataAsOf,
      runId: request.runId,
      measures: prepared
        .map(({ compiled }) => ({ measureId: compiled.definition.id, demand: compiled.demand }))
        .filter(({ measureId }) => evaluated.has(measureId)),
    });
  }
  const patients = await connection.first<{ n: number }>('select count(*) as n from registry.population');
  onProgress?.(1, 'evaluated');
  const order = (left: MeasureOutcome, right: MeasureOutcome): number =>
    left.measureId < right.measureId ? -1 : 1;
  return { runId: request.runId, period, patients: patients!.n, measures: outcomes.sort(order) };
}

/** Takes away the results of the run before, all or those of the measures that are evaluated again. */
async function beginResults(
  connection: Connection,
  { runId, periodStart, periodEnd, dataAsOf, keepOthers }: EvaluateRunRequest,
  evaluated: ReadonlySet<string>,
): Promise<void> {
  await createResultTables(connection);
  await createPopulationTables(connection);
  const before = await measuresWithResults(connection);
  const kept = keepOthers ? before.filter((measureId) => !evaluated.has(measureId)) : [];
  await connection.transaction(async () => {
    for (const measureId of before) {
      if (!kept.includes(measureId)) await dropResults(connection, measureId);
    }
    const run = { runId, periodStart, periodEnd, dataAsOf, engineVersion: engineVersion() };
    await recordRun(connection, run, kept);
  });
}

/** The program of a measure; of one that cannot be printed none, for its evaluation says so. */
function programOf({ compiled }: PreparedMeasure): Program[] {
  try {
    return [compiled.program];
  } catch (error) {
    failureReason(error);
    return [];
  }
}

async function evaluateMeasure(
  connection: Connection,
  prepared: PreparedMeasure,
  tables: RunTables,
  signal?: AbortSignal,
): Promise<MeasureOutcome> {
  const { id: measureId, version, title } = prepared.compiled.definition;
  try {
    return await runMeasure(connection, prepared, tables, signal);
  } catch (error) {
    const reason = failureReason(error);
    const without = prepared.withoutSupplementalData?.();
    // A value set that only supplemental data use must not cost the measure its results.
    if (without && error instanceof Diagnostic) {
      without.compiled.limitations.push(`supplemental data are left out: ${reason}`);
      return evaluateMeasure(connection, without, tables, signal);
    }
    return { state: 'failed', measureId, version, title, reason };
  }
}

async function runMeasure(
  connection: Connection,
  { measure, origin, compiled }: PreparedMeasure,
  tables: RunTables,
  signal?: AbortSignal,
): Promise<MeasureOutcome> {
  const started = performance.now();
  const { definition, program, limitations } = compiled;
  const { id: measureId, version, title } = definition;
  try {
    const { bound, failures } = await runProgram(connection, compiled, tables, signal);
    const { groups, notEvaluated } = await connection.transaction(async () => {
      await forgetResults(connection, measureId);
      const apart = await writeNotEvaluated(connection, compiled, failures);
      const summaries = await writePopulations(connection, compiled);
      await writeExplanations(connection, compiled);
      await recordMeasure(connection, measureRecord(measure, origin, compiled, bound));
      return { groups: summaries, notEvaluated: apart };
    });
    const seconds = (performance.now() - started) / 1000;
    return {
      state: 'evaluated',
      measureId,
      version,
      title,
      groups,
      notEvaluated: notEvaluated.patients,
      limitations: [...limitations, ...notEvaluated.reasons],
      seconds,
    };
  } finally {
    await tables.release(program);
  }
}
