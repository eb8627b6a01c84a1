import type { Source } from '../plan/block';
import { FALSE, call, isNullLiteral, not, type Expr } from '../plan/expression';
import type { DefineOutput, DefineTable } from '../plan/program';
import { duckdb } from '../print/duckdb';
import { valueIsNull } from '../value/structure';
import type { Value } from '../value/value';
import type { Defined } from './context';
import { isList } from './relation';

/** Makes sure that the table of a define has the columns by which its result is read, and says which. */
export function outputOf({ library, version, define, result }: Defined): DefineOutput {
  const of = { library, version, define };
  if (result.kind === 'inline') {
    return { ...of, kind: 'constant', value: constantOf(result.value) };
  }
  const { table } = result;
  const name = duckdb.quote(table.name);
  if (result.kind === 'list') {
    const { row } = result.relation;
    const rid = resourceNumber(row);
    if (!rid) return { ...of, kind: 'rows', table: name };
    return { ...of, kind: 'rows', table: name, rid: columnOf(table, rid, 'rid'), resourceType: typeOf(row) };
  }
  const { value } = result;
  if (value.kind === 'scalar' && value.type === 'Boolean') {
    return { ...of, kind: 'boolean', table: name, value: columnOf(table, value.expr, 'value') };
  }
  return { ...of, kind: 'other', table: name, value: columnOf(table, presence(value), 'present') };
}

/** The number of the resource that a row is, whatever its type; undefined when rows are not resources. */
export function resourceNumber(row: Value): Expr | undefined {
  if (row.kind === 'fhir') return row.rid;
  if (row.kind !== 'choice') return undefined;
  // Of a type that no row of a union has there is nothing.
  const possible = row.alternatives.filter(({ value }) => value.kind !== 'null');
  const numbers = possible.map(({ value }) => (value.kind === 'fhir' ? value.rid : undefined));
  if (!numbers.every((number) => number !== undefined)) return undefined;
  return call('coalesce', ...numbers);
}

function typeOf(row: Value): string | undefined {
  return row.kind === 'fhir' ? row.type : undefined;
}

function presence(value: Value): Expr {
  if (value.kind === 'sqlList') return call('has elements', value.list);
  return isList(value) && value.kind === 'items'
    ? value.items.length > 0
      ? not(FALSE)
      : FALSE
    : not(valueIsNull(value));
}

function constantOf(value: Value): string {
  if (value.kind === 'scalar' && value.type === 'Boolean' && value.expr.op === 'literal')
    return value.expr.sql;
  if (value.kind === 'null') return 'null';
  const present = presence(value);
  return present.op === 'literal' && !isNullLiteral(present) ? present.sql : 'true';
}

/** The quoted name of the table's column for an expression; a constant expression becomes a column, too. */
export function columnOf(table: DefineTable, expr: Expr, hint: string): string {
  const probe: Source = { kind: 'define', define: table, join: 'from' };
  const output = table.block.output(expr, probe, hint);
  if (output.op === 'column') return duckdb.quote(output.name);
  for (let number = 0; ; number++) {
    const name = number === 0 ? hint : `${hint}${number}`;
    if (table.block.columns.has(name)) continue;
    table.block.columns.set(name, expr);
    return duckdb.quote(name);
  }
}
