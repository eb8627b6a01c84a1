import type { Expr } from './expression';
import { column, isLiteral, isNullLiteral, sameExpr } from './expression';
import type { DefineTable } from './program';

type Column = Extract<Expr, { op: 'column' }>;

/** One sort key; nulls come first ascending and last descending, as CQL says. */
export interface SortKey {
  expr: Expr;
  descending: boolean;
}

/** Where rows come from. A source's identity is its alias. */
export type Source = {
  /** `from`: inner part of the block; `left`: at most one matching row per block row, else nulls. */
  join: 'from' | 'left';
  on?: Expr;
} & (
  | { kind: 'resource'; resourceType: string }
  | { kind: 'dictionary'; table: 'concept' | 'concept_list' }
  | { kind: 'define'; define: DefineTable }
  /** A nested block; with `key`, only its rows of the patient `outer` belong to a row of this block. */
  | { kind: 'block'; block: Block; key?: { inner: Expr; outer: Expr } }
  | { kind: 'unnest'; list: Expr }
);

/**
 * One SELECT: sources, filter, and the columns that consumers asked for. Columns are added while consumers are
 * lowered, so a block is printed only after everything has been lowered.
 */
export class Block {
  sources: Source[] = [];
  where: Expr[] = [];
  /** Set: this block is the concatenation of its branches, which have the same columns. */
  branches?: Block[];
  /** Keep one row per value of these expressions. */
  distinctOn?: Expr[];
  /** Of rows that are equal, the first in this order is kept; any of them when empty. */
  distinctOrder: SortKey[] = [];
  /** Keep one row (of each patient, where the block is joined by patient): the `position`-th in this order. */
  pick?: { order: SortKey[]; position: number };
  /** One row (of each patient, where the block is joined by patient) of aggregates. */
  aggregated = false;

  /** @param branchColumns for a union: the column's expression in each branch */
  constructor(
    readonly columns = new Map<string, Expr>(),
    readonly branchColumns = new Map<string, Expr[]>(),
  ) {}

  static of(source: Source): Block {
    const block = new Block();
    block.sources.push(source);
    return block;
  }

  /** May further filters and joins be added without changing what the block means? */
  get open(): boolean {
    return !this.branches && !this.distinctOn && !this.pick && !this.aggregated && this.columns.size === 0;
  }

  /** The same block with other filters; it shares everything else. */
  withWhere(where: Expr[]): Block {
    const copy = new Block(this.columns, this.branchColumns);
    copy.sources = this.sources;
    copy.where = where;
    copy.branches = this.branches;
    copy.distinctOn = this.distinctOn;
    copy.distinctOrder = this.distinctOrder;
    copy.pick = this.pick;
    copy.aggregated = this.aggregated;
    return copy;
  }

  /** Adds an output column for an expression over this block; literals need none. */
  output(expr: Expr, as: Source, hint = 'c'): Expr {
    if (isLiteral(expr)) return expr;
    for (const [name, existing] of this.columns) if (sameExpr(existing, expr)) return column(as, name);
    const name = this.freeName(hint);
    this.columns.set(name, expr);
    return column(as, name);
  }

  /** Adds an output column of a union, given by one expression per branch. */
  outputOfBranches(exprs: Expr[], as: Source, hint = 'c'): Expr {
    const first = exprs[0]!;
    if (isLiteral(first) && exprs.every((expr) => sameExpr(expr, first))) return first;
    if (exprs.every(isNullLiteral)) return first;
    for (const [name, existing] of this.branchColumns) {
      if (existing.every((expr, i) => sameExpr(expr, exprs[i]!))) return column(as, name);
    }
    const name = this.freeName(hint);
    this.branchColumns.set(name, exprs);
    return column(as, name);
  }

  /** An output column for what a change makes of another one; that one where nothing changes. */
  outputChanged(known: Column, change: (expr: Expr) => Expr): Expr {
    const { name, source } = known;
    if (this.branches) {
      const exprs = this.branchColumns.get(name)!;
      const changed = exprs.map(change);
      return changed.every((expr, i) => expr === exprs[i]) ? known : this.outputOfBranches(changed, source);
    }
    const expr = this.columns.get(name)!;
    const changed = change(expr);
    return changed === expr ? known : this.output(changed, source);
  }

  private freeName(hint: string): string {
    const taken = this.branches ? this.branchColumns : this.columns;
    if (hint !== 'c' && !taken.has(hint)) return hint;
    for (let number = 0; ; number++) if (!taken.has(`${hint}${number}`)) return `${hint}${number}`;
  }
}
