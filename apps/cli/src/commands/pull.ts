import type { Command } from 'commander';
import { defaultSource } from '@catchment/ingest';
import { Diagnostic, readSettings, systemClock } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';
import {
  exportFolder,
  exportRequestOf,
  pullExport,
  realPacing,
  serverOf,
  type PullReport,
} from '@catchment/sources';
import { bulkConfiguration, bulkOptions, keyOfOptions, type BulkOptions } from '../bulk-options';
import { progressLines } from '../progress-lines';
import { warehouseOf } from '../use-warehouse';

interface PullOptions extends BulkOptions {
  endpoint: string;
  since?: string;
  source: string;
  json?: true;
}

/** `catchment pull`: a bulk export of a FHIR server into the warehouse of DATA_DIR. */
export function register(program: Command): void {
  const command = program
    .command('pull')
    .description('Export from a FHIR server (Bulk Data Access) and load what it gives')
    .requiredOption('--endpoint <url>', 'address of the FHIR server');
  bulkOptions(command)
    .option('--since <instant>', 'only what changed after this FHIR instant')
    .option('--source <name>', 'the system that the data come from; ids are unique within it', defaultSource)
    .option('--json', 'print the report as JSON')
    .action(pull);
}

async function pull(options: PullOptions): Promise<void> {
  const { dataDir } = readSettings();
  const configuration = bulkConfiguration(options.endpoint, options);
  const key = await keyOfOptions(options);
  if ((key === undefined) !== (configuration.clientId === null) || (!key && options.tokenUrl))
    throw new Diagnostic('a token needs both --client-id and --private-key');
  const request = {
    server: serverOf(configuration, key),
    export: exportRequestOf(configuration, options.since ?? null),
    source: options.source,
    // One folder per source and server: the same command goes on after a crash.
    folder: exportFolder(dataDir, options.source, options.endpoint),
    panel: options.group,
  };
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const report = await pullExport(request, {
      dataDir,
      pacing: realPacing(systemClock),
      useWarehouse: warehouseOf(dataDir),
      demand: loadDemand(dataDir),
      signal: interruption.signal,
      onProgress: progressLines(),
    });
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report));
    if (report.nextSince === null) process.exitCode = 1;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('interrupted: run the same command again to go on\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function describe(report: PullReport): string {
  const lines = [
    `as of ${report.transactionTime}`,
    report.nextSince === null
      ? 'incomplete: pull again without a later --since, or older data stay missing'
      : `the next --since: ${report.nextSince}`,
    ...Object.entries(report.loaded).map(([type, count]) => `loaded ${type}: ${count}`),
    `unchanged: ${report.unchanged}`,
    `deleted: ${report.deleted}`,
    `quarantined: ${report.quarantined}`,
    ...Object.entries(report.reasons).map(([reason, count]) => `  ${reason}: ${count}`),
    ...(report.leavers > 0 ? [`not in the group and not evaluated: ${report.leavers} patients`] : []),
    ...report.failures.map(({ text, code }) => `not exported: ${text || code}`),
    ...report.notGranted.map((type) => `not granted: ${type}`),
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}
