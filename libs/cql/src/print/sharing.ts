import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { freeOfExpr, partsOf } from '../plan/traverse';
import type { Interning } from './interning';

/** Expressions of one block that are printed once and named, by level: a level may use the names of lower ones. */
export type Sharing = Map<number, { id: number; expr: Expr }[]>;

/** Blocks whose text would stay below this number of nodes are printed without names. */
const smallBlock = 250;
/** A repeated expression of fewer nodes is not worth a name. */
const smallExpression = 8;

/**
 * Chooses what to name, so that the printed size stays linear in the size of the plan's graph (inlined functions
 * repeat their arguments; nested repetition is exponential as text).
 */
export function findSharing(roots: readonly Expr[], own: ReadonlySet<Source>, interning: Interning): Sharing {
  const uses = new Map<number, number>();
  const nodes = new Map<number, Expr>();
  const sizes = new Map<number, number>();
  const size = (expr: Expr): number => {
    const id = interning.idOf(expr);
    const known = sizes.get(id);
    if (known !== undefined) return known;
    nodes.set(id, expr);
    const parts = partsOf(expr);
    for (const part of parts) uses.set(interning.idOf(part), (uses.get(interning.idOf(part)) ?? 0) + 1);
    const total = 1 + parts.reduce((sum, part) => sum + size(part), 0);
    sizes.set(id, total);
    return total;
  };
  for (const root of roots) uses.set(interning.idOf(root), (uses.get(interning.idOf(root)) ?? 0) + 1);
  const total = roots.reduce((sum, root) => sum + size(root), 0);
  const sharing: Sharing = new Map();
  if (total < smallBlock) return sharing;

  const aggregating = new Map<number, boolean>();
  const aggregates = (expr: Expr): boolean => {
    const id = interning.idOf(expr);
    const known = aggregating.get(id);
    if (known !== undefined) return known;
    const result = expr.op === 'aggregate' || partsOf(expr).some(aggregates);
    aggregating.set(id, result);
    return result;
  };
  const shareable = (id: number, expr: Expr): boolean => {
    if ((uses.get(id) ?? 0) < 2 || sizes.get(id)! < smallExpression || aggregates(expr)) return false;
    const free = freeOfExpr(expr);
    return free.variables.size === 0 && free.sources.size > 0 && [...free.sources].every((source) => own.has(source));
  };
  const levels = new Map<number, number>();
  const levelOf = (expr: Expr): number => {
    const id = interning.idOf(expr);
    const known = levels.get(id);
    if (known !== undefined) return known;
    const below = Math.max(0, ...partsOf(expr).map(levelOf));
    if (!shareable(id, expr)) {
      levels.set(id, below);
      return below;
    }
    levels.set(id, below + 1);
    sharing.set(below + 1, [...(sharing.get(below + 1) ?? []), { id, expr }]);
    return below + 1;
  };
  roots.forEach(levelOf);
  return sharing;
}
