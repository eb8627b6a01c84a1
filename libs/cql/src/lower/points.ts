import { Unsupported } from '@catchment/platform';
import { compareAge } from './ages';
import {
  FALSE,
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  coalesce,
  compare,
  decimal,
  equal,
  integer,
  isLiteral,
  isTrue,
  or,
  sameExpr,
  strict,
  type Expr,
} from '../plan/expression';
import { UTC } from '../value/pack';
import { valueIsNull } from '../value/structure';
import { calculate, isNumber } from './numbers';
import {
  NULL_VALUE,
  type IntervalValue,
  type QuantityValue,
  type ScalarValue,
  type Value,
} from '../value/value';
import { neighbour } from './calendar';
import {
  asBounds,
  compareTemporal,
  dateToDateTime,
  isExact,
  sameTemporal,
  temporalLimits,
  type Order,
  type Precision,
} from './temporal';

/** Order of two points (numbers, strings, quantities, dates, times); null when uncertain or not comparable. */
export function comparePoints(order: Order, a: Value, b: Value, precision?: Precision): Expr {
  if (a.kind === 'null' || b.kind === 'null') return NULL;
  if (a.kind === 'temporal' && b.kind === 'temporal') {
    const [left, right] = a.type === b.type ? [a, b] : [dateToDateTime(a), dateToDateTime(b)];
    return compareTemporal(order, left, right, precision);
  }
  if (a.kind === 'quantity' && b.kind === 'quantity') return compareQuantities(order, a, b);
  if (a.kind === 'scalar' && b.kind === 'scalar')
    return compareAge(order, a.expr, b.expr) ?? compare(order, a.expr, b.expr);
  const left = asBounds(a);
  const right = asBounds(b);
  if (left && right) return compareBounds(order, left, right);
  if (a.kind === 'fhir' && a.type === 'Quantity') return comparePoints(order, fhirQuantity(a), b, precision);
  if (b.kind === 'fhir' && b.type === 'Quantity') return comparePoints(order, a, fhirQuantity(b), precision);
  throw new Unsupported(`comparing a ${a.kind} with a ${b.kind}`);
}

/** Equality of two points. */
export function equalPoints(a: Value, b: Value, precision?: Precision): Expr {
  if (a.kind === 'null' || b.kind === 'null') return NULL;
  if (a.kind === 'temporal' && b.kind === 'temporal') {
    const [left, right] = a.type === b.type ? [a, b] : [dateToDateTime(a), dateToDateTime(b)];
    return sameTemporal(left, right, precision);
  }
  if (a.kind === 'quantity' && b.kind === 'quantity') {
    if (sameUnit(a, b)) return equal(a.value, b.value);
    return caseWhen(
      [{ when: equal(a.unit, b.unit), then: equal(a.value, b.value) }],
      equal(quantityOrder(a, b), integer(0)),
    );
  }
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    // Of an Any the types are known here: a number is no String and no Boolean.
    const comparable = a.type === b.type || (isNumber(a.type) && isNumber(b.type));
    if (!comparable) return caseWhen([{ when: or(valueIsNull(a), valueIsNull(b)), then: NULL }], FALSE);
    return equal(a.expr, b.expr);
  }
  const left = asBounds(a);
  const right = asBounds(b);
  if (left && right) {
    return caseWhen(
      [
        {
          when: and(equal(left.lo, left.hi), equal(right.lo, right.hi), equal(left.lo, right.lo)),
          then: TRUE,
        },
        { when: or(compare('<', left.hi, right.lo), compare('>', left.lo, right.hi)), then: FALSE },
      ],
      NULL,
    );
  }
  throw new Unsupported(`equality of a ${a.kind} and a ${b.kind}`);
}

function compareBounds(order: Order, a: { lo: Expr; hi: Expr }, b: { lo: Expr; hi: Expr }): Expr {
  if (order === '>' || order === '>=') return compareBounds(order === '>' ? '<' : '<=', b, a);
  const opposite = order === '<' ? '>=' : '>';
  return caseWhen(
    [
      { when: compare(order, a.hi, b.lo), then: TRUE },
      { when: compare(opposite, a.lo, b.hi), then: FALSE },
    ],
    NULL,
  );
}

function compareQuantities(order: Order, a: QuantityValue, b: QuantityValue): Expr {
  if (sameUnit(a, b)) return compare(order, a.value, b.value);
  return caseWhen(
    [{ when: equal(a.unit, b.unit), then: compare(order, a.value, b.value) }],
    compare(order, quantityOrder(a, b), integer(0)),
  );
}

function sameUnit(a: QuantityValue, b: QuantityValue): boolean {
  return isLiteral(a.unit) && isLiteral(b.unit) && sameExpr(a.unit, b.unit);
}

/** -1, 0, 1 after conversion to common UCUM units; null when the units cannot be compared. */
function quantityOrder(a: QuantityValue, b: QuantityValue): Expr {
  return strict('quantity order', a.value, a.unit, b.value, b.unit);
}

/** FHIRHelpers.ToQuantity: the coded unit, else the unit's text, else `1`. */
export function fhirQuantity(value: Extract<Value, { kind: 'fhir' }>): QuantityValue {
  const scalar = (element: string): Expr => {
    const found = value.get(element);
    if (found.kind !== 'scalar') throw new Unsupported(`Quantity.${element} as a ${found.kind}`);
    return found.expr;
  };
  return {
    kind: 'quantity',
    value: scalar('value'),
    unit: strict(
      'calendar unit',
      coalesce(scalar('code'), scalar('unit'), { op: 'literal', sql: "'1'", value: '1' }),
    ),
  };
}

const STEP: ScalarValue = { kind: 'scalar', type: 'Decimal', expr: decimal('0.00000001') };

/** CQL 1.5, 2.9 successor and predecessor; null beyond the limits of a number. */
export function step(value: Value, direction: 1 | -1): Value {
  switch (value.kind) {
    case 'null':
      return value;
    case 'temporal':
      return neighbour(value, direction);
    case 'scalar': {
      const amount: ScalarValue = value.type === 'Decimal' ? STEP : { ...value, expr: integer(1) };
      return calculate(direction === 1 ? 'add' : 'subtract', value, amount);
    }
    case 'quantity':
      return {
        ...value,
        value: calculate(direction === 1 ? 'add' : 'subtract', { ...STEP, expr: value.value }, STEP).expr,
      };
    default:
      throw new Unsupported(`successor of a ${value.kind}`);
  }
}

/** Minimum or maximum value of the type of a point; undefined when the type is not known (a null boundary). */
function limit(like: Value, end: 'minimum' | 'maximum'): Value | undefined {
  switch (like.kind) {
    case 'temporal': {
      const expr = temporalLimits[like.type][end];
      return { kind: 'temporal', type: like.type, lo: expr, hi: expr };
    }
    case 'scalar':
      if (like.type === 'Integer')
        return { ...like, expr: integer(end === 'minimum' ? -2147483648 : 2147483647) };
      if (like.type === 'Decimal') {
        const text = '99999999999999999999.99999999';
        return { ...like, expr: decimal(end === 'minimum' ? `-${text}` : text) };
      }
      return undefined;
    case 'quantity': {
      const text = '99999999999999999999.99999999';
      return { ...like, value: decimal(end === 'minimum' ? `-${text}` : text) };
    }
    default:
      return undefined;
  }
}

/** `start of`: a closed null boundary is the type's minimum, an open null boundary is unknown. */
export function startOf(interval: IntervalValue): Value {
  return boundary(interval, interval.low, interval.high, interval.lowClosed, 'minimum');
}

/** `end of`: a closed null boundary is the type's maximum, an open null boundary is unknown. */
export function endOf(interval: IntervalValue): Value {
  return boundary(interval, interval.high, interval.low, interval.highClosed, 'maximum');
}

function boundary(
  interval: IntervalValue,
  point: Value,
  other: Value,
  closed: Expr,
  end: 'minimum' | 'maximum',
): Value {
  if (closedExactlyWhenPresent(point, closed)) return point;
  // A point as an interval: its boundaries are the point, null with it.
  if (point === other && isTrue(closed) && sameExpr(interval.isNull, valueIsNull(point))) return point;
  const extreme = limit(point.kind === 'null' ? other : point, end);
  const opened =
    point.kind === 'null' || isTrue(closed) ? NULL_VALUE : step(point, end === 'minimum' ? 1 : -1);
  if (!extreme) return chooseLeaves(point, closed, point, opened);
  const orExtreme = chooseLeaves(point.kind === 'null' ? extreme : point, valueIsNull(point), extreme, point);
  const known = chooseLeaves(extreme, closed, orExtreme, opened);
  return chooseLeaves(extreme, interval.isNull, NULL_VALUE, known);
}

/** A FHIR Period without start has an unknown start: its low end is closed exactly when it is there. */
function closedExactlyWhenPresent(point: Value, closed: Expr): boolean {
  if (closed.op !== 'call' || closed.fn !== 'is not null') return false;
  const presence = point.kind === 'temporal' ? point.lo : point.kind === 'scalar' ? point.expr : undefined;
  return presence !== undefined && sameExpr(closed.args[0]!, presence);
}

/** CASE over the leaves of two points of one kind. */
function chooseLeaves(like: Value, when: Expr, yes: Value, no: Value): Value {
  const leaf = (read: (value: Value) => Expr): Expr =>
    caseWhen([{ when, then: yes.kind === 'null' ? NULL : read(yes) }], no.kind === 'null' ? NULL : read(no));
  switch (like.kind) {
    case 'temporal': {
      const lo = leaf((value) => (value.kind === 'temporal' ? value.lo : NULL));
      const exact = [yes, no].every((value) => value.kind !== 'temporal' || isExact(value));
      const hi = exact ? lo : leaf((value) => (value.kind === 'temporal' ? value.hi : NULL));
      const zoned = [yes, no].some((value) => value.kind === 'temporal' && value.zone);
      const zone = zoned
        ? leaf((value) => (value.kind === 'temporal' ? (value.zone ?? UTC) : NULL))
        : undefined;
      return { kind: 'temporal', type: like.type, lo, hi, ...(zone && { zone }) };
    }
    case 'scalar':
      return { ...like, expr: leaf((value) => (value.kind === 'scalar' ? value.expr : NULL)) };
    case 'quantity':
      return {
        kind: 'quantity',
        value: leaf((value) => (value.kind === 'quantity' ? value.value : NULL)),
        unit: leaf((value) => (value.kind === 'quantity' ? value.unit : NULL)),
      };
    case 'null':
      return NULL_VALUE;
    default:
      throw new Unsupported(`an interval of ${like.kind}`);
  }
}

/** A point as the interval that holds only this point. */
export function pointInterval(point: Value): IntervalValue {
  return {
    kind: 'interval',
    low: point,
    high: point,
    lowClosed: TRUE,
    highClosed: TRUE,
    isNull: valueIsNull(point),
  };
}

/** FHIRHelpers.ToInterval(Period): a missing start is unknown (open), a missing end is ongoing (closed). */
export function periodInterval(period: Extract<Value, { kind: 'fhir' | 'tuple' }>): IntervalValue {
  const read = (element: string): Value =>
    period.kind === 'fhir' ? period.get(element) : (period.fields.get(element) ?? NULL_VALUE);
  const low = read('start');
  const lowClosed = low.kind === 'temporal' ? notNull(low.lo) : FALSE;
  return { kind: 'interval', low, high: read('end'), lowClosed, highClosed: TRUE, isNull: period.isNull };
}

function notNull(expr: Expr): Expr {
  return isLiteral(expr) ? (expr.value === null ? FALSE : TRUE) : call('is not null', expr);
}

/** An interval of quantities from a FHIR Range. */
export function rangeInterval(range: Extract<Value, { kind: 'fhir' }>): IntervalValue {
  const quantity = (element: string): Value => {
    const part = range.get(element);
    return part.kind === 'fhir' ? fhirQuantity(part) : NULL_VALUE;
  };
  return {
    kind: 'interval',
    low: quantity('low'),
    high: quantity('high'),
    lowClosed: TRUE,
    highClosed: TRUE,
    isNull: range.isNull,
  };
}
