import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isResourceType, mergeDemands, type Demand } from '@catchment/fhir';
import { Diagnostic } from '@catchment/platform';
import { quoteLiteral, type Connection } from './database';
import { prepareWarehouse } from './schema';
import { shredForLoad } from './stage-resources';
import { storeResources } from './store-resources';
import { createTypedTable, missingDemand, readDemand } from './typed-table';

/** A FHIR resource; `_subject` assigns it to a patient of that key, whatever its own reference says. */
export interface FixtureResource {
  resourceType: string;
  id?: string;
  _subject?: string;
  [property: string]: unknown;
}

/**
 * Loads resources that are in memory into the typed tables, dictionaries and registry of an open warehouse, for
 * tests and conformance cases; nothing is kept in the landing zone. With `_subject` (or the map from resource to
 * key) the Patient takes its `pid` from that key too, and the same ids may appear under several keys.
 * Typed tables exist for every type of the demand afterwards.
 *
 * @throws Diagnostic when a resource cannot be stored: unknown type, no id, invalid value, unknown patient.
 */
export async function loadFixture(
  connection: Connection,
  resources: readonly object[],
  demand: Demand,
  subjects: ReadonlyMap<object, string> = new Map(),
): Promise<void> {
  await prepareWarehouse(connection);
  const all = resources.map((given) => {
    const { _subject, ...resource } = given as FixtureResource;
    return { resource, subject: subjects.get(given) ?? _subject };
  });
  for (const { resource } of all) {
    if (!isResourceType(resource.resourceType))
      throw new Diagnostic(`unknown type "${resource.resourceType}"`);
    if (!resource.id) throw new Diagnostic(`a fixture's ${resource.resourceType} has no id`);
  }
  const types = new Set(all.map(({ resource }) => resource.resourceType));
  await ensureTables(
    connection,
    mergeDemands(demand, Object.fromEntries([...types].map((type) => [type, {}]))),
  );
  await insertSubjects(connection, [...new Set(all.flatMap(({ subject }) => subject ?? []))]);
  const held = await readDemand(connection);
  for (const type of [...types].sort((left, right) => rank(left) - rank(right))) {
    const rows = all.filter(({ resource }) => resource.resourceType === type);
    await storeType(connection, type, rows, held);
  }
}

const source = 'fixture';

async function storeType(
  connection: Connection,
  type: string,
  rows: readonly { resource: FixtureResource; subject?: string }[],
  held: Demand,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'catchment-fixture-'));
  try {
    const file = join(folder, 'resources.ndjson');
    const longestLine = writeLines(
      file,
      rows.map(({ resource }) => resource),
    );
    await createFixtureTable(connection, file, longestLine, rows);
    const { quarantined } = await storeResources(
      connection,
      {
        type,
        source,
        relation: 'select 0 as file_id, line, id, json, subject from temp.fixture_resource',
        fileIds: [0],
        identified: false,
        ndjson: {
          files: [file],
          places: `select line - 1 as n, 0 as file_id, line, id, hash(json) as hash, subject
            from temp.fixture_resource`,
          withSubjects: true,
          longestLine,
        },
      },
      held[type] ?? {},
    );
    if (quarantined > 0) await refuse(connection, type);
  } finally {
    await connection.run('drop table if exists temp.fixture_resource');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns bytes of the longest line. */
function writeLines(path: string, resources: readonly object[]): number {
  const file = openSync(path, 'w', 0o600);
  let longest = 0;
  try {
    for (let start = 0; start < resources.length; start += 1000) {
      const lines = resources.slice(start, start + 1000).map((resource) => `${JSON.stringify(resource)}\n`);
      for (const line of lines) longest = Math.max(longest, Buffer.byteLength(line));
      writeSync(file, lines.join(''));
    }
  } finally {
    closeSync(file);
  }
  return longest;
}

async function createFixtureTable(
  connection: Connection,
  file: string,
  longestLine: number,
  rows: readonly { resource: FixtureResource; subject?: string }[],
): Promise<void> {
  await connection.run(`create or replace temp table fixture_text as
    select row_number() over () as line, json
    from read_csv(${quoteLiteral(file)}, columns = {'json': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '',
      comment = '', header = false, auto_detect = false, max_line_size = ${Math.max(2_097_152, longestLine + 16)});
    create or replace temp table fixture_resource (line bigint, id varchar, subject varchar, json varchar)`);
  await connection.run(
    `insert into temp.fixture_resource
     select line, named.id, named.subject, json
     from temp.fixture_text
     join (
       select unnest(from_json($1, '[{"line": "BIGINT", "id": "VARCHAR", "subject": "VARCHAR"}]'), recursive := true)
     ) as named using (line)`,
    [JSON.stringify(rows.map(({ resource: { id }, subject }, index) => ({ line: index + 1, id, subject })))],
  );
  await connection.run('drop table temp.fixture_text');
}

/** @throws Diagnostic that names every resource that was not stored, and why. */
async function refuse(connection: Connection, type: string): Promise<never> {
  const rejected = await connection.rows<{ id: string; reason: string; detail: string | null }>(
    'select id, reason, detail from landing.set_aside where file_id = 0 and type = $1',
    [type],
  );
  const why = rejected.map((row) => `${row.id}: ${row.reason} ${row.detail ?? ''}`.trim());
  throw new Diagnostic(`fixture ${type} not stored: ${why.join('; ')}`);
}

/** Creates the typed tables of a demand; a table whose demand grows must be empty still. */
async function ensureTables(connection: Connection, demand: Demand): Promise<void> {
  for (const [type, node] of Object.entries(missingDemand(await readDemand(connection), demand))) {
    const filled = await connection.first('select 1 from registry.resource where type = $1 limit 1', [type]);
    if (filled) throw new Diagnostic(`the demand on ${type} grew after fixtures of it were loaded`);
    await createTypedTable(connection, shredForLoad(type, node), node);
  }
}

async function insertSubjects(connection: Connection, keys: readonly string[]): Promise<void> {
  await connection.run(
    `insert into registry.subject
     select (select pid from registry.counter) + row_number() over (order by key), '${source}', key
     from (
       select unnest(from_json($1, '["VARCHAR"]')) as key
       except
       select id from registry.subject where source = '${source}'
     )`,
    [JSON.stringify(keys)],
  );
  await connection.run(
    'update registry.counter set pid = greatest(pid, (select coalesce(max(pid), 0) from registry.subject))',
  );
}

/** Patients first: everything else refers to them. */
function rank(type: string): number {
  return type === 'Patient' ? 0 : 1;
}
