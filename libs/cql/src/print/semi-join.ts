import type { Block } from '../plan/block';
import { conjuncts, type Expr } from '../plan/expression';
import { freeOfExpr } from '../plan/traverse';
import { outsideOf } from './outside';

/** An exists whose block depends on the outer row by equalities only: `probes in (select keys from block)`. */
export interface SemiJoin {
  /** The block without what ties it to the outer row. */
  block: Block;
  /** Over the block's rows and, in the same order, over the outer row. */
  keys: Expr[];
  probes: Expr[];
  /** Is no key and no probe ever null? */
  certain: boolean;
}

type Exists = Extract<Expr, { op: 'exists' }>;

/** Printing asks for the same one many times, and changes nothing. */
const found = new WeakMap<Exists, SemiJoin | 'none'>();

/** @returns undefined where the block depends on the outer row in any other way, or not at all */
export function semiJoin(exists: Exists): SemiJoin | undefined {
  const known = found.get(exists) ?? findSemiJoin(exists) ?? 'none';
  found.set(exists, known);
  return known === 'none' ? undefined : known;
}

function findSemiJoin({ block, inner, outer }: Exists): SemiJoin | undefined {
  const patients = inner && outer ? [{ key: inner, probe: outer }] : [];
  if (outsideOf(block).size === 0) return patients.length > 0 ? joined(block, patients, true) : undefined;
  if (block.branches || block.pick || block.aggregated || block.distinctOn) return undefined;
  const own = new Set(block.sources);
  const where: Expr[] = [];
  const ties: Tie[] = [];
  for (const condition of conjuncts(block.where)) {
    const tie = tieOf(condition, own);
    if (tie) ties.push(tie);
    else where.push(condition);
  }
  const rest = block.withWhere(where);
  if (ties.length === 0 || outsideOf(rest).size > 0) return undefined;
  return joined(rest, [...patients, ...ties], false);
}

/** Columns of a resource without which the exists is not true: what its probes read of a part of a reference. */
export function neededColumns(exists: Exists): Expr[] {
  return (semiJoin(exists)?.probes ?? []).flatMap((probe) => {
    if (probe.op === 'column') return [];
    const column = neededColumn(probe);
    return column ? [column] : [];
  });
}

/** The column that makes an expression null where it is null. */
function neededColumn(expr: Expr): Expr | undefined {
  if (expr.op === 'column') return expr.source.kind === 'resource' ? expr : undefined;
  if (expr.op === 'field') return neededColumn(expr.struct);
  return expr.op === 'call' && expr.fn === 'part' ? neededColumn(expr.args[0]!) : undefined;
}

interface Tie {
  key: Expr;
  probe: Expr;
}

function joined(block: Block, ties: readonly Tie[], certain: boolean): SemiJoin {
  return { block, keys: ties.map(({ key }) => key), probes: ties.map(({ probe }) => probe), certain };
}

/** An equality between something of the block's rows and something of the outer row. */
function tieOf(condition: Expr, own: ReadonlySet<object>): Tie | undefined {
  if (condition.op !== 'call' || condition.fn !== '=') return undefined;
  const [left, right] = condition.args as [Expr, Expr];
  const side = (expr: Expr): 'inside' | 'outside' | undefined => {
    const { sources, variables } = freeOfExpr(expr);
    if (sources.size === 0 || variables.size > 0) return undefined;
    const inside = [...sources].map((source) => own.has(source));
    return inside.every(Boolean) ? 'inside' : inside.some(Boolean) ? undefined : 'outside';
  };
  const sides = `${side(left)} ${side(right)}`;
  if (sides === 'inside outside') return { key: left, probe: right };
  return sides === 'outside inside' ? { key: right, probe: left } : undefined;
}
