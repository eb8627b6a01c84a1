import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Defect } from '@catchment/platform';
import { print, runOnce } from './measure';
import { refreshSteps, type Refreshed } from './refreshed';
import { writeDelta } from './write-delta';

/**
 * I5: what it costs until results stand again after news of 1 % of the patients, against loading everything and getting
 * to the same results. Each is a process of its own, in turns; the cheapest of the rounds counts. The results after the delta
 * are compared with those of a full load of the final data before a time counts.
 */
export async function benchmarkRefresh(folder: string, work: string, rounds = 2): Promise<void> {
  const [delta, whole] = [join(work, 'delta'), join(work, 'final')];
  const news = await writeDelta(folder, delta, whole);
  const before = refresh(join(work, 'before'), folder);
  const fulls: Refreshed[] = [];
  const refreshes: Refreshed[] = [];
  for (let round = 0; round < rounds; round++) {
    const [full, updated] = [join(work, 'full'), join(work, 'updated')];
    for (const each of [full, updated]) rmSync(each, { recursive: true, force: true });
    cpSync(join(work, 'before'), updated, { recursive: true });
    refreshes.push(refresh(updated, delta));
    fulls.push(refresh(full, whole));
    compare(before, refreshes.at(-1)!, fulls.at(-1)!);
  }
  const [small, large] = [cheaper(refreshes), cheaper(fulls)];
  print('', 'CPU-s: 1 % delta, full load');
  for (const step of refreshSteps)
    print(
      `  ${step}`,
      `${small.seconds[step].toFixed(2).padStart(8)}${large.seconds[step].toFixed(2).padStart(9)}`,
    );
  const results = (each: Refreshed): number => total(each) - each.seconds.marts;
  const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;
  print(`I5  ${news} resources to results / load (must ≤ 10 %)`, percent(results(small), large.seconds.load));
  print('    … / load to results', percent(results(small), results(large)));
  print('    load of them / load', percent(small.seconds.load, large.seconds.load));
}

function refresh(dataDir: string, folder: string): Refreshed {
  return JSON.parse(runOnce('refresh-once.ts', dataDir, folder)) as Refreshed;
}

/** @throws Defect when a delta leads elsewhere than a full load, or when it has changed nothing */
function compare(before: Refreshed, updated: Refreshed, full: Refreshed): void {
  if (updated.content !== full.content) throw new Defect('the warehouse holds other resources after a delta');
  if (updated.results !== full.results)
    throw new Defect('other results after a delta than after a full load');
  if (updated.results === before.results) throw new Defect('the delta changed no result');
}

function total({ seconds }: Refreshed): number {
  return Object.values(seconds).reduce((sum, each) => sum + each, 0);
}

function cheaper(values: readonly Refreshed[]): Refreshed {
  return values.reduce((left, right) => (total(left) <= total(right) ? left : right));
}
