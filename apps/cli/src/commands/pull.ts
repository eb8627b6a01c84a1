import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { defaultSource } from '@catchment/ingest';
import { Diagnostic, readSettings, systemClock } from '@catchment/platform';
import { modelDemand } from '@catchment/population';
import { exportFolder, pullExport, readClientKey, realPacing } from '@catchment/sources';
import type { BulkServer, ExportRequest, PullReport } from '@catchment/sources';
import { progressLines } from '../progress-lines';
import { warehouseOf } from '../use-warehouse';

interface PullOptions {
  endpoint: string;
  group?: string;
  patients?: true;
  types?: string;
  typeFilter: string[];
  elements?: string;
  post?: true;
  since?: string;
  clientId?: string;
  tokenUrl?: string;
  privateKey?: string;
  keyId?: string;
  scope: string;
  fileHost: string[];
  source: string;
  json?: true;
}

/** `catchment pull`: a bulk export of a FHIR server into the warehouse of DATA_DIR. */
export function register(program: Command): void {
  program
    .command('pull')
    .description('Export from a FHIR server (Bulk Data Access) and load what it gives')
    .requiredOption('--endpoint <url>', 'address of the FHIR server')
    .option('--group <id>', 'the patients of a group')
    .option('--patients', 'all patients; without this and --group everything is exported')
    .option('--types <list>', 'resource types, with commas between')
    .option(
      '--type-filter <query...>',
      'for example Condition?clinical-status=active; several are alternatives',
      [],
    )
    .option('--elements <list>', 'only these elements, for example Patient.id,Patient.birthDate')
    .option('--post', 'kick off with POST, as version 4 of Bulk Data Access has it')
    .option('--since <instant>', 'only what changed after this FHIR instant')
    .option('--client-id <id>', 'this client, as the server knows it (SMART Backend Services)')
    .option('--token-url <url>', 'the token endpoint, where the server does not announce it')
    .option('--private-key <file>', 'private key of the client: JWK or PEM')
    .option(
      '--key-id <kid>',
      "the key's name at the server; default: the kid of the JWK, else its thumbprint",
    )
    .option('--scope <scopes>', 'scopes to ask for', 'system/*.rs')
    .option('--file-host <host...>', 'further hosts of the server that get its token for files', [])
    .option('--source <name>', 'the system that the data come from; ids are unique within it', defaultSource)
    .option('--json', 'print the report as JSON')
    .action(pull);
}

async function pull(options: PullOptions): Promise<void> {
  const { dataDir } = readSettings();
  const request = {
    server: { base: options.endpoint, identity: await identity(options), fileHosts: options.fileHost },
    export: exportRequest(options),
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
      demand: modelDemand,
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

function exportRequest(options: PullOptions): ExportRequest {
  const { group, patients, types, typeFilter, elements, post, since } = options;
  if (group !== undefined && patients) throw new Diagnostic('--group and --patients exclude each other');
  const level = patients ? 'patient' : 'system';
  return {
    target: group === undefined ? { level } : { level: 'group', groupId: group },
    types: listOf(types),
    since,
    typeFilters: typeFilter,
    elements: listOf(elements),
    method: post ? 'POST' : 'GET',
  };
}

function listOf(text: string | undefined): string[] {
  return text?.split(',').map((item) => item.trim()) ?? [];
}

async function identity(options: PullOptions): Promise<BulkServer['identity']> {
  const { clientId, privateKey, keyId, tokenUrl, scope } = options;
  if (!clientId && !privateKey && !tokenUrl) return undefined;
  if (!clientId || !privateKey) throw new Diagnostic('a token needs both --client-id and --private-key');
  return { clientId, key: await readClientKey(readKeyFile(privateKey), keyId), tokenUrl, scope };
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Diagnostic('the file of the private key cannot be read', { file: path }, { cause });
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
