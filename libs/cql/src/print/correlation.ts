import { Defect } from '@catchment/platform';
import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { outsideOf } from './outside';
import { semiJoin } from './semi-join';
import { freeOfExpr, partsOf, sourceExpressions } from '../plan/traverse';

/** What each source reads of others. */
type SourceReads = ReadonlyMap<Source, readonly Source[]>;

/** The sources, each after those of the block that its join condition, list or nested block reads. */
function inJoinOrder(sources: readonly Source[], reads: SourceReads): Source[] {
  const waiting = [...sources];
  const ordered: Source[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (source) =>
        (ordered.length > 0 || source.join === 'from') &&
        reads.get(source)!.every((read) => read === source || !waiting.includes(read)),
    );
    if (next < 0) throw new Defect('the sources of a block read each other');
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

/** What a source reads of others: in its join condition, its list, its nested block. */
function sourceReads(source: Source): Source[] {
  const own = freeOfExpr(...sourceExpressions(source)).sources;
  if (source.kind !== 'block') return [...own];
  const inside = source.block.sources;
  return [...own, ...outsideOf(source.block)].filter((read) => !inside.includes(read));
}

/** Blocks whose rows depend on a row of another source: they are computed for all those rows at once. */
export function dependsOnRows(source: Source): boolean {
  return source.kind === 'block' && outsideOf(source.block).size > 0;
}

/**
 * The sources in join order, each after those of the block that it reads; those that depend on rows, and what reads them,
 * come after the plain ones.
 */
export function splitSources({ sources }: Block): { plain: Source[]; late: Source[] } {
  const reads = new Map(sources.map((source) => [source, sourceReads(source)]));
  const plain: Source[] = [];
  const late: Source[] = [];
  for (const source of inJoinOrder(sources, reads)) {
    // Membership is tested above all joins of a SELECT: a table is looked into for the rows that are left.
    const looksUp = source.kind === 'resource' && source.join === 'left';
    const isLate =
      dependsOnRows(source) ||
      isComputedList(source) ||
      looksUp ||
      reads.get(source)!.some((read) => late.includes(read));
    (isLate ? late : plain).push(source);
  }
  return { plain, late };
}

/** DuckDB loses the field names of structs that are made inside a lateral join: such a list is made before it. */
export function isComputedList(source: Source): source is Extract<Source, { kind: 'unnest' }> {
  return source.kind === 'unnest' && makesStruct(source.list);
}

function makesStruct(expr: Expr): boolean {
  return expr.op === 'struct' || partsOf(expr).some(makesStruct);
}

type Exists = Extract<Expr, { op: 'exists' }>;

/**
 * The exists in these expressions, not inside subqueries, that are computed by a join of their own: those that no
 * engine's correlated subquery can be trusted with, and those that decide no row by themselves (`A or not exists B`),
 * for which an engine would first look for the distinct combinations of everything that the subquery reads.
 * @param conditions all must hold; `others` may be anything
 * @param isSmall is the block printed without common table expressions? (DuckDB reads wrong columns from correlated ones.)
 * @param byRow is there a number that tells the rows?
 */
export function hardExists(
  conditions: readonly Expr[],
  others: readonly Expr[],
  isSmall: (block: Block) => boolean,
  byRow: boolean,
): Exists[] {
  const found: Exists[] = [];
  const seen = new Set<Expr>();
  const visit = (expr: Expr, decides: boolean): void => {
    if (expr.op === 'literal' || expr.op === 'column' || expr.op === 'variable' || seen.has(expr)) return;
    seen.add(expr);
    if (
      expr.op === 'exists' &&
      outsideOf(expr.block).size > 0 &&
      !semiJoin(expr) &&
      !(isPlainSubquery(expr.block) && isSmall(expr.block) && (decides || !byRow))
    )
      found.push(expr);
    const negated = expr.op === 'call' && expr.fn === 'not';
    for (const part of partsOf(expr)) visit(part, decides && negated);
  };
  conditions.forEach((expr) => visit(expr, true));
  others.forEach((expr) => visit(expr, false));
  return found;
}

/** Scans and inner joins with filters, where nested subqueries read nothing further out than this block. */
function isPlainSubquery(block: Block): boolean {
  if (block.branches || block.pick || block.aggregated || block.distinctOn) return false;
  const own = new Set(block.sources);
  const readsOwn = (reads: Iterable<Source>): boolean => [...reads].every((read) => own.has(read));
  const sources = block.sources.every((source) => {
    if (source.kind === 'unnest') return false;
    return source.join === 'from' && readsOwn(sourceReads(source));
  });
  if (!sources) return false;
  const seen = new Set<Expr>();
  const plain = (expr: Expr): boolean => {
    if (seen.has(expr)) return true;
    seen.add(expr);
    // DuckDB cannot bind a lambda over columns of both.
    if (expr.op === 'lambda' && !readsOwn(freeOfExpr(expr).sources)) return false;
    if (expr.op === 'exists') {
      const reads = outsideOf(expr.block);
      if (reads.size > 0 && (!readsOwn(reads) || !isPlainSubquery(expr.block))) return false;
      // The probe of an uncorrelated semi-join may be a column of an outer row.
      return !expr.outer || plain(expr.outer);
    }
    return partsOf(expr).every(plain);
  };
  return block.where.every(plain);
}
