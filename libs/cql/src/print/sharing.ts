import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { partsOf } from '../plan/traverse';
import { expressionsWithin, sourcesWithin } from './correlation';
import type { Interning } from './interning';

/** Expressions that are printed once and named, by level: a level may use the names of lower ones. */
export type Sharing = Map<number, { id: number; expr: Expr }[]>;

/** What an expression reads that it does not bring itself. */
export interface Reads {
  sources: ReadonlySet<Source>;
  variables: ReadonlySet<string>;
}

/** Text that would stay below this number of nodes is printed without names. */
const smallText = 250;
/** A repeated expression of fewer nodes is not worth a name. */
const smallExpression = 8;
/** A test of membership costs a join: what holds one is worth a name where it is repeated. */
const joinWeight = 40;
/**
 * A name is computed for every row, but what may fail should do so only where a CASE asks for it: up to this number of
 * nodes it is repeated instead.
 */
const lazyExpression = 24;

/**
 * Chooses what to name, so that the printed size stays linear in the size of the plan's graph: inlined functions
 * repeat their arguments, and nested repetition is exponential as text.
 */
export class SharingFinder {
  private readonly parts = new Map<number, readonly Expr[]>();
  private readonly reads = new Map<number, Reads>();
  private readonly aggregating = new Map<number, boolean>();
  private readonly failing = new Map<number, boolean>();

  constructor(private readonly interning: Interning) {}

  /**
   * @param mayBeNamed can an expression that reads this be computed where the names are made?
   * @param isNamed has it a name already?
   */
  find(
    roots: readonly Expr[],
    mayBeNamed: (reads: Reads, expr: Expr) => boolean,
    isNamed: (id: number) => boolean,
  ): Sharing {
    const uses = new Map<number, number>();
    const sizes = new Map<number, number>();
    const use = (expr: Expr): number => {
      const id = this.interning.idOf(expr);
      uses.set(id, (uses.get(id) ?? 0) + 1);
      const known = sizes.get(id);
      if (known !== undefined) return known;
      sizes.set(id, 1);
      if (isNamed(id)) return 1;
      const size = weightOf(expr) + this.partsOf(expr).reduce((sum, part) => sum + use(part), 0);
      sizes.set(id, size);
      return size;
    };
    const sharing: Sharing = new Map();
    if (roots.reduce((sum, root) => sum + use(root), 0) < smallText) return sharing;
    const levels = new Map<number, number>();
    const levelOf = (expr: Expr): number => {
      const id = this.interning.idOf(expr);
      const known = levels.get(id);
      if (known !== undefined) return known;
      const below = isNamed(id) ? 0 : Math.max(0, ...this.partsOf(expr).map(levelOf));
      const worthwhile = uses.get(id)! >= 2 && sizes.get(id)! >= smallExpression;
      const named =
        worthwhile &&
        !isNamed(id) &&
        !this.aggregates(expr) &&
        !(this.mayFail(expr) && sizes.get(id)! < lazyExpression) &&
        mayBeNamed(this.readsOf(expr), expr);
      levels.set(id, named ? below + 1 : below);
      if (named) sharing.set(below + 1, [...(sharing.get(below + 1) ?? []), { id, expr }]);
      return levels.get(id)!;
    };
    roots.forEach(levelOf);
    return sharing;
  }

  /** Is the text of these expressions too small for names? */
  isSmall(roots: readonly Expr[]): boolean {
    let size = 0;
    const count = (expr: Expr): void => {
      if (size >= smallText) return;
      size += weightOf(expr);
      this.partsOf(expr).forEach(count);
    };
    roots.forEach(count);
    return size < smallText;
  }

  /** Does the expression contain one of these? */
  contains(expr: Expr, ids: ReadonlySet<number>, seen = new Map<number, boolean>()): boolean {
    const id = this.interning.idOf(expr);
    const known = seen.get(id);
    if (known !== undefined) return known;
    const result = ids.has(id) || this.partsOf(expr).some((part) => this.contains(part, ids, seen));
    seen.set(id, result);
    return result;
  }

  /** What the expression reads, when that is columns yet none of these sources: it may be computed where these are not. */
  movable(expr: Expr, inside: ReadonlySet<Source>): ReadonlySet<Source> | undefined {
    // The parts of a conjunction are conditions of their own.
    if (expr.op === 'call' && expr.fn === 'and') return undefined;
    const { sources, variables } = this.readsOf(expr);
    if (sources.size === 0 || variables.size > 0 || this.aggregates(expr) || this.mayFail(expr))
      return undefined;
    return [...sources].some((source) => inside.has(source)) || this.hasSubquery(expr) ? undefined : sources;
  }

  private hasSubquery(expr: Expr): boolean {
    return expr.op === 'exists' || partsOf(expr).some((part) => this.hasSubquery(part));
  }

  /** Direct parts; of a subquery, every expression inside it. */
  private partsOf(expr: Expr): readonly Expr[] {
    const id = this.interning.idOf(expr);
    const known = this.parts.get(id);
    if (known) return known;
    const inside = expr.op === 'exists' ? expressionsWithin(expr.block) : [];
    const parts = [...partsOf(expr), ...inside];
    this.parts.set(id, parts);
    return parts;
  }

  private aggregates(expr: Expr): boolean {
    const id = this.interning.idOf(expr);
    const known = this.aggregating.get(id);
    if (known !== undefined) return known;
    const result = expr.op === 'aggregate' || partsOf(expr).some((part) => this.aggregates(part));
    this.aggregating.set(id, result);
    return result;
  }

  /** Can it cost a patient his results? */
  private mayFail(expr: Expr): boolean {
    const id = this.interning.idOf(expr);
    const known = this.failing.get(id);
    if (known !== undefined) return known;
    const failure = expr.op === 'call' && expr.fn === 'null by failure';
    const result = failure || partsOf(expr).some((part) => this.mayFail(part));
    this.failing.set(id, result);
    return result;
  }

  readsOf(expr: Expr): Reads {
    const id = this.interning.idOf(expr);
    const known = this.reads.get(id);
    if (known) return known;
    const sources = new Set<Source>();
    const variables = new Set<string>();
    if (expr.op === 'column') sources.add(expr.source);
    if (expr.op === 'variable') variables.add(expr.name);
    for (const part of this.partsOf(expr)) {
      const inner = this.readsOf(part);
      inner.sources.forEach((source) => sources.add(source));
      inner.variables.forEach((name) => variables.add(name));
    }
    if (expr.op === 'lambda') expr.variables.forEach((name) => variables.delete(name));
    if (expr.op === 'exists') sourcesWithin(expr.block).forEach((source) => sources.delete(source));
    const reads = { sources, variables };
    this.reads.set(id, reads);
    return reads;
  }
}

function weightOf(expr: Expr): number {
  return expr.op === 'inCodeSet' && !expr.inLambda ? joinWeight : 1;
}
