import type { ExpressionDef } from '@catchment/elm';
import type { Source } from '../plan/block';
import { sameExpr, type Expr } from '../plan/expression';
import { freeOfExpr } from '../plan/traverse';
import { mapValue } from '../value/structure';
import type { Value } from '../value/value';
import type { Context } from './context';

/** A call that was lowered for the rows of a block. */
export interface Call {
  definition: ExpressionDef;
  given: readonly Value[];
  result: Value;
}

/**
 * Inlines a call of a function, once for the same operands and rows: a call inside `such that` whose operands are rows
 * of the query around it is computed for those rows, not for each pair of rows.
 * @param inline lowers the body of the function in a context
 */
export function callOnce(
  definition: ExpressionDef,
  given: readonly Value[],
  context: Context,
  inline: (context: Context) => Value,
): Value {
  const reads = given.map(readsOf);
  if (context.lambda || reads.some((read) => !read)) return inline(context);
  const home = homeOf(context, new Set(reads.flatMap((read) => [...read!])));
  const { calls } = home.session;
  const made = calls.get(home.block) ?? [];
  calls.set(home.block, made);
  const known = made.find((call) => call.definition === definition && sameOperands(call.given, given));
  if (known) return known.result;
  const result = inline(home);
  if (!holdsRows(result)) made.push({ definition, given, result });
  return result;
}

/** The outermost rows around the context that bring some of the sources. */
function homeOf(context: Context, sources: ReadonlySet<Source>): Context {
  if (sources.size === 0) return context;
  let home = context;
  while (home.enclosing?.of === home.block && !home.enclosing.context.lambda) {
    if (home.block.sources.some((source) => sources.has(source))) break;
    home = home.enclosing.context;
  }
  return home;
}

/** The sources that an operand reads; undefined where that cannot be told, or it stands inside a lambda. */
function readsOf(value: Value): ReadonlySet<Source> | undefined {
  const exprs = leavesOf(value);
  if (!exprs) return undefined;
  const { sources, variables } = freeOfExpr(...exprs);
  return variables.size > 0 ? undefined : sources;
}

/** What an operand is made of; undefined for rows, and for values whose parts are read where they are used. */
function leavesOf(value: Value): Expr[] | undefined {
  switch (value.kind) {
    case 'fhir': {
      const identity = value.rid ?? value.packed;
      return identity && [identity];
    }
    case 'relation':
    case 'choice':
    case 'tuple':
    case 'items':
      return undefined;
    default: {
      const leaves: Expr[] = [];
      mapValue(value, (expr) => {
        leaves.push(expr);
        return expr;
      });
      return leaves;
    }
  }
}

function sameOperands(some: readonly Value[], others: readonly Value[]): boolean {
  return some.every((one, index) => sameOperand(one, others[index]!));
}

function sameOperand(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind) return false;
  switch (one.kind) {
    case 'fhir': {
      const { type, rid } = other as typeof one;
      return one.type === type && !!one.rid && !!rid && sameExpr(one.rid, rid);
    }
    case 'valueSet': {
      const { canonical, version } = other as typeof one;
      return one.canonical === canonical && one.version === version;
    }
    case 'scalar':
    case 'temporal':
      return one.type === (other as typeof one).type && sameLeaves(one, other);
    case 'interval':
      return (
        sameOperand(one.low, (other as typeof one).low) &&
        sameOperand(one.high, (other as typeof one).high) &&
        sameLeaves(one, other)
      );
    default:
      return false;
  }
}

function sameLeaves(one: Value, other: Value): boolean {
  const [left, right] = [leavesOf(one)!, leavesOf(other)!];
  return left.length === right.length && left.every((expr, index) => sameExpr(expr, right[index]!));
}

function holdsRows(value: Value): boolean {
  if (value.kind === 'tuple') return [...value.fields.values()].some(holdsRows);
  if (value.kind === 'items') return value.items.some(holdsRows);
  return value.kind === 'relation';
}
