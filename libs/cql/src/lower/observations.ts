import type { ExpressionDef, Library } from '@catchment/elm';
import { Diagnostic, Unsupported } from '@catchment/platform';
import type { Expr } from '../plan/expression';
import type { DefineTable, ObservationOutput } from '../plan/program';
import { duckdb } from '../print/duckdb';
import type { Value } from '../value/value';
import type { Context, Session } from './context';
import { defineOf, defineRows, withRowsAtTop } from './defines';
import { columnOf, resourceNumber } from './outputs';
import { certain } from './temporal';

/** A measure observation: the function's value for every row of a list define, as a table of its own. */
export function observationOf(
  library: Library,
  { function: name, define, definition }: { function: string; define: string; definition: ExpressionDef },
  session: Session,
): ObservationOutput {
  const observed = (library.functions.get(name) ?? []).find((candidate) => candidate.operand?.length === 1);
  if (!observed?.expression)
    throw new Diagnostic(`there is no function "${name}" of one operand`, { library: library.id });
  const result = defineOf(library, definition, session);
  if (result.kind !== 'list')
    throw new Diagnostic(`"${define}" is no list of resources to observe`, { library: library.id, define });
  const relation = defineRows(result);
  const pid = relation.pid!;
  const context: Context = {
    session,
    library,
    define: name,
    block: relation.block,
    pid,
    scope: new Map([[observed.operand![0]!.name, relation.row]]),
    lambda: false,
  };
  const value = withRowsAtTop(observed.expression, context, (lowered) => numberOf(lowered, library, name));
  const rid = resourceNumber(relation.row);
  const table: DefineTable = {
    name: `${library.id}.${name} of ${define}`,
    library: library.id,
    version: library.version,
    define: name,
    grain: 'list',
    block: relation.block,
  };
  relation.block.columns.set('pid', pid);
  const output = {
    function: name,
    define,
    table: duckdb.quote(table.name),
    pid: duckdb.quote('pid'),
    rid: rid && columnOf(table, rid, 'rid'),
    value: columnOf(table, value, 'value'),
  };
  session.tables.push(table);
  return output;
}

function numberOf(value: Value, library: Library, name: string): Expr {
  switch (value.kind) {
    case 'scalar':
      if (value.type !== 'String' && value.type !== 'Boolean') return value.expr;
      break;
    case 'uncertain':
      return certain(value);
    case 'quantity':
      return value.value;
    case 'null':
      return { op: 'literal', sql: 'null', value: null };
    default:
      break;
  }
  throw new Unsupported(`a measure observation that is a ${value.kind}`, {
    library: library.id,
    define: name,
  });
}
