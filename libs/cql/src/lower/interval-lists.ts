import type { ElmNode } from '@catchment/elm';
import { Unsupported } from '@catchment/platform';
import { TRUE, call, decimal, field, integer, isLiteral, strict, struct, text, type Expr } from '../plan/expression';
import { pack } from '../value/structure';
import { unpack } from '../value/unpack';
import { NULL_VALUE, type Shape, type SqlListValue, type Value } from '../value/value';
import { unsupported, type Context } from './context';
import { asInterval } from './intervals';
import { lower, operands, type Operators } from './operators';
import { endOf, startOf } from './points';
import { toSqlList } from './relation';
import { asPrecision, type Precision } from './temporal';

/** The step between neighbours: `1 day`, or what `per` says. */
interface Step {
  amount: Expr;
  unit?: Precision;
}

function transform(list: Expr, variable: string, body: Expr): Expr {
  return { op: 'lambda', fn: 'transform', list, variables: [variable], body };
}

/** The intervals as structs of their outermost known bounds. */
function bounds(list: SqlListValue, context: Context): Expr {
  const variable = context.session.variable();
  const element = unpack(list.element, { op: 'variable', name: variable }, { ...context, lambda: true });
  const interval = asInterval(element);
  const body = struct([
    ['lo', outermost(startOf(interval), 'lo')],
    ['hi', outermost(endOf(interval), 'hi')],
  ]);
  return transform(list.list, variable, body);
}

function outermost(value: Value, end: 'lo' | 'hi'): Expr {
  switch (value.kind) {
    case 'temporal':
      return value[end];
    case 'scalar':
      return value.expr;
    case 'quantity':
      return value.value;
    default:
      throw new Unsupported(`collapse or expand of intervals of ${value.kind}`);
  }
}

/** Closed intervals of a point type from structs `(lo, hi)`. */
function intervalsOf(list: Expr, point: Shape, unit: Expr | undefined, context: Context): SqlListValue {
  const variable = context.session.variable();
  const row: Expr = { op: 'variable', name: variable };
  const end = (name: 'lo' | 'hi'): Value => pointOf(field(row, name), point, unit);
  const interval: Value = { kind: 'interval', low: end('lo'), high: end('hi'), lowClosed: TRUE, highClosed: TRUE, isNull: call('is null', row) };
  const element: Shape = { kind: 'interval', point };
  return { kind: 'sqlList', element, list: transform(list, variable, pack(interval, element)) };
}

function pointOf(expr: Expr, point: Shape, unit: Expr | undefined): Value {
  switch (point.kind) {
    case 'temporal':
      return { kind: 'temporal', type: point.type, lo: expr, hi: expr };
    case 'scalar':
      return { kind: 'scalar', type: point.type, expr };
    case 'quantity':
      return { kind: 'quantity', value: expr, unit: unit ?? text('1') };
    default:
      throw new Unsupported(`intervals of ${point.kind}`);
  }
}

function pointShape(list: SqlListValue): Shape {
  if (list.element.kind === 'interval') return list.element.point;
  if (list.element.kind === 'element' && list.element.type === 'Period') return { kind: 'temporal', type: 'DateTime' };
  throw new Unsupported(`collapse or expand of a list of ${list.element.kind}`);
}

/** `per`: a quantity literal; without it the point type's own step. */
function stepOf(node: ElmNode, point: Shape, context: Context): Step {
  const given = operands(node)[1];
  const per = given ? lower(given, context) : NULL_VALUE;
  if (per.kind === 'null') {
    if (point.kind === 'temporal') return { amount: integer(1), unit: point.type === 'Date' ? 'day' : 'millisecond' };
    return { amount: point.kind === 'scalar' && point.type !== 'Decimal' ? integer(1) : decimal('0.00000001') };
  }
  if (per.kind !== 'quantity' || !isLiteral(per.value) || !isLiteral(per.unit)) {
    throw unsupported(context, node, 'a per that is no quantity literal');
  }
  if (point.kind !== 'temporal') return { amount: per.value };
  const unit = asPrecision(String(per.unit.value));
  if (!unit) throw unsupported(context, node, `per ${String(per.unit.value)} of dates`);
  return { amount: integer(Math.trunc(Number(per.value.value))), unit };
}

function unitOf(list: SqlListValue): Expr | undefined {
  if (pointShape(list).kind !== 'quantity') return undefined;
  return field(field(strict('element', list.list, integer(1)), 'low'), 'unit');
}

/** ELM chapter 19: operators over lists of intervals. */
export const intervalListOperators: Operators = {
  // 19.1 Collapse(list, per)
  Collapse: (node, context) => {
    const value = lower(operands(node)[0], context);
    if (value.kind === 'null') return value;
    const list = toSqlList(value, context);
    if (list.element.kind === 'null') return list;
    const point = pointShape(list);
    const step = stepOf(node, point, context);
    const merged = step.unit
      ? call('collapse instants', bounds(list, context), text(step.unit))
      : call('collapse numbers', bounds(list, context), step.amount);
    return intervalsOf(merged, point, unitOf(list), context);
  },
  // 19.9 Expand(list or interval, per): unit intervals of a list, points of an interval
  Expand: (node, context) => {
    const value = lower(operands(node)[0], context);
    if (value.kind === 'null') return value;
    const single = value.kind === 'interval';
    const list = toSqlList(single ? { kind: 'items', items: [value] } : value, context);
    if (list.element.kind === 'null') return list;
    const point = pointShape(list);
    const step = stepOf(node, point, context);
    const variable = context.session.variable();
    const part: Expr = { op: 'variable', name: variable };
    const [lo, hi] = [field(part, 'lo'), field(part, 'hi')];
    const starts = step.unit
      ? call('expand instants', lo, hi, step.amount, text(step.unit))
      : call('expand numbers', lo, hi, step.amount);
    const all = call('list flatten', transform(bounds(list, context), variable, starts));
    if (single) return { kind: 'sqlList', element: point, list: pointList(all, point, unitOf(list), context) };
    const start = context.session.variable();
    const from: Expr = { op: 'variable', name: start };
    const closed = transform(all, start, struct([['lo', from], ['hi', lastOf(from, step, point)]]));
    return intervalsOf(closed, point, unitOf(list), context);
  },
};

function pointList(list: Expr, point: Shape, unit: Expr | undefined, context: Context): Expr {
  const variable = context.session.variable();
  return transform(list, variable, pack(pointOf({ op: 'variable', name: variable }, point, unit), point));
}

/** The last point of the part that starts here. */
function lastOf(start: Expr, step: Step, point: Shape): Expr {
  if (step.unit) {
    const next = call('add', start, step.amount, text(step.unit));
    return call('add', next, integer(-1), text(point.kind === 'temporal' && point.type === 'Date' ? 'day' : 'millisecond'));
  }
  const one = point.kind === 'scalar' && point.type !== 'Decimal' ? integer(1) : decimal('0.00000001');
  return call('-', call('+', start, step.amount), one);
}
