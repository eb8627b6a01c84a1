/**
 * Measure benchmarks (docs/performance.md):
 * `node -r ./libs/platform/testing/register-typescript.cjs test/benchmark/measures/run.ts COMMAND ARGUMENTS`
 */
import { benchmarkCompile } from './compile-benchmark';
import { benchmarkHand } from './hand-benchmark';
import { benchmarkInterpreter } from './interpreter-benchmark';
import { replicate } from './replicate';
import { benchmarkAll, benchmarkMemory, benchmarkScale } from './scale-benchmark';

const commands: Record<string, { usage: string; run: (...paths: string[]) => Promise<void> }> = {
  replicate: { usage: 'replicate DATA_DIR INTO_DATA_DIR TIMES', run: replicate },
  interpreter: {
    usage: 'interpreter DATA_DIR NDJSON_DIR [TIMED_DATA_DIR]',
    run: benchmarkInterpreter,
  },
  hand: { usage: 'hand DATA_DIR', run: benchmarkHand },
  scale: { usage: 'scale SMALL_DATA_DIR LARGE_DATA_DIR', run: benchmarkScale },
  memory: { usage: 'memory DATA_DIR [LIMIT…]', run: benchmarkMemory },
  all: { usage: 'all DATA_DIR', run: benchmarkAll },
  compile: { usage: 'compile DATA_DIR', run: benchmarkCompile },
};

const [name = '', ...paths] = process.argv.slice(2);
const command = commands[name];
if (!command || paths.length === 0) {
  const usages = Object.values(commands).map(({ usage }) => `  run.ts ${usage}\n`);
  process.stderr.write(`usage:\n${usages.join('')}`);
  process.exitCode = 2;
} else {
  void command.run(...paths);
}
