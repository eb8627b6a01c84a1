import type { ElmNode } from '@catchment/elm';
import {
  FALSE,
  NULL,
  TRUE,
  call,
  caseWhen,
  equal,
  field,
  integer,
  isLiteral,
  isNullLiteral,
  struct,
  type Expr,
} from '../plan/expression';
import { valueIsNull } from '../value/structure';
import {
  NULL_VALUE,
  type RelationValue,
  type ScalarType,
  type ScalarValue,
  type TemporalValue,
  type Value,
} from '../value/value';
import { UTC } from '../value/pack';
import { unsupported, type Context } from './context';
import { failWhere } from './failures';
import { booleanOf } from './logical';
import { lower, type Lowering, type Operators } from './operators';
import { fhirQuantity } from './points';
import { aggregateRows, aggregatesOfRows, toRelation } from './relation';
import { property } from './references';
import { isExact } from './temporal';

function source(node: ElmNode, context: Context): RelationValue | undefined {
  const value = lower(node.source as ElmNode, context);
  if (value.kind === 'null') return undefined;
  return toRelation(value, context);
}

/** The aggregated value of a row: the row itself or, with a path, an element of it. */
function rowValue(relation: RelationValue, node: ElmNode, context: Context): Value {
  return node.path ? property(relation.row, node.path as string, node, context) : relation.row;
}

function aggregate(fn: string, args: Expr[]): Expr {
  return { op: 'aggregate', fn, args, order: [] };
}

/** 21.4 Count: elements that are not null; 0 for an empty or null list. */
const count: Lowering = (node, context) => {
  const value = lower(node.source as ElmNode, context);
  if (value.kind === 'null') return { kind: 'scalar', type: 'Integer', expr: integer(0) };
  if (value.kind === 'items' && value.items.every((item) => item.kind !== 'null' && isKnown(item))) {
    return { kind: 'scalar', type: 'Integer', expr: integer(value.items.length) };
  }
  const relation = toRelation(value, context);
  const present = caseWhen([{ when: valueIsNull(rowValue(relation, node, context)), then: NULL }], TRUE);
  if (isNullLiteral(present)) return { kind: 'scalar', type: 'Integer', expr: integer(0) };
  const counted = isLiteral(present) ? aggregate('count rows', []) : aggregate('count', [present]);
  const total = aggregateRows(relation, counted, context, integer(0));
  return { kind: 'scalar', type: 'Integer', expr: call('to integer', total) };
};

function isKnown(value: Value): boolean {
  const missing = valueIsNull(value);
  return missing.op === 'literal' && missing.value === false;
}

/**
 * 21.9 Min, 21.7 Max of elements that stand in the text (`Max({ end of X, start of Y })`): no rows are needed, so that
 * it can stand inside a fold. Nulls do not count.
 */
function extreme(fn: 'min' | 'max'): Lowering {
  const overRows = statistic(fn, false);
  const best = fn === 'min' ? 'least' : 'greatest';
  return (node, context) => {
    const list = node.path ? undefined : lower(node.source as ElmNode, context);
    if (list?.kind !== 'items') return overRows(node, context);
    const items = list.items.filter(({ kind }) => kind !== 'null');
    const [first] = items;
    if (!first) return NULL_VALUE;
    const of = (exprs: Expr[]): Expr => (exprs.length === 1 ? exprs[0]! : call(best, ...exprs));
    if (
      first.kind === 'scalar' &&
      items.every((item) => item.kind === 'scalar' && item.type === first.type)
    ) {
      return { ...first, expr: of(items.map((item) => (item as ScalarValue).expr)) };
    }
    if (
      first.kind === 'temporal' &&
      items.every((item) => item.kind === 'temporal' && item.type === first.type)
    ) {
      const dates = items as TemporalValue[];
      const lo = of(dates.map((date) => date.lo));
      const hi = dates.every(isExact) ? lo : of(dates.map((date) => date.hi));
      if (dates.every(({ zone }) => !zone)) return { ...first, lo, hi };
      const stated = dates.map((date) => ({ when: equal(date.lo, lo), then: date.zone ?? UTC }));
      return { ...first, lo, hi, zone: caseWhen(stated, NULL) };
    }
    return overRows(node, context);
  };
}

/** An aggregate of the values; null for an empty list. `decimal`: the result is a Decimal whatever is given. */
function statistic(fn: string, decimal: boolean): Lowering {
  return (node, context) => {
    const relation = source(node, context);
    if (!relation) return NULL_VALUE;
    const value = rowValue(relation, node, context);
    const over = (expr: Expr): Expr => aggregateRows(relation, aggregate(fn, [expr]), context);
    switch (value.kind) {
      case 'null':
        return value;
      case 'scalar': {
        const type: ScalarType = decimal ? 'Decimal' : value.type;
        const total = over(decimal && value.type !== 'Decimal' ? call('to decimal', value.expr) : value.expr);
        return { kind: 'scalar', type, expr: convert(total, type) };
      }
      case 'temporal': {
        if (decimal) break;
        const lo = over(value.lo);
        const hi = value.hi === value.lo ? lo : over(value.hi);
        if (!value.zone) return { ...value, lo, hi };
        return { ...value, lo, hi, zone: zoneOf(lo, { lo: value.lo, zone: value.zone }, relation, context) };
      }
      case 'fhir':
      case 'quantity': {
        const quantity = value.kind === 'fhir' ? fhirQuantity(value) : value;
        const [total, unit, several] = aggregatesOfRows(
          relation,
          [
            aggregate(fn, [quantity.value]),
            aggregate('any value', [quantity.unit]),
            aggregate('several values', [quantity.unit]),
          ],
          context,
        );
        const ofOneUnit = (expr: Expr): Expr =>
          failWhere(several!, 'quantities of different units', expr, node, context);
        return {
          kind: 'quantity',
          value: ofOneUnit(convert(total!, 'Decimal')),
          unit: ofOneUnit(unit!),
        };
      }
      default:
        break;
    }
    throw unsupported(context, node, `${node.type} of a list of ${value.kind}`);
  };
}

/** The offset of the first row whose instant is the one that was found. */
function zoneOf(found: Expr, row: { lo: Expr; zone: Expr }, relation: RelationValue, context: Context): Expr {
  const stated = struct([
    ['lo', row.lo],
    ['zone', row.zone],
  ]);
  const order = [...relation.order, { expr: row.zone, descending: false }];
  const list = aggregateRows(relation, { op: 'aggregate', fn: 'list', args: [stated], order }, context);
  const one: Expr = { op: 'variable', name: context.session.variable() };
  const same: Expr = {
    op: 'lambda',
    fn: 'filter',
    list,
    variables: [one.name],
    body: equal(field(one, 'lo'), found),
  };
  return field(call('element', same, integer(1)), 'zone');
}

function convert(expr: Expr, type: ScalarType): Expr {
  switch (type) {
    case 'Integer':
      return call('to integer', expr);
    case 'Long':
      return call('to long', expr);
    case 'Decimal':
      return call('round to decimal', expr);
    case 'String':
    case 'Boolean':
      return expr;
  }
}

/** 21.1 AllTrue (true for an empty list), 21.2 AnyTrue (false); null elements are ignored. */
function truth(fn: 'all true' | 'any true'): Lowering {
  const empty = fn === 'all true' ? TRUE : FALSE;
  return (node, context) => {
    const relation = source(node, context);
    if (!relation) return { kind: 'scalar', type: 'Boolean', expr: empty };
    const value = rowValue(relation, node, context);
    if (value.kind === 'null') return { kind: 'scalar', type: 'Boolean', expr: empty };
    return {
      kind: 'scalar',
      type: 'Boolean',
      expr: aggregateRows(relation, aggregate(fn, [booleanOf(value)]), context, empty),
    };
  };
}

/** ELM chapter 21: aggregates. */
export const aggregateOperators: Operators = {
  // 21.4 Count
  Count: count,
  // 21.16 Sum, 21.14 Product
  Sum: statistic('sum', false),
  Product: statistic('product', false),
  // 21.9 Min, 21.7 Max
  Min: extreme('min'),
  Max: extreme('max'),
  // 21.3 Avg, 21.8 Median, 21.10 Mode, 21.6 GeometricMean
  Avg: statistic('avg', true),
  Median: statistic('median', true),
  Mode: statistic('mode', false),
  GeometricMean: statistic('geometric mean', true),
  // 21.17 Variance, 21.15 StdDev, 21.12 PopulationVariance, 21.11 PopulationStdDev
  Variance: statistic('variance sample', true),
  StdDev: statistic('deviation sample', true),
  PopulationVariance: statistic('variance population', true),
  PopulationStdDev: statistic('deviation population', true),
  // 21.1 AllTrue, 21.2 AnyTrue
  AllTrue: truth('all true'),
  AnyTrue: truth('any true'),
};
