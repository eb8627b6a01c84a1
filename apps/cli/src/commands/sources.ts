import { basename } from 'node:path';
import type { Command } from 'commander';
import { Diagnostic, newId, readSettings, systemClock } from '@catchment/platform';
import { loadDemand } from '@catchment/measures';
import {
  adviceFor,
  checkSource,
  generateClientKey,
  keepKey,
  keepMapping,
  keepPassword,
  lossIsForDatabases,
  realPacing,
  runSource,
  signingAlgorithms,
  takesAway,
  testSource,
} from '@catchment/sources';
import { openStore, Source, type SourceConfiguration, type SourceRun, type Store } from '@catchment/store';
import { bulkConfiguration, bulkOptions, keyOfOptions, type BulkOptions } from '../bulk-options';
import { mappingOf, textOfFile } from '../mapping-files';
import { progressLines } from '../progress-lines';
import {
  passwordOfFile,
  passwordOfOptions,
  sqlConfiguration,
  sqlOptions,
  type SqlOptions,
} from '../sql-options';
import { warehouseOf } from '../use-warehouse';

interface AddOptions extends BulkOptions, SqlOptions {
  csv?: string | true;
  mapping?: string;
  sql?: true;
  endpoint?: string;
  folder?: string | true;
  cron?: string;
  timeZone?: string;
  fullEveryDays?: string;
  evaluate: boolean;
  makeKey?: string;
}

interface RunOptions {
  allowLoss?: true;
  json?: true;
}

/** `catchment sources`: where data come from; works beside a running service, which pulls them by their schedules. */
export function register(program: Command): void {
  const sources = program.command('sources').description('Where clinical data come from, and pulling them');
  sources
    .command('list')
    .description('List the sources')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: true }) => withStore((store) => list(store, json)));
  const command = sources
    .command('add <name>')
    .description(
      'Add a FHIR server (--endpoint), a watched folder of FHIR files (--folder) or CSV extracts (--csv), or a database (--sql)',
    )
    .option('--endpoint <url>', 'address of the FHIR server')
    .option('--folder [path]', 'a folder of its own below the data folder, or one that SOURCE_FOLDERS allows')
    .option('--csv [path]', 'CSV extracts in a folder of its own, or in one that SOURCE_FOLDERS allows')
    .option('--mapping <file>', 'what CSV extracts mean')
    .option('--cron <pattern>', 'when it is pulled: minute hour day-of-month month day-of-week')
    .option('--time-zone <name>', 'of the pattern, for example America/New_York')
    .option('--full-every-days <days>', 'export everything again after so many days; 0: always')
    .option('--no-evaluate', 'ask for no evaluation run after a pull that changed something')
    .option(
      '--make-key <algorithm>',
      `make a key pair (${signingAlgorithms.join(', ')}); its public half is printed`,
    );
  sqlOptions(bulkOptions(command)).action((name: string, options: AddOptions) =>
    withStore((store) => add(store, name, options)),
  );
  sources
    .command('mapping <name> <file>')
    .description('Give CSV extracts of a source a new version of their mapping')
    .action((name: string, file: string) => withStore((store) => giveMapping(store, name, file)));
  sources
    .command('password <name> <file>')
    .description('Give a database source its password, which the file holds; it is kept and never shown')
    .action((name: string, passwordFile: string) =>
      withStore((store) => givePassword(store, name, passwordFile)),
    );
  sources
    .command('test <name>')
    .description('Try the connection, without asking for data')
    .action((name: string) => withStore((store) => test(store, name)));
  sources
    .command('run <name>')
    .description('Pull a source here and now; no evaluation run is asked for')
    .option('--allow-loss', 'this once a database may take away however much is gone there')
    .option('--json', 'print the run as JSON')
    .action((name: string, options: RunOptions) => withStore((store) => run(store, name, options)));
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(readSettings());
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

async function find({ dataSource }: Store, name: string): Promise<Source> {
  const source = await dataSource.getRepository(Source).findOneBy({ name });
  if (!source) throw new Diagnostic(`there is no source "${name}"; see: catchment sources list`);
  return source;
}

async function list({ dataSource }: Store, json?: true): Promise<void> {
  const sources = await dataSource.getRepository(Source).find({ order: { name: 'ASC' } });
  const lines = sources.map(({ name, configuration, cron, timeZone, enabled, watermark }) => {
    const where = placeOf(configuration);
    const when = cron === null ? 'on demand' : `${cron} ${timeZone}`;
    const notes = [where, when, watermark && `since ${watermark}`, !enabled && 'switched off'];
    return `${name.padEnd(24)}${notes.filter(Boolean).join(' · ')}\n`;
  });
  process.stdout.write(json ? `${JSON.stringify(sources)}\n` : lines.join(''));
}

function placeOf(configuration: SourceConfiguration): string {
  switch (configuration.kind) {
    case 'bulk':
      return configuration.endpoint;
    case 'folder':
      return configuration.path ?? 'own folder';
    case 'csv':
      return `CSV in ${configuration.path ?? 'own folder'}`;
    case 'sql':
      return `${configuration.user}@${configuration.host}:${configuration.port}/${configuration.database}`;
  }
}

async function add(store: Store, name: string, options: AddOptions): Promise<void> {
  const { cron = null, timeZone = null, fullEveryDays, evaluate: evaluateAfter } = options;
  const definition = {
    name,
    configuration: configurationOf(options),
    cron,
    timeZone,
    enabled: true,
    evaluateAfter,
    fullEveryDays: fullEveryDays === undefined ? defaultInterval(options) : Number(fullEveryDays),
  };
  checkSource(definition, readSettings());
  // Before anything is kept: a key that cannot be read leaves no half of a source.
  const key = (await keyOfOptions(options)) ?? (await newKey(options));
  if (key && !options.clientId)
    throw new Diagnostic('a key is for a server that knows this client: --client-id');
  const { mapping } = options;
  if (mapping !== undefined) mappingOf(mapping);
  const password = passwordOfOptions(options);
  const sources = store.dataSource.getRepository(Source);
  if (await sources.existsBy({ name })) throw new Diagnostic(`there is a source with the name "${name}"`);
  const source = await sources.save({ ...definition, createdBy: 'command line' });
  if (key) await keepKey(store, source.id, key);
  if (mapping !== undefined) await keepMapping(store, source.id, givenMapping(mapping));
  if (password !== undefined) await keepPassword(store, source.id, password);
  process.stdout.write(key ? `${JSON.stringify({ keys: [key.publicJwk] })}\n` : `${name} is added\n`);
}

function configurationOf(options: AddOptions): SourceConfiguration {
  const { endpoint, folder, csv, sql, mapping } = options;
  const kinds = [endpoint, folder, csv, sql].filter((kind) => kind !== undefined);
  if (kinds.length !== 1)
    throw new Diagnostic('a source is one of --endpoint (a FHIR server), --folder, --csv and --sql');
  if (mapping !== undefined && csv === undefined)
    throw new Diagnostic('--mapping is for CSV extracts (--csv)');
  if (endpoint !== undefined) return bulkConfiguration(endpoint, options);
  if (sql) return sqlConfiguration(options);
  if (csv !== undefined) return { kind: 'csv', path: csv === true ? null : csv };
  return { kind: 'folder', path: folder === true ? null : (folder ?? null) };
}

function givenMapping(file: string) {
  return { text: textOfFile(file), fileName: basename(file), createdBy: 'command line' };
}

async function giveMapping(store: Store, name: string, file: string): Promise<void> {
  const { id, configuration } = await find(store, name);
  if (configuration.kind !== 'csv') throw new Diagnostic('only a source of CSV extracts has a mapping');
  const { version } = await keepMapping(store, id, givenMapping(file));
  process.stdout.write(`${name} has version ${version} of its mapping\n`);
}

async function givePassword(store: Store, name: string, passwordFile: string): Promise<void> {
  const { id, configuration } = await find(store, name);
  if (configuration.kind !== 'sql') throw new Diagnostic('only a database source has a password');
  await keepPassword(store, id, passwordOfFile(passwordFile));
  process.stdout.write(`${name} has a new password\n`);
}

/** Who joins a group has older data, which changes alone would not bring. */
function defaultInterval({ group }: AddOptions): number | null {
  return group === undefined ? null : 0;
}

async function newKey({ makeKey, privateKey }: AddOptions) {
  if (makeKey === undefined) return undefined;
  if (privateKey !== undefined) throw new Diagnostic('--make-key and --private-key exclude each other');
  const alg = signingAlgorithms.find((known) => known === makeKey);
  if (!alg) throw new Diagnostic(`"${makeKey}" is no kind of key; there are ${signingAlgorithms.join(', ')}`);
  return generateClientKey(alg);
}

async function test(store: Store, name: string): Promise<void> {
  const source = await find(store, name);
  const steps = await testSource(source, {
    store,
    settings: readSettings(),
    pacing: realPacing(systemClock),
  });
  for (const { name: step, ok, detail } of steps)
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${step}: ${detail}\n`);
  if (steps.some(({ ok }) => !ok)) process.exitCode = 1;
}

async function run(store: Store, name: string, { allowLoss, json }: RunOptions): Promise<void> {
  const settings = readSettings();
  const { id, configuration } = await find(store, name);
  if (allowLoss && !takesAway(configuration)) throw new Diagnostic(lossIsForDatabases);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const request = {
      sourceId: id,
      jobId: `command ${newId()}`,
      startedBy: 'command line',
      queuedAt: new Date(),
    };
    const ended = await runSource(
      request,
      {
        store,
        settings,
        dataDir: settings.dataDir,
        pacing: realPacing(systemClock),
        useWarehouse: warehouseOf(settings.dataDir),
        demand: loadDemand(settings.dataDir),
        signal: interruption.signal,
        onProgress: progressLines(),
        allowsLoss: allowLoss,
      },
      { lastAttempt: true, comesAgain: false },
    );
    if (!ended) throw new Diagnostic(`the source "${name}" was removed meanwhile`);
    process.stdout.write(json ? `${JSON.stringify(ended)}\n` : describe(ended));
    if (ended.state !== 'succeeded') process.exitCode = 1;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('interrupted: run the same command again to go on\n');
    process.exitCode = 130;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function describe({ state, transactionTime, counts, findings, error }: SourceRun): string {
  const lines = [
    error === null ? state : `${state}: ${error}`,
    transactionTime && `as of ${transactionTime}`,
    ...Object.entries(counts?.loaded ?? {}).map(([type, count]) => `loaded ${type}: ${count}`),
    counts &&
      `unchanged: ${counts.unchanged}, deleted: ${counts.deleted}, quarantined: ${counts.quarantined}`,
    ...findings.flatMap(({ severity, text, code }) => [`${severity}: ${text}`, `  ${adviceFor(code)}`]),
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}
