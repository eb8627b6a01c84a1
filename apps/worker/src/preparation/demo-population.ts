import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePopulation } from '@catchment/synthetic';

/** What the demo is about. The same seed makes the same people everywhere. */
export const demo = {
  source: 'demo',
  patients: 2_000,
  seed: 'catchment-demo',
  periodStart: '2026-01-01',
  periodEnd: '2026-12-31',
  /** The day the data are of; nothing is recorded after it but what is planned. */
  asOf: '2026-11-01',
  /** Reasons of its two evaluation runs; a run with another reason is somebody's own. */
  firstRunReason: 'demo of the first start',
  trendRunReason: 'demo with the trend of the last twelve months',
} as const;

/** Written last: files of a generator that was killed half-way are made anew. */
const marker = '.complete';

/** The demo population as NDJSON files under DATA_DIR/demo; made unless it is there. Returns the folder. */
export async function ensureDemoPopulation(
  dataDir: string,
  onProgress: (done: number, patients: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const folder = demoFolder(dataDir);
  if (existsSync(join(folder, marker))) return folder;
  await generatePopulation({
    patients: demo.patients,
    seed: demo.seed,
    outDir: folder,
    periodEnd: demo.periodEnd,
    asOf: demo.asOf,
    overwrite: true,
    onProgress,
    signal,
  });
  writeFileSync(join(folder, marker), '');
  return folder;
}

/** The originals are in the landing zone by then. */
export function removeDemoPopulation(dataDir: string): void {
  rmSync(demoFolder(dataDir), { recursive: true, force: true });
}

function demoFolder(dataDir: string): string {
  return join(dataDir, 'demo');
}
