import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  evaluateRun,
  importStarter,
  readMeasurementPeriod,
  type EvaluatedMeasure,
  type GroupSummary,
  type RunOutcome,
} from '@catchment/measures';
import { newRunId, readSettings, systemClock, writeFileAtomic } from '@catchment/platform';
import { openWarehouse, publish } from '@catchment/warehouse';

interface EvaluateOptions {
  measure?: string[];
  period: string;
  json?: string;
  publish?: true;
}

/** `catchment evaluate`: imported measures over all patients of the warehouse. */
export function register(program: Command): void {
  program
    .command('evaluate')
    .description('Evaluate measures over all patients of the warehouse')
    .option('--measure <id...>', 'ids of imported measures (default: all)')
    .requiredOption('--period <start/end>', 'measurement period, as 2026-01-01/2026-12-31')
    .option('--json <file>', 'write the counts of every measure and group as JSON; - for standard output')
    .option('--publish', 'publish the results as marts')
    .action(run);
}

async function run(options: EvaluateOptions): Promise<void> {
  const period = readMeasurementPeriod(options.period);
  const { dataDir } = readSettings();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  const database = await openWarehouse(dataDir);
  try {
    // Of a new data folder; does nothing when they are there.
    await importStarter(database.main, dataDir);
    const outcome = await evaluateRun({
      connection: database.main,
      dataDir,
      measureIds: options.measure ?? 'all',
      periodStart: period.start,
      periodEnd: period.end,
      runId: newRunId(systemClock),
      dataAsOf: systemClock.now().toISOString(),
      onProgress: process.stderr.isTTY ? drawProgress : undefined,
      signal: interruption.signal,
    });
    const json = `${JSON.stringify(outcomeJson(outcome), null, 2)}\n`;
    if (options.json === '-') process.stdout.write(json);
    else process.stdout.write(outcomeText(outcome));
    if (options.json !== undefined && options.json !== '-') writeFileAtomic(resolve(options.json), json);
    const failed = outcome.measures.filter(({ state }) => state === 'failed');
    if (failed.length > 0) process.exitCode = 1;
    if (options.publish && failed.length < outcome.measures.length) {
      await publish(database.main, { dataDir, publishedAt: systemClock.now() });
    }
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('interrupted: nothing is published\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
    database.close();
  }
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

function drawProgress(fraction: number, detail: string): void {
  const end = fraction === 1 ? '\n' : '';
  process.stderr.write(`\r\x1b[K${Math.round(fraction * 100)} % ${detail}${end}`);
}
