import { Diagnostic, failureText, type Settings } from '@catchment/platform';
import type {
  BulkConfiguration,
  CsvConfiguration,
  FolderConfiguration,
  Source,
  SqlConfiguration,
  Store,
} from '@catchment/store';
import { BulkClient } from '../bulk/bulk-client';
import type { Pacing } from '../bulk/pacing';
import { serverOf } from '../definition/bulk-request';
import { keyOf } from '../definition/source-keys';
import { mappingOfSource } from '../csv/source-mapping';
import { dropFolder, look, prepareDropFolder } from '../folder/drop-folder';
import { describe as describeRelation } from '../sql/read-resources';
import { passwordOf } from '../sql/sql-password';
import { readOnly } from '../sql/sql-session';
import { checkColumns, resourceStatement } from '../sql/statement';

/** One thing that was tried. */
export interface TestStep {
  name: 'capabilities' | 'token' | 'folder' | 'mapping' | 'database' | 'statement';
  ok: boolean;
  /** What was found, or why it failed. */
  detail: string;
}

export interface TestSurroundings {
  store: Pick<Store, 'dataSource'>;
  settings: Settings;
  pacing: Pacing;
}

/** So long a server that does not answer is waited for. */
const patience = 20_000;

/** Tries what a source needs before it can be pulled, without asking for any data. */
export async function testSource(source: Source, surroundings: TestSurroundings): Promise<TestStep[]> {
  const { configuration } = source;
  switch (configuration.kind) {
    case 'bulk':
      return testServer(source, configuration, surroundings);
    case 'folder':
      return [await step('folder', () => testFolder(source, configuration, surroundings.settings))];
    case 'csv':
      return [
        await step('folder', () => testFolder(source, configuration, surroundings.settings)),
        await step('mapping', () => testMapping(source, surroundings)),
      ];
    case 'sql':
      return testDatabase(source, configuration, surroundings);
  }
}

async function testServer(
  source: Source,
  configuration: BulkConfiguration,
  { store, pacing }: TestSurroundings,
): Promise<TestStep[]> {
  const { clientId, types } = configuration;
  const signal = AbortSignal.timeout(patience);
  const client = async (): Promise<BulkClient> =>
    new BulkClient(serverOf(configuration, await keyOf(store, source)), { pacing, signal });
  const token = await step('token', async () => {
    if (clientId === null) return 'none is needed: the server is open';
    if (!source.publicKey) throw new Diagnostic('the source has no key: make one, or import one');
    const { notGranted } = await (await client()).authorize(types);
    return notGranted.length === 0 ? 'granted' : `granted, without ${notGranted.join(', ')}`;
  });
  if (!token.ok) return [token];
  return [token, await step('capabilities', async () => describe(await (await client()).capabilities()))];
}

/** FHIR version, software, and whether bulk export is announced. */
function describe(statement: unknown): string {
  const { resourceType, fhirVersion, software, rest } = (statement ?? {}) as {
    resourceType?: unknown;
    fhirVersion?: unknown;
    software?: { name?: unknown };
    rest?: unknown;
  };
  if (resourceType !== 'CapabilityStatement') throw new Diagnostic('the answer is no CapabilityStatement');
  if (typeof fhirVersion !== 'string' || !fhirVersion.startsWith('4.0'))
    throw new Diagnostic(`the server speaks FHIR ${String(fhirVersion)}; FHIR 4.0 is read`);
  const name = typeof software?.name === 'string' ? `${software.name}, ` : '';
  const announced = /"name":"[\w-]*export"|bulk-data/.test(JSON.stringify(rest ?? statement));
  return `${name}FHIR ${fhirVersion}, bulk export ${announced ? 'announced' : 'not announced (many servers do not)'}`;
}

function testFolder(
  source: Source,
  configuration: FolderConfiguration | CsvConfiguration,
  settings: Settings,
): string {
  const folder = dropFolder(settings.dataDir, source.name, configuration);
  prepareDropFolder(folder, configuration, settings);
  const { files } = look(folder);
  return `can be read and written; ${files.length === 1 ? '1 file waits' : `${files.length} files wait`}`;
}

async function testMapping({ id }: Source, { store }: TestSurroundings): Promise<string> {
  const { tables } = await mappingOfSource(store, id);
  return `can be used; tables: ${Object.keys(tables).join(', ')}`;
}

/** Connects, and has the statement described: no row is read for more than the answer whether there is one. */
async function testDatabase(
  { id }: Source,
  configuration: SqlConfiguration,
  { store }: TestSurroundings,
): Promise<TestStep[]> {
  const password = await passwordOf(store, id);
  const timeout = patience;
  const connected = await step('database', () =>
    readOnly(configuration, password, { timeout }, async (client) => {
      const { rows } = await client.query<{ version: string }>(
        "select current_setting('server_version') as version",
      );
      return `PostgreSQL ${rows[0]?.version ?? ''}, ${tlsText(configuration)}, read only`;
    }),
  );
  if (!connected.ok) return [connected];
  const described = await step('statement', () =>
    readOnly(configuration, password, { timeout }, async (client) => {
      const columns = await describeRelation(client, configuration);
      checkColumns(configuration, columns);
      const { text, parameters } = resourceStatement(configuration, columns, null);
      const { rowCount } = await client.query(`${text} limit 1`, parameters);
      const names = columns.map(({ name }) => name).join(', ');
      return `can be read; columns: ${names}; ${rowCount ? 'there are rows' : 'there is no row, or none that the user may see'}`;
    }),
  );
  return [connected, described];
}

function tlsText({ tls }: SqlConfiguration): string {
  switch (tls) {
    case 'verify':
      return 'encrypted, certificate checked';
    case 'encrypt':
      return 'encrypted, certificate not checked';
    case 'off':
      return 'not encrypted, on this machine';
  }
}

async function step(name: TestStep['name'], work: () => Promise<string> | string): Promise<TestStep> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { name, ok: false, detail: timedOut ? 'no answer within 20 seconds' : failureText(error) };
  }
}
