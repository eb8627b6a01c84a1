import type { Command } from 'commander';
import { rebuildWarehouse, type RebuildReport } from '@catchment/ingest';
import { readSettings } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';

interface RebuildOptions {
  fresh?: true;
  accept?: true;
  json?: true;
}

/** `catchment rebuild`: the warehouse anew, out of landing zone and ledger. */
export function register(program: Command): void {
  program
    .command('rebuild')
    .description(
      'Build the warehouse anew from the landing zone; the old one stays until the new one is whole',
    )
    .option('--fresh', 'do not read the old warehouse: its value sets and its trend are lost')
    .option('--accept', 'take the new warehouse also when it holds other resources than the old one')
    .option('--json', 'print the report as JSON')
    .action(rebuild);
}

async function rebuild({ fresh, accept, json }: RebuildOptions): Promise<void> {
  const { dataDir } = readSettings();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const report = await rebuildWarehouse({
      dataDir,
      fresh,
      acceptDifference: accept,
      demand: loadDemand(dataDir),
      signal: interruption.signal,
      onProgress: process.stderr.isTTY
        ? ({ step, done, total }) => process.stderr.write(`\r\x1b[K${step}: ${done} of ${total}`)
        : undefined,
    });
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : describe(report));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('\ninterrupted: the old warehouse stays\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function describe({ loads, content, before }: RebuildReport): string {
  const same =
    before &&
    (Object.keys(content) as (keyof typeof content)[]).map(
      (part) => [part, before[part] === content[part]] as const,
    );
  return [
    `rebuilt from ${loads} loads`,
    ...(same ?? []).map(([part, equal]) => `${part.padEnd(12)}${equal ? 'as before' : 'other than before'}`),
    ...Object.entries(content).map(([part, hash]) => `${part.padEnd(12)}${hash}`),
    'evaluate again to have results; what is published stays until then',
    '',
  ].join('\n');
}
