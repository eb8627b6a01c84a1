import type { Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import type { Node } from './node';
import type { Outer } from './outer-rows';

/** How a SELECT is printed beside its outputs. */
export interface Frame {
  /** First column `key`: the partition of a picked or aggregated block. */
  key?: Expr;
  outer?: Outer;
  distinct?: boolean;
}

/** Where a SELECT reads from while its parts are put together. */
export interface Stages {
  /** Common table expressions, in order. */
  tables: string[];
  /** FROM clause of what has been put together so far. */
  body: string;
  /** Sources of this SELECT. */
  sources: ReadonlySet<Source>;
  /** What is still to be printed: filters and everything else; and the sources that are still to be joined. */
  where: Expr[];
  others: Expr[];
  late: Source[];
  /** Expressions that got their name in this SELECT. */
  names: Set<Node>;
  /** Expressions that are not ready yet: each is computed by a join of its own. */
  waiting: ReadonlySet<Node>;
  /** A column that tells one row from another. */
  rowKey?: Expr;
}
