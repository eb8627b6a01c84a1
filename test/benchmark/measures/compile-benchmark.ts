import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { listMeasures } from '@catchment/measures';
import { projectRoot } from '@catchment/platform';
import type { CompileCost } from './compile-once';
import { print } from './print';

const rounds = 3;
const asked = 50;

/**
 * Compile and bind of 50 imported measures, from packages in the store to bound SQL, each round in a process of its own,
 * which has compiled nothing before; the cheapest of three.
 */
export function benchmarkCompile(dataDir: string): Promise<void> {
  const measureIds = listMeasures(dataDir)
    .filter(({ origin, current }) => origin === 'imported' && current)
    .map(({ measureId }) => measureId)
    .slice(0, asked);
  const costs = Array.from({ length: rounds }, () => compileOnce(dataDir, measureIds));
  const best = costs.reduce((left, right) => (total(left) <= total(right) ? left : right));
  print(`compile and bind of ${measureIds.length} measures (must ≤ 5)`, `${total(best).toFixed(2)} CPU-s`);
  for (const step of ['plan', 'print', 'bind'] as const) print(`  ${step}`, `${best[step].toFixed(2)} CPU-s`);
  print('  of which on the main thread, wall', `${best.wall.toFixed(2)} s`);
  return Promise.resolve();
}

function compileOnce(dataDir: string, measureIds: readonly string[]): CompileCost {
  const root = projectRoot();
  const printed = execFileSync(
    process.execPath,
    [
      ...['--max-old-space-size=4000', '-r', join(root, 'libs/platform/testing/register-typescript.cjs')],
      ...[join(__dirname, 'compile-once.ts'), dataDir, ...measureIds],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return JSON.parse(printed) as CompileCost;
}

function total({ plan, print: printed, bind }: CompileCost): number {
  return plan + printed + bind;
}
