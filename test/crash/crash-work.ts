/**
 * The work that a crash trial interrupts: `crash-work.ts DATA_DIR LOADS.json`. Begun again after whatever end, it goes
 * on as a person or a queue would: what is recorded as done is not asked for again. Says the number of each step that
 * it begins.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPaths, readLedger, rebuildWarehouse } from '@catchment/ingest';
import { evaluateRun } from '@catchment/measures';
import { modelDemand } from '@catchment/population';
import { openWarehouse, publish, readPointer, type Connection } from '@catchment/warehouse';
import type { CrashLoad } from './crash-data';

const [dataDir, loadsFile] = process.argv.slice(2) as [string, string];
const loads = JSON.parse(readFileSync(loadsFile, 'utf8')) as CrashLoad[];

async function inWarehouse(work: (connection: Connection) => Promise<unknown>): Promise<void> {
  const database = await openWarehouse(dataDir);
  try {
    await work(database.main);
  } finally {
    database.close();
  }
}

function load(number: number): Promise<void> {
  return inWarehouse((connection) =>
    loadPaths({ connection, dataDir, ...loads[number - 1]!, source: 'crash', demand: modelDemand }),
  );
}

function evaluateAndPublish(runId: string): Promise<void> {
  return inWarehouse(async (connection) => {
    const outcome = await evaluateRun({
      connection,
      dataDir,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId,
      dataAsOf: '2026-11-01T00:00:00.000Z',
    });
    const failed = outcome.measures.filter(({ state }) => state === 'failed');
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
    await publish(connection, { dataDir, publishedAt: new Date(0) });
  });
}

const rebuilt = join(dataDir, 'rebuilt');

/** Every step, and how it is known that it is done. */
const steps: [() => boolean, () => Promise<unknown>][] = [
  [() => readLedger(dataDir).length >= 1, () => load(1)],
  [() => publishedRun() !== undefined, () => evaluateAndPublish('run-1')],
  [() => readLedger(dataDir).length >= 2, () => load(2)],
  [
    () => existsSync(rebuilt),
    async () => {
      await rebuildWarehouse({ dataDir, demand: modelDemand });
      writeFileSync(rebuilt, '');
    },
  ],
  [() => publishedRun() !== 'run-1', () => evaluateAndPublish('run-2')],
  [() => readLedger(dataDir).length >= 3, () => load(3)],
  [() => publishedRun() === 'run-3', () => evaluateAndPublish('run-3')],
];

function publishedRun(): string | undefined {
  return readPointer(dataDir)?.runId;
}

async function main(): Promise<void> {
  for (const [number, [isDone, work]] of steps.entries()) {
    if (isDone()) continue;
    process.stdout.write(`${number}\n`);
    await work();
  }
}

void main();
