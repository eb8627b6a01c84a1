import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  findElement,
  normalForm,
  choiceProperty,
  elementsOf,
  type Demand,
  type DemandNode,
} from '@catchment/fhir';
import { Database, quoteIdentifier, quoteLiteral } from '@catchment/warehouse';

/**
 * What DuckDB alone needs: `read_json` with explicit columns → a table of native types, the same elements as the
 * demand, per file. Nothing else: no concepts, no patients, no checks, no originals, partial dates become null.
 */
export async function loadBaseline(folder: string, file: string, demand: Demand): Promise<void> {
  const database = await Database.open(file);
  for (const name of readdirSync(folder)) {
    const type = basename(name).replace(/\..*$/, '');
    const node = demand[type] ?? {};
    const columns = Object.keys(node).map((property) => ({
      property,
      sql: nativeType(type, property, node[property]!),
    }));
    const read = [
      `'id': 'VARCHAR'`,
      ...columns.map(({ property, sql }) => `${quoteLiteral(property)}: ${quoteLiteral(sql)}`),
    ];
    const selected = ['id', ...columns.map(({ property }) => cast(type, property))];
    await database.main.run(`create table ${quoteIdentifier(type)} as select ${selected.join(', ')}
      from read_json(${quoteLiteral(join(folder, name))}, columns = {${read.join(', ')}}, format = 'newline_delimited')`);
  }
  database.close();
}

interface Resolved {
  type: string;
  list: boolean;
}

function resolve(type: string, property: string): Resolved {
  const element = findElement(type, property);
  if (element && !element.choice) return { type: element.types[0]!, list: element.list };
  for (const stem of elementsOf(type)) {
    for (const alternative of findElement(type, stem)?.types ?? []) {
      if (choiceProperty(stem, alternative) === property) return { type: alternative, list: false };
    }
  }
  throw new Error(`no property ${property} on ${type}`);
}

function nativeType(type: string, property: string, node: DemandNode): string {
  const resolved = resolve(type, property);
  const native = nativeOf(resolved.type, node);
  return resolved.list ? `${native}[]` : native;
}

function nativeOf(type: string, node: DemandNode): string {
  const coding = 'STRUCT(system VARCHAR, code VARCHAR)';
  switch (normalForm(type)) {
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
      return 'INTEGER';
    case 'decimal':
      return 'DOUBLE';
    case 'concept':
      return type === 'Coding' ? coding : `STRUCT(coding ${coding}[])`;
    case 'struct':
      return `STRUCT(${Object.entries(node)
        .map(([name, inner]) => `${quoteIdentifier(name)} ${nativeType(type, name, inner)}`)
        .join(', ')})`;
    case 'string':
    case 'date':
    case 'dateTime':
    case 'time':
      return 'VARCHAR';
  }
}

/** Dates and periods at the top become timestamps (with the offset respected); the rest is typed by the reader. */
function cast(type: string, property: string): string {
  const name = quoteIdentifier(property);
  const resolved = resolve(type, property);
  const timestamp = (value: string): string => `try_cast(${value} as timestamptz)::timestamp`;
  if (!resolved.list && ['date', 'dateTime'].includes(normalForm(resolved.type)))
    return `${timestamp(name)} as ${name}`;
  if (!resolved.list && resolved.type === 'Period') {
    return `${timestamp(`${name}."start"`)} as ${quoteIdentifier(`${property}.start`)}, ${timestamp(`${name}."end"`)} as ${quoteIdentifier(`${property}.end`)}`;
  }
  return name;
}
