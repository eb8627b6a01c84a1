import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { partsOf } from '../plan/traverse';
import { expressionsWithin, sourcesWithin } from './correlation';
import type { Interning } from './interning';

/** What a block reads of a row outside it: a column, or an expression that has a name there. */
export interface Correlate {
  id: number;
  expr: Expr;
  /** Set when it is a column. */
  column?: Extract<Expr, { op: 'column' }>;
  /** What an expression that is not a column reads there. */
  sources?: Iterable<Source>;
}

/**
 * @param inside the block's own sources, which are not outside
 * @param isNamed has the expression a name where the block will be joined?
 * @param movable what the expression reads, when it can be computed outside the block with these sources
 */
export function correlates(
  exprs: readonly Expr[],
  inside: ReadonlySet<Source>,
  interning: Interning,
  isNamed: (id: number) => boolean,
  movable: (expr: Expr, inside: ReadonlySet<Source>) => Iterable<Source> | undefined = () => undefined,
): Correlate[] {
  const found = new Map<number, Correlate>();
  const seen = new Set<number>();
  const within = new Set(inside);
  const visit = (expr: Expr): void => {
    const id = interning.idOf(expr);
    if (seen.has(id)) return;
    seen.add(id);
    if (isNamed(id)) found.set(id, { id, expr });
    else if (expr.op === 'column') {
      if (!within.has(expr.source)) found.set(id, { id, expr, column: expr });
    } else {
      const sources = movable(expr, within);
      if (sources) {
        found.set(id, { id, expr, sources });
        return;
      }
      if (expr.op === 'exists') sourcesWithin(expr.block).forEach((source) => within.add(source));
      partsOf(expr).forEach(visit);
      if (expr.op === 'exists') expressionsWithin(expr.block).forEach(visit);
    }
  };
  exprs.forEach(visit);
  return [...found.values()];
}
