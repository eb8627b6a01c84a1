import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { generatePopulation } from '@catchment/synthetic';

interface GenerateOptions {
  patients: number;
  seed: string;
  out: string;
  periodEnd: string;
  asOf: string;
  split?: number;
  overwrite?: true;
  json?: true;
}

/** `catchment generate`: a synthetic population as FHIR R4 NDJSON, one file per resource type. */
export function register(program: Command): void {
  program
    .command('generate')
    .description('Generate a synthetic population as FHIR R4 NDJSON, one file per resource type')
    .requiredOption('--patients <number>', 'number of patients', wholeNumber)
    .option('--seed <seed>', 'same seed, same bytes', '1')
    .requiredOption('--out <folder>', 'folder for the files; must hold no NDJSON files yet')
    .option('--period-end <date>', 'last day of the measurement period', '2026-12-31')
    .option('--as-of <date>', 'the day the data are of', '2026-11-01')
    .option('--split <megabytes>', 'split each type into files of about this size', wholeNumber)
    .option('--overwrite', 'replace NDJSON files that the folder has')
    .option('--json', 'print counts as JSON')
    .action(async (options: GenerateOptions) => {
      const interruption = new AbortController();
      const interrupt = (): void => interruption.abort();
      process.once('SIGINT', interrupt);
      try {
        const summary = await generatePopulation({
          patients: options.patients,
          seed: options.seed,
          outDir: resolve(options.out),
          periodEnd: options.periodEnd,
          asOf: options.asOf,
          maxFileBytes: options.split === undefined ? undefined : options.split * 1_000_000,
          overwrite: options.overwrite,
          onProgress: process.stderr.isTTY ? drawBar : undefined,
          signal: interruption.signal,
        });
        if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
        else process.stdout.write(describe(summary.resources, summary.bytes));
      } catch (error) {
        if (!interruption.signal.aborted) throw error;
        process.stderr.write('\ninterrupted: nothing was written\n');
        process.exitCode = 130;
      } finally {
        process.removeListener('SIGINT', interrupt);
      }
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0');
  return Number(text);
}

function drawBar(done: number, patients: number): void {
  const filled = Math.round((done / patients) * 30);
  const end = done === patients ? '\n' : '';
  process.stderr.write(`\r[${'#'.repeat(filled).padEnd(30, '.')}] ${done}/${patients} patients${end}`);
}

function describe(resources: Record<string, number>, bytes: number): string {
  const rows = Object.entries(resources).map(
    ([type, count]) => `${type.padEnd(28)}${String(count).padStart(12)}\n`,
  );
  const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
  return `${rows.join('')}${'total'.padEnd(28)}${String(total).padStart(12)}\n${(bytes / 1e6).toFixed(1)} MB\n`;
}
