import { rmSync } from 'node:fs';
import type { Command } from 'commander';
import { defaultSource } from '@catchment/ingest';
import { readSettings, systemClock } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';
import {
  checkExtract,
  loadExtract,
  setAsideText,
  stagingFolder,
  type ExtractCheck,
  type TableReport,
} from '@catchment/sources';
import { filesOf, mappingOf } from '../mapping-files';
import { progressLines } from '../progress-lines';
import { warehouseOf } from '../use-warehouse';

interface CsvOptions {
  mapping: string;
  source: string;
  sample?: true;
  json?: true;
}

/** `catchment csv`: extracts of systems without an API, as a mapping file says what they mean. */
export function register(program: Command): void {
  const csv = program.command('csv').description('CSV extracts: try a mapping file, and load with it');
  const command = (name: string, description: string): Command =>
    csv
      .command(`${name} <path...>`)
      .description(description)
      .requiredOption('--mapping <file>', 'what the files mean: YAML or JSON')
      .option(
        '--source <name>',
        'the system that the data come from; ids are unique within it',
        defaultSource,
      )
      .option('--json', 'print the report as JSON');
  command('check', 'Read everything and say what a load would do; nothing is loaded')
    .option('--sample', 'show a resource of each table, without what identifies')
    .action(check);
  command('load', 'Load an extract: all of it, or nothing').action(load);
}

async function check(paths: string[], options: CsvOptions): Promise<void> {
  const mapping = mappingOf(options.mapping);
  const files = filesOf(paths, mapping, options.mapping);
  const { dataDir } = readSettings();
  const folder = stagingFolder(dataDir, 'check', systemClock.now());
  const found = await checkExtract({ source: options.source, mapping, files, folder });
  process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : describe(found, options.sample));
  if (found.setAsideRows > 0 || found.unknown.length > 0) process.exitCode = 1;
}

async function load(paths: string[], options: CsvOptions): Promise<void> {
  const mapping = mappingOf(options.mapping);
  const files = filesOf(paths, mapping, options.mapping);
  const { dataDir } = readSettings();
  const folder = stagingFolder(dataDir, 'csv', systemClock.now());
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const { extract, load } = await loadExtract(
      { source: options.source, mapping, files, folder },
      {
        dataDir,
        useWarehouse: warehouseOf(dataDir),
        demand: loadDemand(dataDir),
        signal: interruption.signal,
        onProgress: progressLines(),
      },
    );
    const { loaded = {}, unchanged = 0, quarantined = 0, deleted = 0, reasons = {} } = load ?? {};
    const { tables, setAside, setAsideRows } = extract;
    const unknown = extract.unknown.map(({ name }) => name);
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ loaded, unchanged, quarantined, deleted, reasons, tables: tables.map(withoutSample), setAside, setAsideRows, unknown })}\n`,
      );
    else {
      const lines = [
        ...Object.entries(loaded).map(([type, count]) => line(`loaded ${type}`, count)),
        line('unchanged', unchanged),
        line('deleted', deleted),
        line('rows set aside', setAsideRows),
        line('resources quarantined', quarantined),
        ...Object.entries(reasons).map(([reason, count]) => line(`  ${reason}`, count)),
        ...setAside.map((rows) => `  ${setAsideText(rows)}\n`),
        ...unknown.map((name) => `not read, no table of the mapping is of this name: ${name}\n`),
      ];
      process.stdout.write(lines.join(''));
    }
    if (setAsideRows > 0 || unknown.length > 0) process.exitCode = 1;
  } finally {
    process.removeListener('SIGINT', interrupt);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Masked only by a check: a load tells no content. */
function withoutSample(table: TableReport): Omit<TableReport, 'sample'> {
  return { ...table, sample: undefined } as Omit<TableReport, 'sample'>;
}

function describe({ tables, setAside, unknown }: ExtractCheck, withSample?: true): string {
  const lines = tables.flatMap((table) => [
    `${table.table.padEnd(24)} ${table.resourceType}\n`,
    line('  rows', table.rows),
    line('  resources', table.resources),
    ...(['leftOut', 'deleted', 'replaced', 'setAside'] as const)
      .filter((name) => table[name] > 0)
      .map((name) => line(`  ${words[name]}`, table[name])),
    ...setAside.filter((rows) => rows.table === table.table).map((rows) => `    ${setAsideText(rows)}\n`),
    ...(withSample && table.sample !== null ? [`${table.sample}\n`] : []),
  ]);
  const others = unknown.map(({ name }) => `not read, no table of the mapping is of this name: ${name}\n`);
  return [...lines, ...others].join('');
}

const words = {
  leftOut: 'left out (where)',
  deleted: 'deleted (deletedWhere)',
  replaced: 'replaced by later files',
  setAside: 'set aside',
};

function line(name: string, count: number): string {
  return `${name.padEnd(28)}${String(count).padStart(12)}\n`;
}
