import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Diagnostic, readSettings, systemClock } from '@catchment/platform';
import {
  checkFormats,
  checkType,
  measureTargets,
  readScorecardReport,
  reportSlug,
  weeklyScorecard,
  writeReportFiles,
  type ReportSpecification,
} from '@catchment/reports';
import { ReportDefinition, Target, openStore, type Store } from '@catchment/store';
import { readPointer } from '@catchment/warehouse';

interface ReportOptions {
  definition: string;
  format?: string;
  out: string;
  json?: true;
}

/** `catchment report`: a report of the numbers that are published now, as files. */
export function register(program: Command): void {
  program
    .command('report')
    .description('Write a report of the published numbers; works beside a running service')
    .requiredOption('--definition <name>', 'which report, for example weekly-scorecard')
    .option('--format <formats>', 'pdf, xlsx or both with a comma; default: as the definition says')
    .option('--out <folder>', 'folder for the files; files of the same name are replaced', '.')
    .option('--json', 'print run and files as JSON')
    .action(async (options: ReportOptions) => {
      const { runId, files } = await writeReport(options);
      process.stdout.write(
        options.json ? `${JSON.stringify({ runId, files })}\n` : files.map((file) => `${file}\n`).join(''),
      );
    });
}

async function writeReport(options: ReportOptions): Promise<{ runId: string; files: string[] }> {
  const settings = readSettings();
  if (!readPointer(settings.dataDir)) {
    throw new Diagnostic('nothing is published yet: load data and evaluate the measures first');
  }
  const store = await openStore(settings);
  try {
    const definition = await findDefinition(store, options.definition);
    checkType(definition.type);
    const formats = checkFormats(options.format?.split(',').map((one) => one.trim()) ?? definition.formats);
    const targets = measureTargets(await store.dataSource.getRepository(Target).find());
    const request = { name: definition.name, scope: definition.scope, targets };
    const report = await readScorecardReport(settings.dataDir, request, systemClock.now());
    const folder = await makeFolder(resolve(options.out));
    return { runId: report.publication.runId, files: await writeReportFiles(report, formats, folder) };
  } finally {
    await store.close();
  }
}

/** By the name as it stands in folders, or the name itself; before the first start there is the shipped one. */
async function findDefinition(store: Store, name: string): Promise<ReportSpecification> {
  const kept = await store.dataSource.getRepository(ReportDefinition).find({ order: { name: 'ASC' } });
  const known: ReportSpecification[] = kept.length > 0 ? kept : [weeklyScorecard];
  const found = known.filter((definition) => reportSlug(definition.name) === reportSlug(name));
  if (found.length === 1) return found[0]!;
  const names = known.map((definition) => reportSlug(definition.name)).join(', ');
  throw new Diagnostic(
    found.length > 1
      ? `there are ${found.length} reports of the name "${name}"`
      : `there is no report "${name}"; there is: ${names}`,
  );
}

async function makeFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Diagnostic(`the folder ${folder} can not be made (${code})`, {}, { cause });
  }
}
