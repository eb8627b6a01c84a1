import { CodeSetNumbers, type ProfileMode } from '@catchment/cql';
import { mergeDemands } from '@catchment/fhir';
import { completeLoads, ensureDemand } from '@catchment/ingest';
import { settlePersons } from '@catchment/population';
import { recordQuality } from '@catchment/quality';
import {
  createResultTables,
  installFunctions,
  prepareWarehouse,
  readElementFacts,
  recordRun,
  type Connection,
} from '@catchment/warehouse';
import { createPopulationTables, dropResults, measuresWithResults } from '../populations/result-tables';
import { engineVersion } from './engine-version';
import { evaluateMeasures } from './evaluate-measures';
import { readMeasurementPeriod } from './measurement-period';
import { planEvaluation, type EvaluationPlan } from './news/plan-evaluation';
import { prepareMeasures } from './prepare-measures';
import type { MeasureOutcome, RunOutcome } from './run-outcome';

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
  /** Evaluate everybody, also patients whose results stand because nothing of theirs has changed; default false. */
  everybody?: boolean;
  /** Check the data and grade them at the end (docs/data-quality.md); default true. */
  checks?: boolean;
  /** Done of the whole, 0 to 1, and a sentence about it; never about a patient. */
  onProgress?: (fraction: number, detail: string) => void;
  signal?: AbortSignal;
}

/**
 * Evaluates measures over the population of the warehouse (docs/loading.md, Panels) and replaces the `results` schema (docs/data-model.md).
 * Where all else is as it was at the last evaluation, only patients with news are evaluated and the results of the others
 * stand (docs/adr/0015). Measures are isolated: one that cannot be compiled, bound or run is reported as failed, with its reason, and has no
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
  await createResultTables(connection);
  await createPopulationTables(connection);
  const plan = await planEvaluation(connection, prepared, request.everybody === true);
  await beginResults(connection, request, ids, plan);
  let begun = 0;
  const onMeasure = (measureId: string): void =>
    onProgress?.(0.3 + (0.6 * begun++) / prepared.length, `evaluating ${measureId}`);
  const outcomes = [...failed, ...(await evaluateMeasures({ connection, onMeasure, signal }, plan))];
  const evaluated = new Set(
    outcomes.filter(({ state }) => state === 'evaluated').map(({ measureId }) => measureId),
  );
  onProgress?.(0.9, 'checking the data');
  if (request.checks !== false) {
    await recordQuality({
      connection,
      dataAsOf: request.dataAsOf,
      runId: request.runId,
      everybody: request.everybody,
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

/** Takes away the results of the run before that neither stay as they are nor stand for patients without news. */
async function beginResults(
  connection: Connection,
  { runId, periodStart, periodEnd, dataAsOf, keepOthers }: EvaluateRunRequest,
  evaluated: readonly string[],
  { forNews }: EvaluationPlan,
): Promise<void> {
  const before = await measuresWithResults(connection);
  const kept = keepOthers ? before.filter((measureId) => !evaluated.includes(measureId)) : [];
  const standing = new Set([...kept, ...forNews.map(({ compiled }) => compiled.definition.id)]);
  await connection.transaction(async () => {
    for (const measureId of before) {
      if (!standing.has(measureId)) await dropResults(connection, measureId);
    }
    const run = { runId, periodStart, periodEnd, dataAsOf, engineVersion: engineVersion() };
    await recordRun(connection, run, kept);
  });
}
