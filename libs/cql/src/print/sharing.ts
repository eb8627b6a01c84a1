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

/**
 * Chooses what to name, so that the printed size stays linear in the size of the plan's graph: inlined functions
 * repeat their arguments, and nested repetition is exponential as text.
 */
export class SharingFinder {
  constructor(private readonly interning: Interning) {}

  /** @param mayBeNamed can it be computed where the names are made? */
  find(roots: readonly Expr[], mayBeNamed: (node: Node) => boolean): Sharing {
    const sharing: Sharing = new Map();
    let largest = 0;
    for (const root of roots) largest += this.interning.nodeOf(root).size;
    if (largest < smallText) return sharing;
    const walk = this.interning.newWalk();
    let total = 0;
    for (const root of roots) total += use(this.interning.nodeOf(root), walk);
    if (total < smallText) return sharing;
    for (const root of roots) levelOf(this.interning.nodeOf(root), mayBeNamed, sharing);
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

  /** Does an expression contain one of these? */
  search(wanted: ReadonlySet<Node>): (node: Node) => boolean {
    const search = this.interning.newWalk();
    return (node) => wanted.size > 0 && contains(node, wanted, search);
  }

  /** Is something a part of one of these expressions? To be asked before the next walk. */
  contentsOf(roots: readonly Expr[]): (node: Node) => boolean {
    const walk = this.interning.newWalk();
    for (const root of roots) mark(this.interning.nodeOf(root), walk);
    return (node) => node.walk === walk;
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

/** Counts how often the text repeats an expression, and what it holds. @returns its size, once */
function use(node: Node, walk: number): number {
  if (node.walk === walk) {
    node.uses++;
    return node.usedSize;
  }
  node.walk = walk;
  node.uses = 1;
  node.usedSize = 1;
  node.level = undefined;
  if (node.name !== undefined) return 1;
  let size = node.weight;
  for (let at = 0, { children } = node; at < children; at++) size += use(node.childAt(at), walk);
  node.usedSize = size;
  return size;
}

/** The level of the names that an expression holds, once all uses are counted; 0 where it holds none. */
function levelOf(node: Node, mayBeNamed: (node: Node) => boolean, sharing: Sharing): number {
  if (node.level !== undefined) return node.level;
  let level = 0;
  if (node.name === undefined) {
    for (let at = 0, { children } = node; at < children; at++)
      level = Math.max(level, levelOf(node.childAt(at), mayBeNamed, sharing));
    if (isWorthAName(node) && mayBeNamed(node)) {
      level++;
      const others = sharing.get(level);
      if (others) others.push(node);
      else sharing.set(level, [node]);
    }
  }
  node.level = level;
  return level;
}

function isWorthAName({ uses, usedSize, aggregates, mayFail }: Node): boolean {
  return uses >= 2 && usedSize >= smallExpression && !aggregates && !(mayFail && usedSize < lazyExpression);
}

function contains(node: Node, wanted: ReadonlySet<Node>, search: number): boolean {
  if (wanted.has(node)) return true;
  if (node.children === 0) return false;
  if (node.search === search) return node.isFound;
  let isFound = false;
  for (let at = 0, { children } = node; at < children && !isFound; at++)
    isFound = contains(node.childAt(at), wanted, search);
  node.search = search;
  node.isFound = isFound;
  return isFound;
}

function mark(node: Node, walk: number): void {
  if (node.walk === walk) return;
  node.walk = walk;
  for (let at = 0, { children } = node; at < children; at++) mark(node.childAt(at), walk);
}
