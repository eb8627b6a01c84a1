import { findElement, normalForm } from '@catchment/fhir';
import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { expressionsWithin, partsOf, sourceExpressions } from '../plan/traverse';
import type { RowKey } from './outer-rows';

/**
 * Lists inside a resource that a SELECT hands on and does not look into. To carry them through joins costs more than to
 * read them once more at the end, for the rows that are left.
 */
export interface HandedOn {
  /** By which the row is found again. */
  rowKey: RowKey;
  columns: ReadonlySet<string>;
  /** Filters by code of the same rows, with which an engine finds them faster. */
  codes: Expr[];
}

/** @param roots every expression of the SELECT; @param late sources that are joined to its rows */
export function handedOn(
  rowKey: RowKey,
  block: Block,
  roots: readonly Expr[],
  late: readonly Source[],
): HandedOn | undefined {
  const { source } = rowKey;
  if (block.distinctOn || block.pick || block.aggregated) return undefined;
  const isCarried = (expr: Expr): expr is Extract<Expr, { op: 'column' }> =>
    expr.op === 'column' && expr.source === source && isListOfParts(source.resourceType, expr.name);
  const carried = roots.filter(isCarried).map(({ name }) => name);
  if (carried.length === 0) return undefined;
  const read = columnsRead(
    source,
    roots.filter((expr) => !isCarried(expr)),
    late,
  );
  const columns = new Set(carried.filter((name) => !read.has(name)));
  if (columns.size === 0) return undefined;
  const isOfCodes = (expr: Expr): boolean =>
    expr.op === 'inCodeSet' && expr.key.op === 'column' && expr.key.source === source;
  return { rowKey, columns, codes: block.where.filter(isOfCodes) };
}

export function isHandedOn(expr: Expr, lists: HandedOn | undefined): boolean {
  return expr.op === 'column' && expr.source === lists?.rowKey.source && lists.columns.has(expr.name);
}

function isListOfParts(resourceType: string, name: string): boolean {
  const element = findElement(resourceType, name);
  return element !== undefined && element.list && normalForm(element.types[0]!) === 'struct';
}

/** Columns of a source that expressions, and sources to come, read, also inside nested blocks. */
function columnsRead(of: Source, exprs: readonly Expr[], late: readonly Source[]): ReadonlySet<string> {
  const columns = new Set<string>();
  const seen = new Set<Expr>();
  const visit = (expr: Expr): void => {
    if (expr.op === 'column') {
      if (expr.source === of) columns.add(expr.name);
      return;
    }
    if (seen.has(expr)) return;
    seen.add(expr);
    partsOf(expr).forEach(visit);
    if (expr.op === 'exists') expressionsWithin(expr.block).forEach(visit);
  };
  exprs.forEach(visit);
  for (const source of late) {
    sourceExpressions(source).forEach(visit);
    if (source.kind === 'block') expressionsWithin(source.block).forEach(visit);
  }
  return columns;
}
