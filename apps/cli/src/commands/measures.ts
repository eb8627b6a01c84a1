import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  importPackages,
  importStarter,
  listMeasures,
  type ImportStep,
  type ListedMeasure,
  type PackageImport,
} from '@catchment/measures';
import { readSettings } from '@catchment/platform';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { columns, progressLine } from '../columns';
import { describeValueSets } from './valuesets';

interface ImportOptions {
  models: string[];
  retranslate?: true;
  acceptTruncated?: true;
  manifest?: string;
  json?: true;
}

/** `catchment measures`: official or own measure packages. */
export function register(program: Command): void {
  const measures = program.command('measures').description('Import and list measure packages');
  measures
    .command('import')
    .description('Import measures with their libraries and value sets')
    .argument('<path...>', 'MADiE export (zip or folder), FHIR Bundle (JSON), or content repository')
    .option(
      '--models <folder>',
      'folder with model infos (repeatable), besides models/ of DATA_DIR',
      collect,
      [],
    )
    .option('--retranslate', 'translate the CQL even where the package has ELM')
    .option('--accept-truncated', 'take value set expansions that are cut off and cannot be completed')
    .option('--manifest <id>', 'the manifest whose value set versions hold, when there are several')
    .option('--json', 'print the report as JSON')
    .action(runImport);
  measures
    .command('list')
    .description('List the measures that can be evaluated, every version')
    .option('--json', 'print the list as JSON')
    .action(async ({ json }: { json?: true }) => {
      const list = await listWithStarter(readSettings().dataDir);
      process.stdout.write(json ? `${JSON.stringify(list)}\n` : listTable(list));
    });
}

/** A new data folder gets the starter measures first. */
async function listWithStarter(dataDir: string): Promise<ListedMeasure[]> {
  const list = listMeasures(dataDir);
  if (list.some(({ origin }) => origin === 'starter')) return list;
  const database = await openWarehouse(dataDir);
  try {
    await importStarter(database.main, dataDir);
  } finally {
    database.close();
  }
  return listMeasures(dataDir);
}

async function runImport(paths: string[], options: ImportOptions): Promise<void> {
  const { dataDir } = readSettings();
  const line = progressLine();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  let database: Database | undefined;
  try {
    const report = await importPackages({
      dataDir,
      paths: paths.map((path) => resolve(path)),
      modelPaths: options.models.map((path) => resolve(path)),
      connect: async () => (database = await openWarehouse(dataDir)).main,
      retranslate: options.retranslate,
      acceptTruncated: options.acceptTruncated,
      manifest: options.manifest,
      onProgress: (step) => line.show(describeStep(step)),
      signal: interruption.signal,
    });
    line.clear();
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeImport(report));
    if (report.failed.length > 0) process.exitCode = 1;
  } catch (error) {
    line.clear();
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('interrupted: nothing was imported\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
    database?.close();
  }
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function describeStep(step: ImportStep): string {
  switch (step.step) {
    case 'read':
      return `reading: ${step.files} files`;
    case 'translate':
      return `translating CQL: ${step.done} of ${step.of} libraries`;
    case 'store':
      return `storing ${step.measures} measures`;
  }
}

function describeImport(report: PackageImport): string {
  const rows = report.imported.map(({ measureId, version, libraries, translated, title }) => [
    measureId,
    version,
    libraries,
    translated,
    title,
  ]);
  const lines = [
    columns([['measure', 'version', 'libraries', 'translated', 'title'], ...rows]),
    `${report.imported.length} measures imported\n`,
    ...(report.valueSets ? [describeValueSets(report.valueSets)] : []),
    ...report.notes.map((note) => `note: ${note}\n`),
    ...describeMissing(report.missingValueSets),
    ...report.failed.map(({ measure, reason }) => `not imported: ${measure}: ${reason}\n`),
  ];
  return lines.join('');
}

/** The report in JSON has all of them. */
const shownMissing = 10;

function describeMissing(canonicals: readonly string[]): string[] {
  if (canonicals.length === 0) return [];
  const more = canonicals.length - shownMissing;
  return [
    `${canonicals.length} value sets are not there yet (catchment valuesets import):\n`,
    ...canonicals.slice(0, shownMissing).map((canonical) => `  ${canonical}\n`),
    ...(more > 0 ? [`  and ${more} more\n`] : []),
  ];
}

function listTable(list: ReturnType<typeof listMeasures>): string {
  if (list.length === 0) return 'no measures yet: catchment measures import PATH\n';
  const rows = list.map(({ measureId, version, current, origin, title }) => [
    measureId,
    version,
    current ? 'current' : '',
    origin,
    title,
  ]);
  return columns([['measure', 'version', '', 'origin', 'title'], ...rows]);
}
