import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { mergeDemands, primaryCodePath } from '@catchment/fhir';
import { ensureDemand } from '@catchment/ingest';
import { prepareMeasures } from '@catchment/measures';
import { Diagnostic } from '@catchment/platform';
import { openWarehouse, quoteIdentifier, quoteLiteral, type Connection } from '@catchment/warehouse';
import { readColumnType, type ColumnType } from './column-type';
import { print } from './print';
import { evaluatedAt, period } from './workbench';

interface Column {
  table: string;
  name: string;
  type: string;
}

/**
 * Makes a large population of a loaded one: every patient and everything in a patient's compartment `times` times, with
 * numbers, ids and references of its own, clustered as a load clusters. Patients' records stay as they are, so counts
 * grow exactly. What evaluations do not read (originals, the registry of resources) is left out.
 */
export async function replicate(from: string, into: string, factor: string): Promise<void> {
  const times = Number(factor);
  if (!Number.isInteger(times) || times < 1) throw new Diagnostic(`not a number of copies: ${factor}`);
  if (existsSync(join(into, 'warehouse'))) throw new Diagnostic('the target has a warehouse already');
  await readAllDemands(from);
  const database = await openWarehouse(into, { threads: 2, memoryLimit: '6GB' });
  const connection = database.main;
  const file = join(from, 'warehouse', 'catchment.duckdb');
  await connection.run(`attach ${quoteLiteral(file)} as source (read_only)`);
  await copyShared(connection);
  const size = (await connection.first<{ pids: number; rids: number }>(
    `select (select max(pid) from source.registry.subject) as pids, (select max(rid) from source.registry.resource) as rids`,
  ))!;
  if (!size.rids) throw new Diagnostic('the source is a copy itself: copy the loaded one more often');
  await connection.run(`insert into registry.subject
    select pid + copy * ${size.pids}, source, ${copyId('id')} from source.registry.subject, range(${times}) as copies(copy)`);
  const columns = await connection.rows<Column>(
    `select table_name as "table", column_name as name, data_type as type from duckdb_columns()
     where database_name = 'source' and schema_name = 'fhir' order by table_name, column_index`,
  );
  const tables = [...new Set(columns.map(({ table }) => table))];
  const owned = new Map<string, boolean>();
  for (const table of tables) owned.set(table, await ofPatients(connection, table));
  const types = tables.filter((table) => owned.get(table));
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table);
    const source = `source.fhir.${quoteIdentifier(table)}`;
    const select = owned.get(table)
      ? `select ${own.map((column) => copyColumn(column, types, size)).join(', ')}
         from ${source}, range(${times}) as copies(copy) order by ${clusterOf(table, own)}`
      : `select * from ${source}`;
    await connection.run(`create or replace table fhir.${quoteIdentifier(table)} as ${select}`);
  }
  await connection.run('detach source; checkpoint');
  const counted = await connection.first<{ n: number }>('select count(*) as n from registry.subject');
  database.close();
  cpSync(join(from, 'packages'), join(into, 'packages'), { recursive: true });
  print('patients', counted!.n.toLocaleString('en'));
}

/** The copy has no originals: what a measure reads that the typed tables lack could not be read there any more. */
async function readAllDemands(dataDir: string): Promise<void> {
  const database = await openWarehouse(dataDir, { threads: 2 });
  const { prepared } = prepareMeasures({ dataDir, measureIds: 'all', period, evaluatedAt });
  await ensureDemand(
    database.main,
    dataDir,
    mergeDemands(...prepared.map(({ compiled }) => compiled.demand)),
  );
  database.close();
}

async function copyShared(connection: Connection): Promise<void> {
  const tables = await connection.rows<{ schema: string; name: string }>(
    `select schema_name as schema, table_name as name from duckdb_tables()
     where database_name = 'source'
       and (schema_name in ('dictionary', 'terminology') or (schema_name, table_name) in (('registry', 'demand')))`,
  );
  for (const { schema, name } of tables) {
    await connection.run(
      `create or replace table ${schema}.${name} as select * from source.${schema}.${name}`,
    );
  }
}

async function ofPatients(connection: Connection, table: string): Promise<boolean> {
  const found = await connection.first<{ n: number }>(
    `select count(pid) as n from source.fhir.${quoteIdentifier(table)}`,
  );
  return found!.n > 0;
}

function copyId(id: string): string {
  return `${id} || '-' || copy`;
}

function copyColumn(
  { name, type }: Column,
  types: readonly string[],
  size: { pids: number; rids: number },
): string {
  const column = quoteIdentifier(name);
  switch (name) {
    case 'pid':
      return `(pid + copy * ${size.pids})::integer as pid`;
    case 'rid':
      return `rid + copy * ${size.rids} as rid`;
    case 'id':
      return `${copyId('id')} as id`;
    default:
      return `${copyReferences(column, readColumnType(type), types, 0) ?? column} as ${column}`;
  }
}

/** The expression with every reference to a copied resource changed to its copy; undefined when it can hold none. */
function copyReferences(
  expression: string,
  type: ColumnType,
  types: readonly string[],
  depth: number,
): string | undefined {
  switch (type.kind) {
    case 'plain':
      return undefined;
    case 'list': {
      const element = copyReferences(`x${depth}`, type.element, types, depth + 1);
      return element && `list_transform(${expression}, lambda x${depth}: ${element})`;
    }
    case 'struct': {
      const changed = type.fields.map(({ name, type: field }) => {
        const read = `struct_extract(${expression}, ${quoteLiteral(name)})`;
        if (name !== 'reference' || field.kind !== 'plain') return copyReferences(read, field, types, depth);
        return `case when split_part(${read}, '/', 1) in (${types.map(quoteLiteral).join(', ')}) then ${copyId(read)} else ${read} end`;
      });
      if (changed.every((value) => value === undefined)) return undefined;
      const fields = type.fields.map(({ name }, index) => {
        const value = changed[index] ?? `struct_extract(${expression}, ${quoteLiteral(name)})`;
        return `${quoteIdentifier(name)} := ${value}`;
      });
      return `case when ${expression} is not null then struct_pack(${fields.join(', ')}) end`;
    }
  }
}

/** As a load clusters: by the type's code, then by patient. */
function clusterOf(table: string, columns: readonly Column[]): string {
  const path = primaryCodePath(table);
  const code = columns.find(
    ({ name }) => path !== undefined && [path, `${path}CodeableConcept`].includes(name),
  );
  return code ? `${quoteIdentifier(code.name)}, pid` : 'pid';
}
