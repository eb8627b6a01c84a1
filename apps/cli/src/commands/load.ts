import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  defaultSource,
  loadPaths,
  type LoadProgress,
  type LoadReport,
  type LoadRequest,
} from '@catchment/ingest';
import { Diagnostic, readSettings } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';
import { openWarehouse, readWarehouseContent, type WarehouseContent } from '@catchment/warehouse';

interface LoadOptions {
  source: string;
  deletions?: string[];
  panel?: string;
  endPanel?: string;
  json?: true;
}

/** `catchment load`: FHIR R4 files into the warehouse of DATA_DIR. */
export function register(program: Command): void {
  program
    .command('load')
    .description('Load FHIR R4 files: NDJSON, Bundles, single resources, also gzipped; folders to any depth')
    .argument('[path...]', 'files or folders')
    .option('--source <name>', 'the system that the data come from; ids are unique within it', defaultSource)
    .option(
      '--deletions <path...>',
      'files of what the source deleted: NDJSON of Bundles with entries DELETE Type/id',
    )
    .option('--panel <name>', 'the files are a whole export of this panel: the patients of others leave it')
    .option('--end-panel <name>', 'the source has this panel no more')
    .option('--json', 'print the counts as JSON')
    .action(async (paths: string[], options: LoadOptions, command: Command) => {
      if (paths.length === 0 && !options.deletions && options.endPanel === undefined)
        command.error('error: no path, no --deletions and no --end-panel: there is nothing to load');
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
          deletions: options.deletions?.map((path) => resolve(path)),
          panel: panelOf(options),
          demand: loadDemand(dataDir),
          onProgress: process.stderr.isTTY ? drawBar : undefined,
          signal: interruption.signal,
        });
        const text = options.json
          ? `${JSON.stringify(summary(report, await readWarehouseContent(database.main)))}\n`
          : describe(report);
        process.stdout.write(text);
      } catch (error) {
        if (!interruption.signal.aborted) throw error;
        process.stderr.write(
          '\ninterrupted: load the same again; what had begun to be stored is completed first\n',
        );
        process.exitCode = 130;
      } finally {
        process.removeListener('SIGINT', interrupt);
        database.close();
      }
    });
}

function panelOf({ panel, endPanel }: LoadOptions): LoadRequest['panel'] {
  if (panel !== undefined && endPanel !== undefined)
    throw new Diagnostic('--panel and --end-panel exclude each other');
  if (endPanel !== undefined) return { name: endPanel, ended: true };
  return panel === undefined ? undefined : { name: panel, patients: 'of these files' };
}

/** For scripts: the counts first, then what explains them, then hashes of what the warehouse holds now. */
function summary(report: LoadReport, content: WarehouseContent): object {
  const { loaded, unchanged, outdated, quarantined, ...rest } = report;
  const { deleted, absent, orphaned, restored, leavers, reasons, files, ignored } = rest;
  const lines = { loaded, unchanged, quarantined, outdated };
  const changes = { deleted, absent, orphaned, restored, leavers };
  return { ...lines, ...changes, reasons, files: files.length, ignored, content };
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
    ...(['outdated', 'deleted', 'absent', 'orphaned', 'restored', 'leavers'] as const)
      .filter((name) => report[name] > 0)
      .map((name) => line(name, report[name])),
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
