import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { defaultSource, loadPaths, type LoadReport } from '@catchment/ingest';
import { Diagnostic, readSettings, systemClock } from '@catchment/platform';
import { modelDemand } from '@catchment/population';
import { BulkClient, readClientKey, realPacing } from '@catchment/sources';
import type { BulkServer, ExportProgress, ExportRequest, ExportResult } from '@catchment/sources';
import { openWarehouse } from '@catchment/warehouse';

interface PullOptions {
  endpoint: string;
  group?: string;
  patients?: true;
  types?: string;
  since?: string;
  clientId?: string;
  tokenUrl?: string;
  privateKey?: string;
  scope: string;
  source: string;
  json?: true;
}

/** `catchment pull`: a bulk export of a FHIR server into the warehouse of DATA_DIR. */
export function register(program: Command): void {
  program
    .command('pull')
    .description(
      'Export from a FHIR server (Bulk Data Access) and load what it gives; deletions are not applied',
    )
    .requiredOption('--endpoint <url>', 'address of the FHIR server')
    .option('--group <id>', 'the patients of a group')
    .option('--patients', 'all patients; without this and --group everything is exported')
    .option('--types <list>', 'resource types, with commas between')
    .option('--since <instant>', 'only what changed after this FHIR instant')
    .option('--client-id <id>', 'this client, as the server knows it (SMART Backend Services)')
    .option('--token-url <url>', 'the token endpoint, where the server does not announce it')
    .option('--private-key <file>', 'private JWK of the client')
    .option('--scope <scopes>', 'scopes to ask for', 'system/*.rs')
    .option('--source <name>', 'the system that the data come from; ids are unique within it', defaultSource)
    .option('--json', 'print the report as JSON')
    .action(pull);
}

async function pull(options: PullOptions): Promise<void> {
  const request = exportRequest(options);
  const server: BulkServer = { base: options.endpoint, identity: identity(options) };
  const { dataDir } = readSettings();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const { signal } = interruption;
    const client = new BulkClient(server, {
      pacing: realPacing(systemClock),
      signal,
      onProgress: reporter(),
    });
    // One folder per source and server: the same command goes on after a crash.
    const name = createHash('sha256')
      .update(`${options.source}\n${options.endpoint}`)
      .digest('hex')
      .slice(0, 16);
    const folder = join(dataDir, 'exports', name);
    const result = await client.export(folder, request);
    const paths = result.files.filter(({ kind }) => kind === 'output').map((file) => join(folder, file.name));
    const loaded = paths.length > 0 ? await load(dataDir, paths, options.source, signal) : undefined;
    const report = summary(request, result, loaded, countDeleted(folder, result));
    await client.release(folder);
    rmSync(folder, { recursive: true, force: true });
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

function exportRequest({ group, patients, types, since }: PullOptions): ExportRequest {
  if (group !== undefined && patients) throw new Diagnostic('--group and --patients exclude each other');
  const level = patients ? 'patient' : 'system';
  return {
    target: group === undefined ? { level } : { level: 'group', groupId: group },
    types: types?.split(',').map((type) => type.trim()) ?? [],
    since,
    method: 'GET',
  };
}

function identity({ clientId, privateKey, tokenUrl, scope }: PullOptions): BulkServer['identity'] {
  if (!clientId && !privateKey && !tokenUrl) return undefined;
  if (!clientId || !privateKey) throw new Diagnostic('a token needs both --client-id and --private-key');
  return { clientId, key: readClientKey(readKeyFile(privateKey)), tokenUrl, scope };
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Diagnostic('the file of the private key cannot be read', { file: path }, { cause });
  }
}

async function load(
  dataDir: string,
  paths: string[],
  source: string,
  signal: AbortSignal,
): Promise<LoadReport> {
  process.stderr.write('loading\n');
  const database = await openWarehouse(dataDir);
  try {
    return await loadPaths({
      connection: database.main,
      dataDir,
      paths,
      source,
      demand: modelDemand,
      signal,
    });
  } finally {
    database.close();
  }
}

/** Lines on stderr, each said once. */
function reporter(): (progress: ExportProgress) => void {
  let last = '';
  return ({ step, said, files }) => {
    const line = [step, said, files && `${files.done} of ${files.total} files`].filter(Boolean).join(': ');
    if (line !== last) process.stderr.write(`${line}\n`);
    last = line;
  };
}

/** Entries of the transaction bundles that the manifest lists as deleted. */
function countDeleted(folder: string, { files }: ExportResult): number {
  return files
    .filter(({ kind }) => kind === 'deleted')
    .flatMap(({ name }) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .reduce((sum, line) => sum + deletionsIn(line), 0);
}

function deletionsIn(line: string): number {
  try {
    return (JSON.parse(line) as { entry?: unknown[] }).entry?.length ?? 0;
  } catch (cause) {
    throw new Diagnostic('a file of deleted resources has a line that is no JSON', {}, { cause });
  }
}

/**
 * `nextSince`: what the next pull may ask for, null where something is missing: what a type has from before that time
 * would be passed over for good.
 */
function summary(
  { since }: ExportRequest,
  result: ExportResult,
  load: LoadReport | undefined,
  deletionsNotApplied: number,
) {
  const { transactionTime, failures, notGranted, files } = result;
  const { loaded = {}, unchanged = 0, quarantined = 0, reasons = {} } = load ?? {};
  const count = files.filter(({ kind }) => kind === 'output').length;
  const counts = { loaded, unchanged, quarantined, reasons, files: count };
  // Servers answer so to a group that they do not know.
  const empty = count === 0 && since === undefined;
  const warnings = [...result.warnings, ...(empty ? ['a whole export without any resource'] : [])];
  const complete = failures.length === 0 && notGranted.length === 0 && !empty;
  const nextSince = complete ? transactionTime : null;
  return { transactionTime, nextSince, ...counts, deletionsNotApplied, failures, notGranted, warnings };
}

function describe(report: ReturnType<typeof summary>): string {
  const { deletionsNotApplied: deleted } = report;
  const lines = [
    `as of ${report.transactionTime}`,
    report.nextSince === null
      ? 'incomplete: pull again without a later --since, or older data stay missing'
      : `the next --since: ${report.nextSince}`,
    ...Object.entries(report.loaded).map(([type, count]) => `loaded ${type}: ${count}`),
    `unchanged: ${report.unchanged}`,
    `quarantined: ${report.quarantined}`,
    ...Object.entries(report.reasons).map(([reason, count]) => `  ${reason}: ${count}`),
    ...(deleted > 0 ? [`deleted on the server and NOT deleted here: ${deleted}`] : []),
    ...report.failures.map(({ text, code }) => `not exported: ${text || code}`),
    ...report.notGranted.map((type) => `not granted: ${type}`),
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}
