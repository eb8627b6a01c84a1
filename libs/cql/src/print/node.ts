import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { expressionsWithin, partsOf, sourcesWithin } from '../plan/traverse';
import type { Interning } from './interning';

/** What an expression reads that it does not bring itself. */
export interface Reads {
  sources: ReadonlySet<Source>;
  variables: ReadonlySet<string>;
}

/** A test of membership costs a join: what holds one is worth a name where it is repeated. */
const joinWeight = 40;

/**
 * An expression of a statement; equal expressions are one node. The printer walks over the expressions of a statement for
 * every table that it makes, so that what was found out about one is kept with it: while a statement is printed, its
 * expressions and blocks do not change.
 */
export class Node {
  /** The expression itself, when it is a column. */
  readonly column: Extract<Expr, { op: 'column' }> | undefined;
  /** What it asks for rows, when it is a subquery. */
  readonly block: Block | undefined;
  /** What its text counts, its parts left out. */
  readonly weight: number;
  readonly aggregates: boolean;
  /** Can it cost a patient his results? */
  readonly mayFail: boolean;
  readonly hasSubquery: boolean;
  /** SQL of its name, where it has one where printing stands now. */
  name: string | undefined = undefined;
  /** The number of the last walk that came by (`Interning.newWalk`); what a walk notes is true while it lasts. */
  walk = 0;
  /** Noted while names are chosen: how often the text repeats it, its size, and the level of its name. */
  uses = 0;
  usedSize = 0;
  level: number | undefined = undefined;
  /** Noted by searches for others in it, with the number of the search. */
  search = 0;
  isFound = false;
  private inside: Inside | undefined = undefined;
  private foundSize: number | undefined = undefined;
  private foundReads: Reads | undefined = undefined;

  /** @param expr the first of the equal ones; @param foundParts its direct parts, where they have been numbered */
  constructor(
    readonly id: number,
    readonly expr: Expr,
    private readonly interning: Interning,
    private foundParts: readonly Node[] | undefined,
  ) {
    this.column = expr.op === 'column' ? expr : undefined;
    this.block = expr.op === 'exists' ? expr.block : undefined;
    this.weight = expr.op === 'inCodeSet' && !expr.inLambda ? joinWeight : 1;
    let { aggregates, mayFail, hasSubquery } = foundParts ? contentOfItself(expr) : contentOf(expr);
    for (const part of foundParts ?? []) {
      aggregates ||= part.aggregates;
      mayFail ||= part.mayFail;
      hasSubquery ||= part.hasSubquery;
    }
    this.aggregates = aggregates;
    this.mayFail = mayFail;
    this.hasSubquery = hasSubquery;
  }

  /** Direct parts, blocks excluded. */
  get parts(): readonly Node[] {
    return (this.foundParts ??= this.interning.nodesOf(partsOf(this.expr)));
  }

  /** How many direct parts it has and, when it is a subquery, expressions inside it. */
  get children(): number {
    const own = this.parts.length;
    if (!this.block) return own;
    this.inside ??= this.interning.insideOf(this.block);
    return own + this.inside.length;
  }

  childAt(index: number): Node {
    const parts = this.parts;
    return index < parts.length ? parts[index]! : this.inside!.at(index - parts.length);
  }

  /** Number of nodes of its text, when nothing in it has a name. */
  get size(): number {
    if (this.foundSize !== undefined) return this.foundSize;
    let size = this.weight;
    for (let at = 0, { children } = this; at < children; at++) size += this.childAt(at).size;
    this.foundSize = size;
    return size;
  }

  get reads(): Reads {
    return (this.foundReads ??= this.findReads());
  }

  private findReads(): Reads {
    const { expr, parts } = this;
    // Most expressions read what one of their parts reads.
    if (parts.length === 1 && expr.op !== 'lambda' && expr.op !== 'exists') return parts[0]!.reads;
    const sources = new Set<Source>();
    const variables = new Set<string>();
    if (expr.op === 'column') sources.add(expr.source);
    if (expr.op === 'variable') variables.add(expr.name);
    for (let at = 0, { children } = this; at < children; at++) {
      const { reads } = this.childAt(at);
      for (const source of reads.sources) sources.add(source);
      for (const name of reads.variables) variables.add(name);
    }
    if (expr.op === 'lambda') for (const name of expr.variables) variables.delete(name);
    if (expr.op === 'exists') for (const source of sourcesWithin(expr.block)) sources.delete(source);
    return { sources, variables };
  }
}

type Content = Pick<Node, 'aggregates' | 'mayFail' | 'hasSubquery'>;

function contentOfItself(expr: Expr): Content {
  return {
    aggregates: expr.op === 'aggregate',
    mayFail: expr.op === 'call' && expr.fn === 'null by failure',
    hasSubquery: expr.op === 'exists',
  };
}

/** What an expression holds that has not been numbered. */
function contentOf(expr: Expr): Content {
  const contents = [contentOfItself(expr), ...partsOf(expr).map(contentOf)];
  return {
    aggregates: contents.some(({ aggregates }) => aggregates),
    mayFail: contents.some(({ mayFail }) => mayFail),
    hasSubquery: contents.some(({ hasSubquery }) => hasSubquery),
  };
}

/** The expressions of a block and the blocks inside it, which are numbered when a walk comes to them. */
export class Inside {
  private readonly exprs: readonly Expr[];
  private readonly nodes: Node[] = [];

  constructor(
    block: Block,
    private readonly interning: Interning,
  ) {
    this.exprs = expressionsWithin(block);
  }

  get length(): number {
    return this.exprs.length;
  }

  at(index: number): Node {
    while (this.nodes.length <= index) this.nodes.push(this.interning.nodeOf(this.exprs[this.nodes.length]!));
    return this.nodes[index]!;
  }
}
