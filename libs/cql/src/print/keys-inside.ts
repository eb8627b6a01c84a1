import type { Source } from '../plan/block';
import { sameExpr, type Expr } from '../plan/expression';

/** An expression of the rows inside a block, and the one outside that it equals. */
export interface Keys {
  inner: Expr;
  outer: Expr;
}

/**
 * Filters that equate a column of a joined block with what can be read before it: they hold inside the block too, where
 * they keep rows of other patients from being computed for this one.
 */
export function keysInside(
  source: Extract<Source, { kind: 'block' }>,
  where: readonly Expr[],
  isReadable: (expr: Expr) => boolean,
): Keys[] {
  const { block, join } = source;
  // Of a picked or aggregated block the rows would be others.
  if (join !== 'from' || block.branches || block.pick || block.aggregated) return [];
  return where.flatMap((condition) => {
    if (condition.op !== 'call' || condition.fn !== '=') return [];
    const own = condition.args.find((arg) => arg.op === 'column' && arg.source === source);
    const outer = condition.args.find((arg) => arg !== own);
    const inner = own?.op === 'column' && block.columns.get(own.name);
    if (!inner || !outer || !isReadable(outer)) return [];
    const stays = !block.distinctOn || block.distinctOn.some((expr) => sameExpr(expr, inner));
    return stays ? [{ inner, outer }] : [];
  });
}
