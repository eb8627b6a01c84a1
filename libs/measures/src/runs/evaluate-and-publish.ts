import { join } from 'node:path';
import {
  defaultPublishLimits,
  Diagnostic,
  failureText,
  projectRoot,
  type Clock,
  type PublishLimits,
} from '@catchment/platform';
import type { Suspicion } from '@catchment/store';
import { buildMarts, publishMarts, readModels, type Connection } from '@catchment/warehouse';
import { engineVersion, evaluateRun, type RunOutcome } from '../evaluate';
import { readDataSnapshot } from './data-snapshot';
import type { EvaluationRunsService } from './evaluation-runs.service';
import { planRun } from './plan-run';
import { readPublishedRun } from './published-run';
import { readFindings } from './run-findings';
import { suspicionsOf } from './suspicions';

/** What a recorded run works with. */
export interface RunDesk {
  dataDir: string;
  runs: EvaluationRunsService;
  clock: Clock;
  limits?: PublishLimits;
  /** Lends the open warehouse for a piece of work. */
  useWarehouse: <T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Brings the warehouse up to what people decided about its patients. */
  prepare?: (connection: Connection) => Promise<void>;
}

export interface RecordedRunRequest {
  runId: string;
  measureIds: readonly string[] | 'all';
  /** `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
  /** Email of who asked, or what did. */
  startedBy: string;
  reason: string;
  /** As of `EvaluateRunRequest`. */
  everybody?: boolean;
  /** Wraps the two stages of the run, to show how far it is. */
  stage?: <T>(name: 'evaluate' | 'publish', work: (report: ReportProgress) => Promise<T>) => Promise<T>;
  signal?: AbortSignal;
}

/** Tells how far a piece of work is: 0 to 1, and a sentence that is never about a patient. */
type ReportProgress = (fraction: number, detail?: string) => void;

/** How a run that did not fail ended. */
export type RunEnd = { outcome: RunOutcome } & (
  | { state: 'published' }
  /** Its numbers are kept, and somebody has to decide about them. */
  | { state: 'suspicious'; suspicions: Suspicion[] }
  | { state: 'unpublished'; why: string }
);

/**
 * One evaluation run, from the data of the warehouse to published numbers, with its record. Suspicious numbers are kept
 * and not published (`publishHeldRun`).
 * @throws whatever went wrong, after it was written to the run's record; nothing was published then
 */
export async function evaluateAndPublish(desk: RunDesk, request: RecordedRunRequest): Promise<RunEnd> {
  const { runId, periodStart, periodEnd, startedBy, reason, signal } = request;
  const { runs } = desk;
  await runs.begin({ runId, periodStart, periodEnd, startedBy, reason, engineVersion: engineVersion() });
  try {
    return await desk.useWarehouse((connection) => perform(desk, connection, request), signal);
  } catch (error) {
    const interrupted = signal?.aborted === true;
    await runs.fail(runId, interrupted ? 'the worker was stopped before the run ended' : failureText(error));
    throw error;
  }
}

/**
 * Publishes the kept numbers of a suspicious run that somebody decided to publish. Does nothing for a run that is no
 * longer suspicious: a later one took its place.
 * @returns whether it is published now
 * @throws Diagnostic when its numbers are no longer kept; the record says so
 */
export async function publishHeldRun(desk: RunDesk, runId: string): Promise<boolean> {
  const record = await desk.runs.find(runId);
  const { heldFile: file, contentHash } = record ?? {};
  if (record?.state !== 'suspicious' || record.decision?.action !== 'publish' || !file || !contentHash) {
    return false;
  }
  try {
    await desk.useWarehouse((connection) => publishMarts(connection, desk.dataDir, { runId, file }));
  } catch (error) {
    if (error instanceof Diagnostic && error.location.file === file)
      await desk.runs.fail(runId, error.message);
    throw error;
  }
  await desk.runs.succeed(runId, contentHash);
  return true;
}

async function perform(desk: RunDesk, connection: Connection, request: RecordedRunRequest): Promise<RunEnd> {
  const { dataDir, runs, clock } = desk;
  const { runId, periodStart, periodEnd, signal } = request;
  const stage = request.stage ?? ((_name, work) => work(() => undefined));
  await desk.prepare?.(connection);
  const snapshot = await readDataSnapshot(connection);
  if (!snapshot) throw new Diagnostic('the warehouse holds no data: load FHIR files first');
  const published = await readPublishedRun(dataDir);
  const record = published && (await runs.find(published.runId));
  const plan = planRun(
    { ...request, measureIds: request.measureIds.length === 0 ? 'all' : request.measureIds },
    {
      published,
      resultsOf: await runOfResults(connection),
      publishedSnapshot: record?.dataSnapshot,
      publishedEngine: record?.engineVersion,
      snapshot,
      engine: engineVersion(),
    },
  );
  const outcome = await stage('evaluate', (report) =>
    evaluateRun({
      connection,
      dataDir,
      measureIds: plan.measureIds,
      keepOthers: plan.kept.length > 0,
      everybody: request.everybody,
      periodStart,
      periodEnd,
      runId,
      dataAsOf: snapshot.dataAsOf,
      onProgress: report,
      signal,
    }),
  );
  const findings = await readFindings(connection, outcome, snapshot, plan.kept, record ?? undefined);
  await runs.noteFindings(runId, findings);
  if (plan.unpublished) {
    const why = [plan.unpublished, findings.error].filter(Boolean).join('\n');
    await runs.succeedUnpublished(runId, why);
    return { outcome, state: 'unpublished', why };
  }
  const before = published && { ...published, ...record?.dataSnapshot };
  const suspicions = suspicionsOf(snapshot, before, desk.limits ?? defaultPublishLimits, clock.now());
  const built = await stage('publish', async (report) => {
    const models = readModels(join(projectRoot(), 'sql')).length;
    let done = 0;
    const onModel = (): void => report(++done / models);
    const marts = await buildMarts(connection, { dataDir, publishedAt: clock.now(), onModel });
    if (suspicions.length === 0) await publishMarts(connection, dataDir, marts);
    return marts;
  });
  if (suspicions.length > 0) {
    await runs.hold(runId, { suspicions, ...built });
    return { outcome, state: 'suspicious', suspicions };
  }
  await runs.succeed(runId, built.contentHash);
  return { outcome, state: 'published' };
}

/** The run whose results the warehouse holds; undefined when it holds none. */
async function runOfResults(connection: Connection): Promise<string | undefined> {
  const table = await connection.first(
    `select 1 from information_schema.tables
     where table_catalog = current_database() and table_schema = 'results' and table_name = 'run'`,
  );
  const run =
    table && (await connection.first<{ runId: string }>('select run_id as "runId" from results.run'));
  return run?.runId;
}
