import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readSettings } from '@catchment/platform';
import {
  importValueSets,
  listValueSets,
  type ListedValueSet,
  type ValueSetImport,
} from '@catchment/terminology';
import { openWarehouse, type Connection } from '@catchment/warehouse';
import { columns, progressLine } from '../columns';

interface ImportOptions {
  acceptTruncated?: true;
  manifest?: string;
  json?: true;
}

/** `catchment valuesets`: the codes that measures mean by their value sets. */
export function register(program: Command): void {
  const valuesets = program.command('valuesets').description('Import and list value sets');
  valuesets
    .command('import')
    .description('Import expansions, and manifests that pin their versions')
    .argument('<path...>', 'FHIR ValueSet or Bundle (JSON), zip, or a folder of them')
    .option('--accept-truncated', 'take expansions that are cut off and cannot be completed')
    .option('--manifest <id>', 'the manifest whose versions hold, when there are several')
    .option('--json', 'print the report as JSON')
    .action(async (paths: string[], options: ImportOptions) => {
      const line = progressLine();
      const report = await inWarehouse((connection) =>
        importValueSets(
          connection,
          paths.map((path) => resolve(path)),
          { ...options, onProgress: (files) => line.show(`reading: ${files} files`) },
        ),
      ).finally(() => line.clear());
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeValueSets(report));
      if (report.refused.length > 0) process.exitCode = 1;
    });
  valuesets
    .command('list')
    .description('List the value sets, every version')
    .option('--json', 'print the list as JSON')
    .action(async ({ json }: { json?: true }) => {
      const list = await inWarehouse(listValueSets);
      process.stdout.write(json ? `${JSON.stringify(list)}\n` : listTable(list));
    });
}

/** The report of a value set import as text. */
export function describeValueSets(report: ValueSetImport): string {
  const lines = [
    `${report.imported} value sets with ${report.codes} codes imported`,
    ...(report.completed.length > 0 ? [`${report.completed.length} completed from compose`] : []),
    ...(report.manifest === undefined ? [] : [`versions pinned by manifest ${report.manifest}`]),
    ...report.notes.map((note) => `note: ${note}`),
    ...report.truncated.map((canonical) => `incomplete, as accepted: ${canonical}`),
    ...report.refused.map(({ title, canonical, version, reason }) => {
      const name = title === undefined ? '' : `"${title}" `;
      return `refused: ${name}${canonical}${version === undefined ? '' : `|${version}`}: ${reason}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

async function inWarehouse<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const database = await openWarehouse(readSettings().dataDir);
  try {
    return await work(database.main);
  } finally {
    database.close();
  }
}

function listTable(list: readonly ListedValueSet[]): string {
  if (list.length === 0) return 'no value sets yet: catchment valuesets import PATH\n';
  const rows = list.map(({ title, canonical, version, codes, current, origin, manifest }) => [
    codes,
    current ? 'current' : '',
    origin,
    version ?? '',
    manifest ?? '',
    canonical,
    title ?? '',
  ]);
  return columns([['codes', '', 'origin', 'version', 'pinned by', 'canonical', 'title'], ...rows]);
}
