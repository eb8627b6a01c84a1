import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultSource, loadPaths, type LoadProgress, type LoadReport } from '@catchment/ingest';
import { readSettings } from '@catchment/platform';
import { modelDemand } from '@catchment/population';
import { openWarehouse } from '@catchment/warehouse';

interface LoadOptions {
  source: string;
  json?: true;
}

/** `catchment load`: FHIR R4 files into the warehouse of DATA_DIR. */
export function register(program: Command): void {
  program
    .command('load')
    .description('Load FHIR R4 files: NDJSON, Bundles, single resources, also gzipped; folders to any depth')
    .argument('<path...>', 'files or folders')
    .option('--source <name>', 'the system that the data come from; ids are unique within it', defaultSource)
    .option('--json', 'print the counts as JSON')
    .action(async (paths: string[], options: LoadOptions) => {
      const { dataDir } = readSettings();
      const interruption = new AbortController();
      const interrupt = (): void => interruption.abort();
      process.once('SIGINT', interrupt);
      const database = await openWarehouse(dataDir);
      try {
        const report = await loadPaths({
          connection: database.main,
          dataDir,
          paths: paths.map((path) => resolve(path)),
          source: options.source,
          demand: modelDemand,
          onProgress: process.stderr.isTTY ? drawBar : undefined,
          signal: interruption.signal,
        });
        process.stdout.write(options.json ? `${JSON.stringify(summary(report))}\n` : describe(report));
      } catch (error) {
        if (!interruption.signal.aborted) throw error;
        process.stderr.write('\ninterrupted: load the same again to complete it\n');
        process.exitCode = 130;
      } finally {
        process.removeListener('SIGINT', interrupt);
        database.close();
      }
    });
}

/** For scripts: the three counts first, then what explains them. */
function summary(report: LoadReport): object {
  const { loaded, unchanged, quarantined, reasons, ignored, files } = report;
  return { loaded, unchanged, quarantined, reasons, files: files.length, ignored };
}

function drawBar({ step, done, total }: LoadProgress): void {
  const share = total === 0 ? 1 : done / total;
  const megabytes = `${(done / 1e6).toFixed(0)}/${(total / 1e6).toFixed(0)} MB`;
  const end = done === total ? '\n' : '';
  process.stderr.write(
    `\r${step.padEnd(8)}[${'#'.repeat(Math.round(share * 30)).padEnd(30, '.')}] ${megabytes}${end}`,
  );
}

const shownFirst = 5;

function describe(report: LoadReport): string {
  const rows = Object.entries(report.loaded).map(([type, count]) => line(type, count));
  const total = Object.values(report.loaded).reduce((sum, count) => sum + count, 0);
  const counts = [
    line('loaded', total),
    line('unchanged', report.unchanged),
    line('quarantined', report.quarantined),
  ];
  const reasons = Object.entries(report.reasons).flatMap(([reason, count]) => [
    line(`  ${reason}`, count),
    ...report.quarantine
      .filter((item) => item.reason === reason)
      .slice(0, shownFirst)
      .map(({ file, line: number, type, detail }) => {
        const what = [type, detail].filter(Boolean).join(': ');
        return `    ${file}:${number}${what ? `  ${what}` : ''}\n`;
      }),
  ]);
  const ignored = report.ignored.map((path) => `ignored, no FHIR: ${path}\n`);
  return [...rows, ...counts, ...reasons, ...ignored].join('');
}

function line(name: string, count: number): string {
  return `${name.padEnd(28)}${String(count).padStart(12)}\n`;
}
