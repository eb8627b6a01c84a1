import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  evaluateAndPublish,
  evaluateRun,
  EvaluationRunsService,
  importStarter,
  publishHeldRun,
  readDataSnapshot,
  readMeasurementPeriod,
  suspicionText,
  type EvaluatedMeasure,
  type GroupSummary,
  type MeasurementPeriod,
  type RunDesk,
  type RunEnd,
  type RunOutcome,
} from '@catchment/measures';
import {
  Diagnostic,
  newRunId,
  readSettings,
  systemClock,
  writeFileAtomic,
  type Settings,
} from '@catchment/platform';
import { preparePopulation } from '@catchment/population';
import { writeMappings } from '@catchment/quality';
import { EvaluationRunRecord, openStore } from '@catchment/store';
import { warehouseOf } from '../use-warehouse';

interface EvaluateOptions {
  measure?: string[];
  period: string;
  json?: string;
  publish?: true;
  reason?: string;
  evenIfSuspicious?: true;
  everybody?: true;
}

/** Who starts a run from a terminal; a terminal knows nobody's email. */
const startedBy = 'command line';

/** `catchment evaluate`: imported measures over all patients of the warehouse. */
export function register(program: Command): void {
  program
    .command('evaluate')
    .description('Evaluate measures over all patients of the warehouse')
    .option('--measure <id...>', 'ids of imported measures (default: all)')
    .requiredOption('--period <start/end>', 'measurement period, as 2026-01-01/2026-12-31')
    .option('--json <file>', 'write the counts of every measure and group as JSON; - for standard output')
    .option('--publish', 'publish the results: they stand in the list of runs and replace today’s numbers')
    .option('--reason <text>', 'why, for the list of runs')
    .option('--even-if-suspicious', 'publish also when data are missing against the published run')
    .option(
      '--everybody',
      'compute everybody’s results anew, also of patients without news; they are the same',
    )
    .action(run);
}

async function run(options: EvaluateOptions): Promise<void> {
  const period = readMeasurementPeriod(options.period);
  if (!options.publish && (options.reason ?? options.evenIfSuspicious) !== undefined) {
    throw new Diagnostic('--reason and --even-if-suspicious belong to --publish');
  }
  const settings = readSettings();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const outcome = options.publish
      ? await published(settings, options, period, interruption.signal)
      : await evaluated(settings, options, period, interruption.signal);
    const json = `${JSON.stringify(outcomeJson(outcome), null, 2)}\n`;
    if (options.json === '-') process.stdout.write(json);
    else process.stdout.write(outcomeText(outcome));
    if (options.json !== undefined && options.json !== '-') writeFileAtomic(resolve(options.json), json);
    if (outcome.measures.some(({ state }) => state === 'failed')) process.exitCode = 1;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('interrupted: nothing is published\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

/** Evaluates, and leaves the published numbers alone. */
async function evaluated(
  { dataDir }: Settings,
  { measure, everybody }: EvaluateOptions,
  period: MeasurementPeriod,
  signal: AbortSignal,
): Promise<RunOutcome> {
  return warehouseOf(dataDir)(async (connection) => {
    // Of a new data folder; does nothing when they are there.
    await importStarter(connection, dataDir);
    return evaluateRun({
      connection,
      dataDir,
      measureIds: measure ?? 'all',
      periodStart: period.start,
      periodEnd: period.end,
      runId: newRunId(systemClock),
      dataAsOf: (await readDataSnapshot(connection))?.dataAsOf ?? systemClock.now().toISOString(),
      everybody,
      onProgress: process.stderr.isTTY ? drawProgress : undefined,
      signal,
    });
  }, signal);
}

/** Evaluates, publishes and keeps the record, as the service does. */
async function published(
  settings: Settings,
  options: EvaluateOptions,
  period: MeasurementPeriod,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { dataDir, publishLimits: limits } = settings;
  const useWarehouse = warehouseOf(dataDir);
  await useWarehouse((connection) => importStarter(connection, dataDir), signal);
  const store = await openStore(settings);
  try {
    const runs = new EvaluationRunsService(store.dataSource.getRepository(EvaluationRunRecord), systemClock);
    const prepare: RunDesk['prepare'] = async (connection) => {
      await preparePopulation(connection, dataDir, store.dataSource);
      await writeMappings(connection, store.dataSource);
    };
    const desk: RunDesk = { dataDir, runs, clock: systemClock, limits, useWarehouse, prepare };
    const runId = newRunId(systemClock);
    const reason = options.reason ?? 'catchment evaluate --publish';
    const end = await evaluateAndPublish(desk, {
      runId,
      measureIds: options.measure ?? 'all',
      periodStart: period.start,
      periodEnd: period.end,
      startedBy,
      reason,
      everybody: options.everybody,
      stage: (name, work) =>
        work(name === 'evaluate' && process.stderr.isTTY ? drawProgress : () => undefined),
      signal,
    });
    if (end.state === 'suspicious' && options.evenIfSuspicious) {
      await runs.decide(runId, { action: 'publish', by: startedBy, reason });
      await publishHeldRun(desk, runId);
    } else reportEnd(end);
    return end.outcome;
  } finally {
    await store.close();
  }
}

/** Says why the published numbers are still those of before; exit code 1 where somebody has to do something. */
function reportEnd(end: RunEnd): void {
  if (end.state === 'unpublished') process.stderr.write(`${end.why}\n`);
  if (end.state !== 'suspicious') return;
  const figures = end.suspicions.map((suspicion) => `  ${suspicionText(suspicion)}\n`).join('');
  process.stderr.write(
    `not published, the data look suspicious:\n${figures}` +
      'publish or dismiss the run in the web app (Runs), or repeat with --even-if-suspicious\n',
  );
  process.exitCode = 1;
}

/** Counts by population code; stable names for scripts. */
function outcomeJson({ runId, period, patients, measures }: RunOutcome): object {
  return {
    runId,
    period,
    patients,
    measures: measures.map((measure) =>
      measure.state === 'failed'
        ? measure
        : {
            state: measure.state,
            measureId: measure.measureId,
            version: measure.version,
            title: measure.title,
            groups: measure.groups,
            notEvaluated: measure.notEvaluated,
            limitations: measure.limitations,
          },
    ),
  };
}

function outcomeText({ period, patients, measures }: RunOutcome): string {
  const lines = [`${patients} patients, ${period.start} to ${period.end}`];
  for (const measure of measures) {
    if (measure.state === 'failed') lines.push('', `${measure.measureId}: failed: ${measure.reason}`);
    else lines.push('', ...measureLines(measure));
  }
  return `${lines.join('\n')}\n`;
}

function measureLines({
  measureId,
  version,
  title,
  groups,
  limitations,
  seconds,
}: EvaluatedMeasure): string[] {
  return [
    `${measureId} ${version}: ${title} (${seconds.toFixed(1)} s)`,
    ...groups.flatMap((group) => [
      `  ${group.groupId}: ${scoreText(group)}`,
      ...Object.entries(group.populations).map(
        ([code, count]) => `    ${code.padEnd(30)}${String(count).padStart(10)}`,
      ),
      ...group.observations.map(
        ({ id, aggregateMethod, value }) =>
          `    ${`${id} (${aggregateMethod})`.padEnd(30)}${String(value ?? '-').padStart(10)}`,
      ),
    ]),
    ...limitations.map((limitation) => `  note: ${limitation}`),
  ];
}

function scoreText({ scoring, score }: GroupSummary): string {
  if (scoring === 'cohort') return scoring;
  if (score === null) return `${scoring}, nothing to divide by`;
  return scoring === 'proportion'
    ? `performance rate ${(100 * score).toFixed(1)} %`
    : `${scoring} ${score.toFixed(4)}`;
}

function drawProgress(fraction: number, detail = ''): void {
  const end = fraction === 1 ? '\n' : '';
  process.stderr.write(`\r\x1b[K${Math.round(fraction * 100)} % ${detail}${end}`);
}
