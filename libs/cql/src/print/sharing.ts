import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import type { Interning } from './interning';
import type { Node } from './node';

/** Expressions that are printed once and named, by level: a level may use the names of lower ones. */
export type Sharing = Map<number, Node[]>;

/** Text that would stay below this number of nodes is printed without names. */
const smallText = 250;
/** A repeated expression of fewer nodes is not worth a name. */
const smallExpression = 8;
/**
 * A name is computed for every row, but what may fail should do so only where a CASE asks for it: up to this number of
 * nodes it is repeated instead.
 */
const lazyExpression = 24;

/** What is counted of an expression while names are chosen. */
interface Usage {
  uses: number;
  size: number;
  level: number | undefined;
}

/**
 * Chooses what to name, so that the printed size stays linear in the size of the plan's graph: inlined functions
 * repeat their arguments, and nested repetition is exponential as text.
 */
export class SharingFinder {
  constructor(private readonly interning: Interning) {}

  /**
   * @param mayBeNamed can it be computed where the names are made?
   * @param isNamed has it a name already?
   */
  find(
    roots: readonly Expr[],
    mayBeNamed: (node: Node) => boolean,
    isNamed: (id: number) => boolean,
  ): Sharing {
    const sharing: Sharing = new Map();
    let largest = 0;
    for (const root of roots) largest += this.interning.nodeOf(root).size;
    if (largest < smallText) return sharing;
    const usages = new Map<number, Usage>();
    const use = (node: Node): number => {
      const known = usages.get(node.id);
      if (known) {
        known.uses++;
        return known.size;
      }
      const usage: Usage = { uses: 1, size: 1, level: undefined };
      usages.set(node.id, usage);
      if (isNamed(node.id)) return 1;
      let size = node.weight;
      for (let at = 0, { children } = node; at < children; at++) size += use(node.childAt(at));
      usage.size = size;
      return size;
    };
    let total = 0;
    for (const root of roots) total += use(this.interning.nodeOf(root));
    if (total < smallText) return sharing;
    const levelOf = (node: Node): number => {
      const usage = usages.get(node.id)!;
      if (usage.level !== undefined) return usage.level;
      let below = 0;
      const hasName = isNamed(node.id);
      for (let at = 0, children = hasName ? 0 : node.children; at < children; at++)
        below = Math.max(below, levelOf(node.childAt(at)));
      const named =
        usage.uses >= 2 &&
        usage.size >= smallExpression &&
        !hasName &&
        !node.aggregates &&
        !(node.mayFail && usage.size < lazyExpression) &&
        mayBeNamed(node);
      const level = named ? below + 1 : below;
      usage.level = level;
      if (named) {
        const others = sharing.get(level);
        if (others) others.push(node);
        else sharing.set(level, [node]);
      }
      return level;
    };
    for (const root of roots) levelOf(this.interning.nodeOf(root));
    return sharing;
  }

  /** Is the text of a block too small for names? */
  isSmall(block: Block): boolean {
    let size = 0;
    const isLong = (node: Node): boolean => {
      size += node.weight;
      if (size >= smallText) return true;
      for (let at = 0, { children } = node; at < children; at++) if (isLong(node.childAt(at))) return true;
      return false;
    };
    const inside = this.interning.insideOf(block);
    for (let at = 0; at < inside.length; at++) if (isLong(inside.at(at))) return false;
    return true;
  }

  /** Does the expression contain one of these? @param seen what is known of others, for the same `ids` */
  contains(node: Node, ids: ReadonlySet<number>, seen: Map<number, boolean>): boolean {
    if (ids.has(node.id)) return true;
    if (node.children === 0) return false;
    const known = seen.get(node.id);
    if (known !== undefined) return known;
    let result = false;
    for (let at = 0, { children } = node; at < children && !result; at++)
      result = this.contains(node.childAt(at), ids, seen);
    seen.set(node.id, result);
    return result;
  }

  /** Everything that expressions contain, by number. */
  contentsOf(roots: readonly Expr[]): ReadonlySet<number> {
    const contents = new Set<number>();
    const visit = (node: Node): void => {
      if (contents.has(node.id)) return;
      contents.add(node.id);
      for (let at = 0, { children } = node; at < children; at++) visit(node.childAt(at));
    };
    for (const root of roots) visit(this.interning.nodeOf(root));
    return contents;
  }

  /** What the expression reads, when that is columns yet none of these sources: it may be computed where these are not. */
  movable(node: Node, inside: ReadonlySet<Source>): ReadonlySet<Source> | undefined {
    const { expr } = node;
    // The parts of a conjunction are conditions of their own.
    if (expr.op === 'call' && expr.fn === 'and') return undefined;
    if (node.aggregates || node.mayFail || node.hasSubquery) return undefined;
    const { sources, variables } = node.reads;
    if (sources.size === 0 || variables.size > 0) return undefined;
    for (const source of sources) if (inside.has(source)) return undefined;
    return sources;
  }
}
