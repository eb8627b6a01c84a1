import type { ElmNode } from '@catchment/elm';
import {
  NULL,
  call,
  caseWhen,
  decimal,
  equal,
  integer,
  isLiteral,
  isNull,
  isNullLiteral,
  sameExpr,
  strict,
  timestamp,
  type Expr,
} from '../plan/expression';
import { NULL_VALUE, type TemporalType, type TemporalValue, type Value } from '../value/value';
import { operandOf } from './arithmetic';
import { unitLiteral } from './calendar';
import { diagnostic, unsupported, type Context } from './context';
import { intervalTest } from './intervals';
import { lower, precisionOf, binary, unary, type Lowering, type Operators } from './operators';
import {
  asPrecision,
  between,
  dateFrom,
  dateToDateTime,
  exactTemporal,
  isExact,
  onWall,
  stated,
  truncate,
  type Precision,
} from './temporal';
import { scalarOf } from './types';

const dateParts = ['year', 'month', 'day'] as const;
const timeParts = ['hour', 'minute', 'second', 'millisecond'] as const;
const allParts = [...dateParts, ...timeParts];
type Part = (typeof allParts)[number];

/** The constructors DateTime, Date and Time: the first component that is missing or null decides the precision. */
function constructor(type: TemporalType, parts: readonly Part[]): Lowering {
  return (node, context) => {
    const given = new Map<Part, Expr>(
      parts.flatMap((part) =>
        node[part] ? [[part, scalarOf(lower(node[part] as ElmNode, context), node, context).expr]] : [],
      ),
    );
    const offset = node.timezoneOffset
      ? scalarOf(lower(node.timezoneOffset as ElmNode, context), node, context).expr
      : NULL;
    const first = given.get(parts[0]!) ?? NULL;
    if (isNullLiteral(first)) return NULL_VALUE;
    if ([...given.values()].every(isLiteral) && isLiteral(offset)) {
      const known = parts.map((part) => given.get(part)).findIndex((expr) => !expr || isNullLiteral(expr));
      const present = parts.slice(0, known === -1 ? parts.length : known);
      const numbers = new Map(
        present.map((part) => [part, Number((given.get(part) as { value: unknown }).value)]),
      );
      return literalTemporal(type, numbers, offset.value === null ? 0 : Number(offset.value), node, context);
    }
    return computedTemporal(type, given, offset);
  };
}

const limits: Record<Part, [least: number, greatest: number]> = {
  year: [1, 9999],
  month: [1, 12],
  day: [1, 31],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
  millisecond: [0, 999],
};

function literalTemporal(
  type: TemporalType,
  parts: Map<Part, number>,
  offset: number,
  node: ElmNode,
  context: Context,
): Value {
  for (const [part, value] of parts) {
    const [least, greatest] = limits[part];
    if (!Number.isInteger(value) || value < least || value > greatest) {
      throw diagnostic(context, node, `${value} is no ${part} of a ${type}`);
    }
  }
  const part = (name: Part): number | undefined => parts.get(name);
  const year = part('year') ?? 1970;
  const month = part('month') ?? 1;
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if ((part('day') ?? 1) > lastDay)
    throw diagnostic(context, node, `day ${part('day')} is not in month ${month} of ${year}`);
  const at = (end: 'lo' | 'hi'): Expr => {
    const value = (name: Part): number =>
      part(name) ?? (end === 'lo' || type === 'Date' ? limits[name][0] : limits[name][1]);
    const inYear = type === 'Time' ? 1 : (part('month') ?? (end === 'lo' ? 1 : 12));
    const days = new Date(Date.UTC(2000 + (year % 400), inYear, 0)).getUTCDate();
    const onDay = type === 'Time' ? 1 : (part('day') ?? (end === 'lo' ? 1 : days));
    const clock = `${pad(value('hour'))}:${pad(value('minute'))}:${pad(value('second'))}.${pad(value('millisecond'), 3)}`;
    const iso = `${pad(year, 4)}-${pad(inYear)}-${pad(onDay)}T${type === 'Date' ? '00:00:00.000' : clock}`;
    return timestamp(
      offset === 0
        ? iso
        : new Date(new Date(`${iso}Z`).getTime() - offset * 3600000).toISOString().slice(0, 23),
    );
  };
  const [lo, hi] = [at('lo'), at('hi')];
  const zone: Expr = {
    op: 'literal',
    sql: `${Math.round(offset * 60)}::smallint`,
    value: Math.round(offset * 60),
  };
  return { kind: 'temporal', type, lo, hi: sameExpr(lo, hi) ? lo : hi, ...(offset !== 0 && { zone }) };
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** Components that are computed: bounds by the first missing one, at run time. */
function computedTemporal(type: TemporalType, given: Map<Part, Expr>, offset: Expr): Value {
  const part = (name: Part): Expr => given.get(name) ?? NULL;
  const date = type === 'Time' ? [integer(1970), integer(1), integer(1)] : dateParts.map(part);
  const time = type === 'Date' ? timeParts.map(() => NULL) : timeParts.map(part);
  const known = call('is not null', type === 'Time' ? part('hour') : part('year'));
  const lo = caseWhen([{ when: known, then: call('datetime', ...date, ...time) }], NULL);
  const rank = call('components', date[1]!, date[2]!, ...time);
  if (type === 'Date') return { kind: 'temporal', type, lo, hi: call('date end at', lo, rank) };
  const zone = isNullLiteral(offset) ? undefined : call('zone', offset);
  return stated({ kind: 'temporal', type, lo, hi: call('end at', lo, rank) }, zone);
}

/** Year, month, … of a value as stated; null when the value is not that precise. */
function component(given: TemporalValue, unit: Precision): Expr {
  const value = onWall(given);
  const read = strict('component', value.lo, unitLiteral(unit));
  if (isExact(value)) return read;
  const known = equal(truncate(value.lo, unit), truncate(value.hi, unit));
  return caseWhen([{ when: known, then: read }], NULL);
}

function temporalOf(value: Value, node: ElmNode, context: Context): TemporalValue | undefined {
  const operand = operandOf(value);
  if (operand.kind === 'null') return undefined;
  if (operand.kind === 'temporal') return operand;
  throw unsupported(context, node, `${node.type} of a ${operand.kind}`);
}

/** 18.9 DifferenceBetween: boundaries crossed; 18.10 DurationBetween: complete units. */
function spanning(kind: 'difference' | 'duration'): Lowering {
  return binary((left, right, node, context) => {
    const [a, b] = [temporalOf(left, node, context), temporalOf(right, node, context)];
    if (!a || !b) return NULL_VALUE;
    const unit = asPrecision(precisionOf(node) ?? 'Day')!;
    if (a.type === b.type) return between(kind, a, b, unit);
    return between(kind, dateToDateTime(a), dateToDateTime(b), unit);
  });
}

/** The instant of evaluation: the same throughout a run. */
export function now(node: ElmNode, context: Context): TemporalValue {
  const bound = context.session.parameters.get('.now');
  if (bound?.kind !== 'temporal')
    throw diagnostic(context, node, `${node.type} needs the instant of evaluation`);
  return bound;
}

/** ELM chapter 18: dates and times. */
export const dateTimeOperators: Operators = {
  // 18.2 After, 18.3 Before, 18.15 SameAs, 18.16 SameOrAfter, 18.17 SameOrBefore: of points and of intervals
  After: intervalTest('After'),
  Before: intervalTest('Before'),
  SameAs: intervalTest('SameAs'),
  SameOrAfter: intervalTest('SameOrAfter'),
  SameOrBefore: intervalTest('SameOrBefore'),
  // 18.4 Date, 18.6 DateTime, 18.18 Time
  Date: constructor('Date', dateParts),
  DateTime: constructor('DateTime', allParts),
  Time: constructor('Time', timeParts),
  // 18.5 DateFrom
  DateFrom: unary((given, node, context) => {
    const value = temporalOf(given, node, context);
    return value ? dateFrom(value) : NULL_VALUE;
  }),
  // 18.7 DateTimeComponentFrom(operand, precision)
  DateTimeComponentFrom: unary((given, node, context) => {
    const value = temporalOf(given, node, context);
    const unit = asPrecision(precisionOf(node) ?? '');
    if (!unit) throw unsupported(context, node, `the component ${precisionOf(node) ?? ''}`);
    return value ? { kind: 'scalar', type: 'Integer', expr: component(value, unit) } : NULL_VALUE;
  }),
  DifferenceBetween: spanning('difference'),
  DurationBetween: spanning('duration'),
  // 18.13 Now, 18.20 TimeOfDay, 18.21 Today
  Now: now,
  Today: (node, context) => dateFrom(now(node, context)),
  TimeOfDay: (node, context) => timeFrom(now(node, context)),
  // 18.19 TimeFrom
  TimeFrom: unary((given, node, context) => {
    const value = temporalOf(given, node, context);
    return value ? timeFrom(value) : NULL_VALUE;
  }),
  // 18.22 TimezoneOffsetFrom: in hours; what was stated without offset is in UTC
  TimezoneOffsetFrom: unary((given, node, context) => {
    const value = temporalOf(given, node, context);
    if (!value) return NULL_VALUE;
    const hours = value.zone ? strict('zone hours', value.zone) : decimal('0');
    return {
      kind: 'scalar',
      type: 'Decimal',
      expr: caseWhen([{ when: isNull(value.lo), then: NULL }], hours),
    };
  }),
};

/** The time of day as stated; null when the value is not as precise as an hour. */
function timeFrom(given: TemporalValue): TemporalValue {
  if (given.type === 'Time') return given;
  const value = onWall(given);
  const at = (expr: Expr): Expr =>
    isLiteral(expr) && typeof expr.value === 'string'
      ? timestamp(`1970-01-01${expr.value.slice(10)}`)
      : strict('time of day', expr);
  if (isExact(value)) return exactTemporal('Time', at(value.lo));
  const known = equal(truncate(value.lo, 'hour'), truncate(value.hi, 'hour'));
  const bound = (expr: Expr): Expr => caseWhen([{ when: known, then: at(expr) }], NULL);
  return { kind: 'temporal', type: 'Time', lo: bound(value.lo), hi: bound(value.hi) };
}
