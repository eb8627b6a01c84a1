import { Unsupported } from '@catchment/platform';
import { Block, type Source } from '../plan/block';
import { and, conjuncts, isFalse, isNullLiteral, or, sameExpr, type Expr } from '../plan/expression';
import { Rewriter, partsOf } from '../plan/traverse';
import { combineValues } from '../value/combine';
import { NULL_VALUE, type RelationValue, type Value } from '../value/value';
import { distinctRows } from './relation';

/** All rows of several relations; without `distinct` equal rows stay. */
export function unionRows(relations: RelationValue[], distinct: boolean): RelationValue {
  const live = relations.filter(
    (relation) => !relation.block.where.some((where) => isFalse(where) || isNullLiteral(where)),
  );
  const used = mergeScans(live.length > 0 ? live : relations.slice(0, 1), distinct);
  const types = relations.flatMap(({ row }) => resourceTypes(row));
  if (used.length === 1) return { ...used[0]!, row: withTypes(used[0]!.row, types) };
  const union = new Block();
  union.branches = used.map((relation) => relation.block);
  const source: Source = { kind: 'block', block: union, join: 'from' };
  const pids = used.map((relation) => relation.pid);
  const combined: RelationValue = {
    kind: 'relation',
    block: Block.of(source),
    row: withTypes(
      combineValues(
        used.map((relation) => relation.row),
        (exprs) => union.outputOfBranches(exprs, source),
      ),
      types,
    ),
    pid: pids.every((pid) => pid !== undefined) ? union.outputOfBranches(pids, source, 'pid') : undefined,
    order: [],
  };
  if (!combined.pid && pids.some((pid) => pid !== undefined)) {
    throw new Unsupported('a union of rows with and without a patient');
  }
  return distinct ? distinctRows(combined) : combined;
}

function resourceTypes(row: Value): string[] {
  if (row.kind === 'choice') return row.alternatives.map(({ type }) => type);
  return row.kind === 'fhir' ? [row.type] : [];
}

/** A row of a union, of which there are no rows of some types: it can be asked for their elements, and has none. */
function withTypes(row: Value, types: readonly string[]): Value {
  const own = resourceTypes(row);
  const missing = [...new Set(types)].filter((type) => !own.includes(type));
  if (own.length === 0 || missing.length === 0) return row;
  const alternatives = row.kind === 'choice' ? row.alternatives : [{ type: own[0]!, value: row }];
  return {
    kind: 'choice',
    alternatives: [...alternatives, ...missing.map((type) => ({ type, value: NULL_VALUE }))],
  };
}

/** One scan instead of a union of scans of one table: rows that meet any of the filters, each once. */
function mergeScans(relations: RelationValue[], distinct: boolean): RelationValue[] {
  if (!distinct) return relations;
  const merged: { scan: Scan; relation: RelationValue; filters: Expr[][] }[] = [];
  const result: RelationValue[] = [];
  for (const relation of relations) {
    const scan = scanOf(relation);
    if (!scan || !merged.some((known) => absorb(known, relation, scan))) {
      if (scan) merged.push({ scan, relation, filters: [conjuncts(relation.block.where)] });
      result.push(relation);
    }
  }
  for (const { relation, filters } of merged) {
    if (filters.length > 1) relation.block.where = conjuncts([anyOf(filters)]);
  }
  return result;
}

/** A relation that is the filtered scan of one table, with at most one row of other sources for each of its rows. */
interface Scan {
  source: Extract<Source, { kind: 'resource' }>;
  /** Are all filters about the row alone? */
  plain: boolean;
}

function scanOf({ block, row }: RelationValue): Scan | undefined {
  const [source, ...others] = block.sources;
  if (!block.open || source?.kind !== 'resource' || row.kind !== 'fhir') return undefined;
  if (row.rid?.op !== 'column' || row.rid.source !== source) return undefined;
  if (others.some(({ join }) => join !== 'left')) return undefined;
  return { source, plain: others.length === 0 && !block.where.some(hasSubquery) };
}

/**
 * Takes a scan of the same table into another one. What needs other tables is then computed for the rows of both:
 * worth it where they look for the same codes.
 */
function absorb(
  known: { scan: Scan; relation: RelationValue; filters: Expr[][] },
  relation: RelationValue,
  scan: Scan,
): boolean {
  if (known.scan.source.resourceType !== scan.source.resourceType) return false;
  const rewriter = new Rewriter(new Map([[scan.source, known.scan.source]]), new Set([scan.source]));
  const copy = rewriter.block(relation.block);
  const filters = conjuncts(copy.where);
  const simple = known.scan.plain && scan.plain;
  if (
    !simple &&
    !known.filters.every((other) => sameFilters(other.filter(isOfCodes), filters.filter(isOfCodes)))
  )
    return false;
  known.relation.block.sources.push(...copy.sources.slice(1));
  known.filters.push(filters);
  known.scan.plain = simple;
  return true;
}

function anyOf(filters: readonly Expr[][]): Expr {
  const [first, ...others] = filters as [Expr[], ...Expr[][]];
  const common = first.filter((one) => others.every((other) => includes(other, one)));
  return and(...common, or(...filters.map((own) => and(...own.filter((one) => !includes(common, one))))));
}

function includes(exprs: readonly Expr[], expr: Expr): boolean {
  return exprs.some((other) => sameExpr(other, expr));
}

function sameFilters(some: readonly Expr[], others: readonly Expr[]): boolean {
  return some.length === others.length && some.every((one) => includes(others, one));
}

function isOfCodes(expr: Expr): boolean {
  return expr.op === 'inCodeSet' || partsOf(expr).some(isOfCodes);
}

function hasSubquery(expr: Expr): boolean {
  return expr.op === 'exists' || partsOf(expr).some(hasSubquery);
}
