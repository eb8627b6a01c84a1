import type { ElmNode } from '@catchment/elm';
import { Unsupported } from '@catchment/platform';
import {
  NULL,
  TRUE,
  call,
  caseWhen,
  decimal,
  equal,
  field,
  integer,
  isLiteral,
  sameExpr,
  strict,
  struct,
  text,
  type Expr,
} from '../plan/expression';
import { UTC, convertScalar, pack } from '../value/pack';
import { unpack } from '../value/unpack';
import {
  NULL_VALUE,
  type IntervalValue,
  type Shape,
  type SqlListValue,
  type TemporalType,
  type TemporalValue,
  type Value,
} from '../value/value';
import { unitLiteral } from './calendar';
import { unsupported, type Context } from './context';
import { asInterval } from './intervals';
import { literalDigits } from './numbers';
import { lower, operands, type Operators } from './operators';
import { endOf, startOf } from './points';
import { toSqlList } from './relation';
import { asPrecision, isStatedUnit, onWall, stated, truncate, type Precision } from './temporal';

/** The step between neighbours: `1 day`, or what `per` says. */
interface Step {
  amount: Expr;
  unit?: Precision;
}

function transform(list: Expr, variable: string, body: Expr): Expr {
  return { op: 'lambda', fn: 'transform', list, variables: [variable], body };
}

/** A struct for each interval of the list. */
function ofEach(
  list: SqlListValue,
  read: (interval: IntervalValue) => [string, Expr][],
  context: Context,
): Expr {
  const variable = context.session.variable();
  const element = unpack(list.element, { op: 'variable', name: variable }, { ...context, lambda: true });
  return transform(list.list, variable, struct(read(asInterval(element))));
}

/** Both bounds of a point; the zone is that of a DateTime. */
function boundsOf(value: Value): { lo: Expr; hi: Expr; zone?: Expr } {
  switch (value.kind) {
    case 'temporal':
      return { lo: value.lo, hi: value.hi, zone: value.zone };
    case 'scalar':
      return { lo: value.expr, hi: value.expr };
    case 'quantity':
      return { lo: value.value, hi: value.value };
    case 'null':
      return { lo: NULL, hi: NULL };
    default:
      throw new Unsupported(`collapse or expand of intervals of ${value.kind}`);
  }
}

/** A point of a type from its bounds. */
function pointOf(lo: Expr, hi: Expr, point: Shape, unit: Expr | undefined, zone?: Expr): Value {
  switch (point.kind) {
    case 'temporal':
      return {
        kind: 'temporal',
        type: point.type,
        lo,
        hi,
        ...(point.type === 'DateTime' && zone && { zone }),
      };
    case 'scalar':
      return { kind: 'scalar', type: point.type, expr: lo };
    case 'quantity':
      return { kind: 'quantity', value: lo, unit: unit ?? text('1') };
    default:
      throw new Unsupported(`intervals of ${point.kind}`);
  }
}

function closedInterval(low: Value, high: Value): IntervalValue {
  return {
    kind: 'interval',
    low,
    high,
    lowClosed: TRUE,
    highClosed: TRUE,
    isNull: { op: 'literal', sql: 'false', value: false },
  };
}

/** The list whose elements are made of the elements of another. */
function listOf(list: Expr, element: Shape, make: (item: Expr) => Value, context: Context): SqlListValue {
  const variable = context.session.variable();
  const body = pack(make({ op: 'variable', name: variable }), element);
  return { kind: 'sqlList', element, list: transform(list, variable, body) };
}

function pointShape(list: SqlListValue): Shape {
  if (list.element.kind === 'interval') return list.element.point;
  if (list.element.kind === 'element' && list.element.type === 'Period')
    return { kind: 'temporal', type: 'DateTime' };
  throw new Unsupported(`collapse or expand of a list of ${list.element.kind}`);
}

/** `per`: a quantity literal; without it the point type's own step. */
function stepOf(node: ElmNode, point: Shape, unitOfPoints: Expr | undefined, context: Context): Step {
  const given = operands(node)[1];
  const per = given ? lower(given, context) : NULL_VALUE;
  if (per.kind === 'null') {
    if (point.kind === 'temporal')
      return { amount: integer(1), unit: point.type === 'Date' ? 'day' : 'millisecond' };
    return {
      amount: point.kind === 'scalar' && point.type !== 'Decimal' ? decimal('1') : decimal('0.00000001'),
    };
  }
  if (per.kind !== 'quantity' || !isLiteral(per.value) || !isLiteral(per.unit)) {
    throw unsupported(context, node, 'a per that is no quantity literal');
  }
  if (point.kind === 'quantity' && !(unitOfPoints && sameExpr(unitOfPoints, per.unit))) {
    throw unsupported(context, node, 'a per in another unit than the quantities');
  }
  if (point.kind !== 'temporal') return { amount: per.value };
  const unit = asPrecision(String(per.unit.value));
  if (!unit) throw unsupported(context, node, `per ${String(per.unit.value)} of dates`);
  const amount = Math.trunc(Number(per.value.value));
  return unit === 'week' ? { amount: integer(7 * amount), unit: 'day' } : { amount: integer(amount), unit };
}

function unitOf(list: SqlListValue): Expr | undefined {
  if (pointShape(list).kind !== 'quantity') return undefined;
  return field(field(strict('element', list.list, integer(1)), 'low'), 'unit');
}

/** Units of 0.00000001 in the last digit that the text of a decimal writes. */
function precisionUnits(amount: Expr): number {
  const written = isLiteral(amount) ? literalDigits(amount) : '';
  const digits = (written.split('.')[1] ?? '').replace(/0+$/, '').length;
  return 10 ** (8 - digits);
}

/**
 * Starts of the parts of all dated intervals, `at` and `zone`: days and coarser parts are those of the stated clock, at
 * the offset of the interval's start; finer ones are instants.
 */
function datedStarts(list: SqlListValue, amount: Expr, unit: Precision, context: Context): Expr {
  // A boundary that is less precise than the step has no parts.
  const begin = (value: Value): Expr => {
    if (value.kind !== 'temporal') return NULL;
    const { lo, hi } = isStatedUnit(unit) ? onWall(value) : value;
    const [first, last] = [truncate(lo, unit), truncate(hi, unit)];
    return caseWhen([{ when: equal(first, last), then: first }], NULL);
  };
  const ends = ofEach(
    list,
    (one) => [
      ['lo', begin(startOf(one))],
      ['hi', begin(endOf(one))],
      ['zone', boundsOf(startOf(one)).zone ?? UTC],
    ],
    context,
  );
  const interval: Expr = { op: 'variable', name: context.session.variable() };
  const at: Expr = { op: 'variable', name: context.session.variable() };
  const of = (name: string): Expr => field(interval, name);
  const part = struct([
    ['at', at],
    ['zone', of('zone')],
  ]);
  const starts = transform(call('expand instants', of('lo'), of('hi'), amount, text(unit)), at.name, part);
  return call('list flatten', transform(ends, interval.name, starts));
}

/** Starts of the parts of all intervals, as decimals or as `datedStarts`. */
function partStarts(list: SqlListValue, step: Step, point: Shape, context: Context): Expr {
  if (step.unit) return datedStarts(list, step.amount, step.unit, context);
  const variable = context.session.variable();
  const interval: Expr = { op: 'variable', name: variable };
  const [lo, hi] = [field(interval, 'lo'), field(interval, 'hi')];
  const units = precisionUnits(step.amount);
  const ends = ofEach(
    list,
    (one) => {
      const [first, last] = [boundsOf(startOf(one)).lo, boundsOf(endOf(one)).lo];
      const type = point.kind === 'scalar' ? point.type : 'Decimal';
      const end = convertScalar(last, type, 'Decimal');
      // An Integer stands for every decimal up to the next one: 10 per 0.1 goes to 10.9.
      const upTo = type === 'Decimal' ? end : call('add decimal', end, decimal('0.99999999'));
      return [
        ['lo', convertScalar(first, type, 'Decimal')],
        ['hi', upTo],
      ];
    },
    context,
  );
  const starts = call('expand numbers', lo, hi, step.amount, {
    op: 'literal',
    sql: `${units}::hugeint`,
    value: units,
  });
  return call('list flatten', transform(ends, variable, starts));
}

/** The point that starts here, at the precision of the step. */
function partPoint(start: Expr, step: Step, point: Shape, unit: Expr | undefined): Value {
  if (!step.unit || point.kind !== 'temporal') {
    const whole =
      point.kind === 'scalar' && point.type !== 'Decimal' && precisionUnits(step.amount) === 100000000;
    return pointOf(whole ? call('to integer', start) : start, start, point, unit);
  }
  return datedPart(field(start, 'at'), field(start, 'zone'), step.unit, point.type);
}

function datedPart(at: Expr, zone: Expr, unit: Precision, type: TemporalType): Value {
  const next = call('add', at, integer(1), unitLiteral(unit));
  const exact = unit === 'millisecond' || (unit === 'day' && type === 'Date');
  const hi = exact
    ? at
    : call('add', next, integer(-1), unitLiteral(type === 'Date' ? 'day' : 'millisecond'));
  const part: TemporalValue = { kind: 'temporal', type, lo: at, hi };
  if (type !== 'DateTime') return part;
  return isStatedUnit(unit) ? stated(part, zone) : { ...part, zone };
}

/** The last point of the part that starts here. */
function lastPoint(start: Expr, step: Step, point: Shape, unit: Expr | undefined): Value {
  const { amount } = step;
  if (step.unit) {
    const count = integer(Number(isLiteral(amount) ? amount.value : 1) - 1);
    const at = call('add', field(start, 'at'), count, unitLiteral(step.unit));
    return partPoint(
      struct([
        ['at', at],
        ['zone', field(start, 'zone')],
      ]),
      step,
      point,
      unit,
    );
  }
  const one = decimal((precisionUnits(amount) / 1e8).toFixed(8));
  return partPoint(call('subtract decimal', call('add decimal', start, amount), one), step, point, unit);
}

/** Points of a fractional step are Decimals, also of an interval of Integers. */
function partShape(point: Shape, step: Step): Shape {
  if (point.kind !== 'scalar' || step.unit || precisionUnits(step.amount) === 100000000) return point;
  return { kind: 'scalar', type: 'Decimal' };
}

/** ELM chapter 19: operators over lists of intervals. */
export const intervalListOperators: Operators = {
  // 19.1 Collapse(list, per)
  Collapse: (node, context) => {
    const value = lower(operands(node)[0], context);
    if (value.kind === 'null') return value;
    const list = toSqlList(value, context);
    if (list.element.kind === 'null' || pointShape(list).kind === 'null')
      return { ...list, list: call('list') };
    const point = pointShape(list);
    const unit = unitOf(list);
    const step = stepOf(node, point, unit, context);
    const known = ofEach(
      list,
      (interval) => {
        const [start, end] = [boundsOf(startOf(interval)), boundsOf(endOf(interval))];
        return [
          ['lo', start.lo],
          ['lo_to', start.hi],
          ['hi_from', end.lo],
          ['hi', end.hi],
          ['lo_zone', start.zone ?? UTC],
          ['hi_zone', end.zone ?? UTC],
        ];
      },
      context,
    );
    const merged = step.unit
      ? call('collapse instants', known, text(step.unit))
      : call('collapse numbers', known, step.amount);
    const make = (item: Expr): Value => {
      const low = pointOf(field(item, 'lo'), field(item, 'lo_to'), point, unit, field(item, 'lo_zone'));
      const high = pointOf(field(item, 'hi_from'), field(item, 'hi'), point, unit, field(item, 'hi_zone'));
      return closedInterval(low, high);
    };
    return listOf(merged, { kind: 'interval', point }, make, context);
  },
  // 19.9 Expand(list or interval, per): unit intervals of a list, points of an interval
  Expand: (node, context) => {
    const value = lower(operands(node)[0], context);
    if (value.kind === 'null') return value;
    const single = value.kind === 'interval';
    const list = toSqlList(single ? { kind: 'items', items: [value] } : value, context);
    if (list.element.kind === 'null' || pointShape(list).kind === 'null')
      return { ...list, list: call('list') };
    const point = pointShape(list);
    const unit = unitOf(list);
    const step = stepOf(node, point, unit, context);
    const starts = partStarts(list, step, point, context);
    const shape = partShape(point, step);
    if (single) return listOf(starts, shape, (start) => partPoint(start, step, shape, unit), context);
    const make = (start: Expr): Value =>
      closedInterval(partPoint(start, step, shape, unit), lastPoint(start, step, shape, unit));
    return listOf(starts, { kind: 'interval', point: shape }, make, context);
  },
};
