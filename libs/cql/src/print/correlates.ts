import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { sourcesWithin } from '../plan/traverse';
import type { Interning } from './interning';
import type { Node } from './node';

/** What a block reads of a row outside it: a column, or an expression that has a name there. */
export interface Correlate {
  node: Node;
  /** Set when it is a column. */
  column?: Extract<Expr, { op: 'column' }>;
  /** What an expression that is not a column reads there. */
  sources?: Iterable<Source>;
}

/**
 * @param inside the block's own sources, which are not outside
 * @param movable what the expression reads, when it can be computed outside the block with these sources
 */
export function correlates(
  exprs: readonly Expr[],
  inside: ReadonlySet<Source>,
  interning: Interning,
  movable: (node: Node, inside: ReadonlySet<Source>) => Iterable<Source> | undefined = () => undefined,
): Correlate[] {
  const found = new Map<Node, Correlate>();
  const walk = interning.newWalk();
  const within = new Set(inside);
  const visit = (node: Node): void => {
    if (node.walk === walk) return;
    node.walk = walk;
    const { column, block } = node;
    if (node.name !== undefined) found.set(node, { node });
    else if (column) {
      if (!within.has(column.source)) found.set(node, { node, column });
    } else {
      const sources = movable(node, within);
      if (sources) {
        found.set(node, { node, sources });
        return;
      }
      if (block) for (const source of sourcesWithin(block)) within.add(source);
      for (let at = 0, { children } = node; at < children; at++) visit(node.childAt(at));
    }
  };
  for (const expr of exprs) visit(interning.nodeOf(expr));
  return [...found.values()];
}
