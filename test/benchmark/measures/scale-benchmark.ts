import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Diagnostic, projectRoot } from '@catchment/platform';
import type { EvaluationCost } from './evaluate-once';
import { handMeasures } from './hand-measure';
import { print } from './print';

/** The sets of measures that are timed as one evaluation run. */
const sets: Record<string, string[]> = {
  'CMS122, 125, 130, 165': [...Object.keys(handMeasures), 'CMS125FHIRBreastCancerScreening'],
  'starter set': [
    ...['CAT-BP', 'CAT-BREAST', 'CAT-CERVICAL', 'CAT-CHILD-IMM', 'CAT-COLORECTAL', 'CAT-DEPRESSION'],
    ...['CAT-GLYCEMIC', 'CAT-KIDNEY', 'CAT-STATIN', 'CAT-TOBACCO'],
  ],
};

/** An evaluation run in a process of its own. */
function evaluateOnce(dataDir: string, memoryLimit: string, measureIds: readonly string[]): EvaluationCost {
  const root = projectRoot();
  const printed = execFileSync(
    process.execPath,
    [
      ...['--max-old-space-size=4000', '-r', join(root, 'libs/platform/testing/register-typescript.cjs')],
      ...[join(__dirname, 'evaluate-once.ts'), dataDir, memoryLimit, ...measureIds],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return JSON.parse(printed) as EvaluationCost;
}

/** S1: what ten times the patients cost, each run in a process of its own, interleaved, the best of two. */
export function benchmarkScale(small: string, large: string): Promise<void> {
  for (const [name, measureIds] of Object.entries(sets)) {
    const runs = [1, 2].map(() => ({
      few: evaluateOnce(small, '4GB', measureIds),
      many: evaluateOnce(large, '4GB', measureIds),
    }));
    const few = Math.min(...runs.map((run) => run.few.evaluate));
    const many = Math.min(...runs.map((run) => run.many.evaluate));
    const { few: one, many: other } = runs[0]!;
    refuseFailures(one);
    refuseFailures(other);
    print(
      `S1  ${name}: ${thousands(one.patients)} → ${thousands(other.patients)} patients (must ≤ 11.5 per ten times)`,
      `${(many / few).toFixed(2)} × the CPU, ${few.toFixed(1)} → ${many.toFixed(1)} CPU-s`,
    );
  }
  return Promise.resolve();
}

/** S2: the same in 4 GB and in 1 GB. */
export function benchmarkMemory(dataDir: string, ...limits: string[]): Promise<void> {
  for (const limit of limits.length > 0 ? limits : ['4GB', '1GB']) {
    for (const [name, measureIds] of Object.entries(sets)) {
      const cost = evaluateOnce(dataDir, limit, measureIds);
      refuseFailures(cost);
      print(
        `S2  ${name}: ${thousands(cost.patients)} patients, memory_limit ${limit}`,
        `${cost.evaluate.toFixed(1)} CPU-s, ${(cost.rss / 1e9).toFixed(2)} GB RSS`,
      );
    }
  }
  return Promise.resolve();
}

/** All measures of the store in one run: the total, the slowest five, and what compiling cost. */
export function benchmarkAll(dataDir: string): Promise<void> {
  const cost = evaluateOnce(dataDir, '4GB', []);
  const failed = cost.measures.filter(({ failure }) => failure !== undefined);
  const slowest = [...cost.measures].sort((left, right) => right.seconds - left.seconds).slice(0, 5);
  print(
    `${cost.measures.length} measures, ${thousands(cost.patients)} patients`,
    `${cost.evaluate.toFixed(1)} CPU-s`,
  );
  print('compile', `${cost.compile.toFixed(1)} CPU-s`);
  print('checks of the data', `${cost.quality.toFixed(1)} CPU-s`);
  print('memory', `${(cost.rss / 1e9).toFixed(2)} GB RSS`);
  for (const { measureId, seconds } of slowest) print(`  ${measureId}`, `${seconds.toFixed(1)} CPU-s`);
  for (const { measureId, failure } of failed) print(`  failed: ${measureId}`, failure!);
  return Promise.resolve();
}

function refuseFailures(cost: EvaluationCost): void {
  const failed = cost.measures.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) {
    throw new Diagnostic(failed.map(({ measureId, failure }) => `${measureId}: ${failure}`).join('\n'));
  }
}

function thousands(value: number): string {
  return value.toLocaleString('en');
}
