import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { sourceExpressions } from '../plan/traverse';
import type { Interning } from './interning';
import type { Node } from './node';

/** What is still needed of the rows of a SELECT. */
export interface Needs {
  columns: Map<Source, Set<string>>;
  /** Expressions that have a name. */
  names: Set<Node>;
}

/**
 * Columns of some sources, and named expressions, that expressions and sources to come read, also from inside nested
 * blocks.
 */
export function needsOf(
  exprs: readonly Expr[],
  readers: readonly Source[],
  sources: ReadonlySet<Source>,
  interning: Interning,
): Needs {
  const needs: Needs = { columns: new Map(), names: new Set() };
  const walk = interning.newWalk();
  const visit = (node: Node): void => {
    if (node.walk === walk) return;
    node.walk = walk;
    if (node.name !== undefined) {
      needs.names.add(node);
      return;
    }
    const { column } = node;
    if (column) {
      if (!sources.has(column.source)) return;
      const columns = needs.columns.get(column.source);
      if (columns) columns.add(column.name);
      else needs.columns.set(column.source, new Set([column.name]));
      return;
    }
    for (let at = 0, { children } = node; at < children; at++) visit(node.childAt(at));
  };
  for (const expr of exprs) visit(interning.nodeOf(expr));
  for (const source of readers) {
    for (const expr of sourceExpressions(source)) visit(interning.nodeOf(expr));
    if (source.kind !== 'block') continue;
    const inside = interning.insideOf(source.block);
    for (let at = 0; at < inside.length; at++) visit(inside.at(at));
  }
  return needs;
}
