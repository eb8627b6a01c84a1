import type { ElmNode } from '@catchment/elm';
import { Unsupported } from '@catchment/platform';
import { Block, type SortKey, type Source } from '../plan/block';
import {
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  coalesce,
  column,
  conjuncts,
  equal,
  isFalse,
  isLiteral,
  isNull,
  isNullLiteral,
  or,
  sameExpr,
  strict,
  type Expr,
} from '../plan/expression';
import { Rewriter, freeOfBlock, partsOf } from '../plan/traverse';
import { comparable, comparableShape } from '../value/comparable';
import { itemsToSqlList, pack } from '../value/pack';
import { shapeOf } from '../value/shape';
import { mapValue } from '../value/structure';
import { unpack } from '../value/unpack';
import { type ListValue, type RelationValue, type SqlListValue, type Value } from '../value/value';
import { NeedsRows, joinDictionary, type Context } from './context';
import { failWhere } from './failures';

/** A copy with sources of its own: relations are changed by their consumer, so each use of a name takes a copy. */
export function freshRelation(relation: RelationValue): RelationValue {
  const rewriter = new Rewriter(new Map());
  const block = rewriter.block(relation.block);
  return {
    kind: 'relation',
    block,
    row: mapValue(relation.row, rewriter.expr),
    pid: relation.pid && rewriter.expr(relation.pid),
    order: relation.order.map(rewriter.key),
  };
}

/** Wraps a finished block, so that more can be added around it. */
export function wrap(inner: Block, row: Value, pid: Expr | undefined, order: SortKey[]): RelationValue {
  const source: Source = { kind: 'block', block: inner, join: 'from' };
  const output = (expr: Expr): Expr => inner.output(expr, source);
  return {
    kind: 'relation',
    block: Block.of(source),
    row: mapValue(row, output),
    pid: pid && inner.output(pid, source, 'pid'),
    order: order.map((key) => ({ ...key, expr: output(key.expr) })),
  };
}

/** Leaves that tell one row from another; for resources the resource number. */
export function identity(value: Value): Expr[] {
  switch (value.kind) {
    case 'fhir':
      if (value.rid) return [value.rid];
      if (value.packed) return [value.packed];
      break;
    case 'choice':
      return value.alternatives.flatMap((alternative) => identity(alternative.value));
    case 'tuple':
      return [...value.fields.values()].flatMap(identity);
    case 'temporal':
      return [value.lo, value.hi];
    case 'quantity':
      // Of a quantity without a value the unit says nothing.
      return [value.value, caseWhen([{ when: isNull(value.value), then: NULL }], value.unit)];
    case 'interval':
      return [...identity(value.low), ...identity(value.high), value.lowClosed, value.highClosed].filter(
        (expr) => !isLiteral(expr),
      );
    default:
      break;
  }
  const shape = shapeOf(value);
  return [pack(value, comparableShape(shape) ?? shape)].filter((expr) => !isLiteral(expr));
}

/** Drops rows that are equal to an earlier row of the same patient; the order of a list stays. */
export function distinctRows(relation: RelationValue): RelationValue {
  const { block, row, pid, order } = relation;
  const keys = [...(pid ? [pid] : []), ...identity(row)].filter((expr) => !isLiteral(expr));
  block.distinctOn = keys.filter((key, at) => keys.findIndex((other) => sameExpr(other, key)) === at);
  block.distinctOrder = order;
  return wrap(block, row, pid, order);
}

/** Does the relation have a row for the patient of the context? */
export function existsRow(relation: RelationValue, context: Context): Expr {
  if (context.lambda) throw new NeedsRows();
  if (relation.block.where.some(isFalse)) return { op: 'literal', sql: 'false', value: false };
  return { op: 'exists', block: relation.block, inner: relation.pid, outer: relation.pid && context.pid };
}

/** Row equality for `in`, intersect and except: nulls are equal to nulls. */
export function sameRow(a: Value, b: Value): Expr {
  const left = identity(a);
  const right = identity(b);
  if (a.kind !== b.kind || left.length !== right.length || left.length === 0) {
    throw new Unsupported(`comparing a list of ${a.kind} with a list of ${b.kind}`);
  }
  const resources = a.kind === 'fhir' && a.rid;
  return and(
    ...left.map((expr, index) =>
      resources ? equal(expr, right[index]!) : call('is not distinct from', expr, right[index]!),
    ),
  );
}

/** Joins a reduced block (picked or aggregated) to the rows of the context: at most one row for each. */
function joinReduced(block: Block, pid: Expr | undefined, context: Context): Source {
  if (context.lambda && freeOfBlock(block).variables.size > 0) throw new NeedsRows();
  const known = context.block.sources.find(
    (source) => source.kind === 'block' && source.block === block && source.join === 'left',
  );
  if (known) return known;
  const source: Source = { kind: 'block', block, join: 'left' };
  if (pid) source.key = { inner: pid, outer: context.pid };
  context.block.sources.push(source);
  return source;
}

/** The row at a position of the relation's order (1 first, -1 last); null when there is none. */
export function pickRow(relation: RelationValue, position: number, context: Context): Value {
  const { block, row, pid } = relation;
  const backwards = position < 0;
  const order = relation.order.length > 0 ? [...relation.order] : [];
  // Ties, and lists without a sort, stay in source order: resources in the order of their numbers.
  if (row.kind === 'fhir' && row.rid) order.push({ expr: row.rid, descending: false });
  block.pick = {
    order: backwards ? order.map((key) => ({ ...key, descending: !key.descending })) : order,
    position: Math.abs(position),
  };
  const source = joinReduced(block, pid, context);
  return optionalRow(block, row, source);
}

/** The only row; null, and a failure of the patient, where there are several. */
export function singletonRow(
  relation: RelationValue,
  reason: string,
  node: ElmNode,
  context: Context,
): Value {
  const known = rowById(relation, context);
  if (known) return known;
  const { block, row, pid } = relation;
  block.aggregated = true;
  const source = joinReduced(block, pid, context);
  block.columns.set('several', { op: 'aggregate', fn: 'several rows', args: [], order: [] });
  block.columns.set('present', { op: 'aggregate', fn: 'any value', args: [TRUE], order: [] });
  const several = column(source, 'several');
  const missing = isNull(column(source, 'present'));
  const only = (expr: Expr): Expr => {
    const any = block.output({ op: 'aggregate', fn: 'any value', args: [expr], order: [] }, source);
    return failWhere(several, reason, any, node, context);
  };
  return mapValue(
    row,
    (expr) => (isNullLiteral(expr) ? NULL : only(expr)),
    (expr) => or(missing, isFalse(expr) ? expr : only(expr)),
  );
}

/**
 * The row with an id (`[Encounter] E where E.id = …`), where the data are known to have no second one for the patient:
 * joined as it stands. Undefined for other rows.
 */
function rowById({ block, row, pid }: RelationValue, context: Context): Value | undefined {
  const [source, ...others] = block.sources;
  if (source?.kind !== 'resource' || source.on || others.length > 0 || !block.open) return undefined;
  if (!context.session.elements.hasUniqueIds(source.resourceType)) return undefined;
  const isId = (expr: Expr): boolean => expr.op === 'column' && expr.source === source && expr.name === 'id';
  const isTied = (condition: Expr): boolean =>
    condition.op === 'call' && condition.fn === '=' && condition.args.some(isId);
  const conditions = conjuncts(block.where);
  if (!conditions.some(isTied) || conditions.some(needsJoin)) return undefined;
  if (context.lambda && freeOfBlock(block).variables.size > 0) throw new NeedsRows();
  source.join = 'left';
  source.on = and(...conditions, ...(pid ? [equal(pid, context.pid)] : []));
  context.block.sources.push(source);
  const missing = isNull(column(source, 'rid'));
  return mapValue(
    row,
    (expr) =>
      isLiteral(expr) && !isNullLiteral(expr) ? caseWhen([{ when: missing, then: NULL }], expr) : expr,
    (expr) => or(missing, expr),
  );
}

/** Does a condition bring a subquery? */
function needsJoin(condition: Expr): boolean {
  return condition.op === 'exists' || condition.op === 'inCodeSet' || partsOf(condition).some(needsJoin);
}

/** The row's leaves as columns of a left-joined block: null where no row was joined. */
function optionalRow(block: Block, row: Value, source: Source): Value {
  block.columns.set('present', TRUE);
  const missing = isNull(column(source, 'present'));
  return mapValue(
    row,
    (expr) =>
      isNullLiteral(expr)
        ? NULL
        : isLiteral(expr)
          ? caseWhen([{ when: missing, then: NULL }], expr)
          : block.output(expr, source),
    (expr) => or(missing, isFalse(expr) ? expr : block.output(expr, source)),
  );
}

/** Aggregates over the relation's rows for each row of the context; null (or `empty`) when it has none. */
export function aggregateRows(
  relation: RelationValue,
  aggregate: Expr,
  context: Context,
  empty: Expr = NULL,
): Expr {
  const [total] = aggregatesOfRows(relation, [aggregate], context);
  return coalesce(total!, empty);
}

/** Several aggregates over the same rows; null when there are none. */
export function aggregatesOfRows(
  relation: RelationValue,
  aggregates: readonly Expr[],
  context: Context,
): Expr[] {
  const { block, pid } = relation;
  block.aggregated = true;
  const source = joinReduced(block, pid, context);
  return aggregates.map((aggregate) => block.output(aggregate, source, 'agg'));
}

/** The list as rows. */
export function toRelation(value: Value, context: Context): RelationValue {
  switch (value.kind) {
    case 'relation':
      return value;
    case 'sqlList': {
      if (context.lambda) throw new NeedsRows();
      const source: Source = { kind: 'unnest', list: value.list, join: 'from' };
      const block = Block.of(source);
      const row = unpack(value.element, column(source, 'v'), { ...context, block });
      return {
        kind: 'relation',
        block,
        row,
        order: [{ expr: column(source, 'position'), descending: false }],
      };
    }
    case 'items':
    case 'conceptList':
      return toRelation(toSqlList(value, context), context);
    case 'null': {
      const relation = toRelation(
        { kind: 'sqlList', list: call('list'), element: { kind: 'null' } },
        context,
      );
      relation.block.where.push({ op: 'literal', sql: 'false', value: false });
      return relation;
    }
    default:
      // A single value where a list is expected is a list of one (list promotion).
      return toRelation({ kind: 'items', items: [value] }, context);
  }
}

/** The list as one SQL value. */
export function toSqlList(value: Value, context: Context): SqlListValue {
  switch (value.kind) {
    case 'sqlList':
      return value;
    case 'items':
      return itemsToSqlList({ kind: 'items', items: value.items.map((item) => withoutRows(item, context)) });
    case 'conceptList': {
      const source = joinDictionary(context, 'concept_list', value.key);
      return {
        kind: 'sqlList',
        list: column(source, 'concepts'),
        element: { kind: 'concept', coding: value.coding },
      };
    }
    case 'relation': {
      const element = shapeOf(value.row);
      const order = [...value.order];
      if (value.row.kind === 'fhir' && value.row.rid) order.push({ expr: value.row.rid, descending: false });
      const list: Expr = { op: 'aggregate', fn: 'list', args: [pack(value.row, element)], order };
      return { kind: 'sqlList', element, list: aggregateRows(value, list, context, call('list')) };
    }
    case 'null':
      return { kind: 'sqlList', list: NULL, element: { kind: 'null' } };
    default:
      return itemsToSqlList({ kind: 'items', items: [value] });
  }
}

/** The list's elements laid out so that equal ones are the same SQL value. */
export function comparableElements({ list, element }: SqlListValue, context: Context): Expr {
  return comparable(list, { kind: 'list', element }, () => context.session.variable());
}

/** 20.5: the first of equal elements stays. */
export function distinctElements(value: SqlListValue, context: Context): SqlListValue {
  const keys = comparableElements(value, context);
  const list =
    keys === value.list ? strict('list distinct', keys) : strict('list distinct by', value.list, keys);
  return { ...value, list };
}

/** The same value with every list of rows inside it turned into a SQL list, so that it can be a row itself. */
export function withoutRows(value: Value, context: Context): Value {
  if (value.kind === 'relation') return toSqlList(value, context);
  if (value.kind === 'tuple') {
    return {
      ...value,
      fields: new Map([...value.fields].map(([name, inner]) => [name, withoutRows(inner, context)])),
    };
  }
  return value;
}

export function isList(value: Value): value is ListValue | Extract<Value, { kind: 'conceptList' }> {
  const { kind } = value;
  return kind === 'relation' || kind === 'sqlList' || kind === 'items' || kind === 'conceptList';
}
