import {
  NULL,
  call,
  integer,
  isLiteral,
  isNullLiteral,
  strict,
  timestamp,
  type Expr,
} from '../plan/expression';
import type { TemporalValue } from '../value/value';
import {
  exactTemporal,
  isExact,
  onWall,
  precisions,
  stated,
  temporalLimits,
  type Precision,
} from './temporal';

/** Rank of a unit as the macros of `sql/functions/cql-dates.sql` count precisions; weeks are counted in days. */
const ranks: Record<Exclude<Precision, 'week'>, number> = {
  year: 1,
  month: 2,
  day: 3,
  hour: 4,
  minute: 5,
  second: 6,
  millisecond: 7,
};

export function unitLiteral(unit: Precision): Expr {
  return { op: 'literal', sql: `'${unit}'`, value: unit };
}

interface Amount {
  count: Expr;
  unit: Exclude<Precision, 'week'>;
}

/** Whole units: fractions count as milliseconds below a second and are dropped above (CQL 1.5, 8.2 Add). */
function wholeAmount(count: Expr, unit: Precision): Amount {
  const scale = unit === 'week' ? 7 : unit === 'second' ? 1000 : 1;
  const into = unit === 'week' ? 'day' : unit === 'second' ? 'millisecond' : unit;
  if (isLiteral(count) && typeof count.value === 'number') {
    const dropped = unit === 'second' ? count.value : Math.trunc(count.value);
    return { count: integer(Math.trunc(dropped * scale)), unit: into };
  }
  const given = unit === 'week' ? strict('whole', count) : count;
  return { count: strict('whole', scale === 1 ? given : strict('*', given, integer(scale))), unit: into };
}

/**
 * Adds units of time; a value of less precision keeps its precision (25 months after 2014 is 2016). Months and years
 * are added to the date as stated, so that the end of the month is that of the stated month.
 */
export function shift(value: TemporalValue, count: Expr, unit: Precision): TemporalValue {
  if (!value.zone) return shiftUtc(value, count, unit);
  const { zone, ...utc } = value;
  const commutes = isExact(value) && ranks[unit === 'week' ? 'day' : unit] >= ranks.day;
  return commutes
    ? { ...shiftUtc(utc, count, unit), zone }
    : stated(shiftUtc(onWall(value), count, unit), zone);
}

function shiftUtc(value: TemporalValue, count: Expr, unit: Precision): TemporalValue {
  const amount = wholeAmount(count, unit);
  if (isNullLiteral(amount.count) || isNullLiteral(value.lo)) return { ...value, lo: NULL, hi: NULL };
  if (value.type === 'Date' && ranks[amount.unit] > ranks.day && isExact(value)) {
    return exactTemporal('Date', moved(value.lo, inDays(amount), 'day'));
  }
  if (isExact(value)) {
    const at = moved(value.lo, amount.count, amount.unit);
    return exactTemporal(value.type, value.type === 'Time' ? timeOfDay(at) : at);
  }
  const folded = shiftLiteral(value, amount);
  if (folded) return folded;
  const date = value.type === 'Date';
  const whole =
    date && ranks[amount.unit] > ranks.day ? { count: inDays(amount), unit: 'day' as const } : amount;
  const length = call(
    date ? 'date amount' : 'amount',
    value.lo,
    value.hi,
    whole.count,
    unitLiteral(whole.unit),
  );
  const lo = call('+', value.lo, length);
  const hi = call(date ? 'date end after' : 'end after', value.lo, value.hi, length);
  return value.type === 'Time' ? { ...value, lo: timeOfDay(lo), hi: timeOfDay(hi) } : { ...value, lo, hi };
}

/** The same for a literal of less than full precision; as the macros `cql_months`, `cql_days`, … do it. */
function shiftLiteral(value: TemporalValue, amount: Amount): TemporalValue | undefined {
  const { lo, hi } = value;
  if (!isLiteral(lo) || !isLiteral(hi) || !isLiteral(amount.count)) return undefined;
  if (typeof lo.value !== 'string' || typeof hi.value !== 'string' || value.type === 'Time') return undefined;
  const unit = unitOfSpan(Date.parse(`${hi.value}Z`) - Date.parse(`${lo.value}Z`), value.type);
  const count = Number(amount.count.value);
  const finer = ranks[amount.unit] > ranks[unit];
  const converted =
    amount.unit === 'month' && unit === 'year'
      ? count / 12
      : (count * milliseconds[amount.unit]!) / milliseconds[unit]!;
  const start = shiftIso(lo.value, finer ? Math.trunc(converted) : count, finer ? unit : amount.unit);
  if (!isRepresentable(start)) return undefined;
  const moved = timestamp(start);
  return { ...value, lo: moved, hi: endOfUnit(moved, unit, value.type) };
}

function unitOfSpan(span: number, type: TemporalValue['type']): Exclude<Precision, 'week'> {
  const day = milliseconds.day!;
  if (type === 'Date') return span === 0 ? 'day' : span < 31 * day ? 'month' : 'year';
  if (span === 0) return 'millisecond';
  const units = ['second', 'minute', 'hour', 'day'] as const;
  return units.find((unit) => span < milliseconds[unit]!) ?? (span < 31 * day ? 'month' : 'year');
}

function moved(at: Expr, count: Expr, unit: Precision): Expr {
  if (isLiteral(at) && typeof at.value === 'string' && isLiteral(count) && typeof count.value === 'number') {
    const iso = shiftIso(at.value, count.value, unit);
    if (isRepresentable(iso)) return timestamp(iso);
  }
  return strict('add', at, count, unitLiteral(unit));
}

function timeOfDay(at: Expr): Expr {
  if (isLiteral(at) && typeof at.value === 'string') return timestamp(`1970-01-01${at.value.slice(10)}`);
  return strict('time of day', at);
}

/** Hours and finer units as whole days. */
function inDays({ count, unit }: Amount): Expr {
  if (isLiteral(count)) return integer(Math.trunc((Number(count.value) * milliseconds[unit]!) / 86400000));
  return strict('whole', call('/', count, integer(86400000 / milliseconds[unit]!)));
}

/** CQL takes a year for 365 days and a month for 30 where a finer unit is turned into a coarser one. */
const milliseconds: Partial<Record<Precision, number>> = {
  year: 365 * 86400000,
  month: 30 * 86400000,
  day: 86400000,
  hour: 3600000,
  minute: 60000,
  second: 1000,
  millisecond: 1,
};

/** A UTC instant moved by whole units; a year beyond four digits is written with a sign, as ISO 8601 does. */
function shiftIso(iso: string, count: number, unit: Precision): string {
  const at = new Date(`${iso}Z`);
  if (unit === 'year' || unit === 'month') {
    const day = at.getUTCDate();
    at.setUTCDate(1);
    at.setUTCMonth(at.getUTCMonth() + count * (unit === 'year' ? 12 : 1));
    const first = new Date(at);
    first.setUTCMonth(first.getUTCMonth() + 1, 0);
    at.setUTCDate(Math.min(day, first.getUTCDate()));
  } else {
    at.setTime(at.getTime() + count * milliseconds[unit]!);
  }
  if (Number.isNaN(at.getTime())) return '+999999-01-01T00:00:00.000';
  return at.toISOString().replace('Z', '');
}

/** Literals lie in the years 1 to 9999, so that their texts sort as the instants do; other results are left to SQL. */
function isRepresentable(iso: string): boolean {
  return !/^[+-]|^0000/.test(iso);
}

/** The value where it can be represented; null beyond the years 1 to 9999. */
export function inRange(value: TemporalValue): TemporalValue {
  if (value.zone) return stated(inRange(onWall(value)), value.zone);
  if (value.type === 'Time' || isLiteral(value.lo)) return value;
  const lo = strict('in range', value.lo);
  return { ...value, lo, hi: isExact(value) ? lo : strict('in range', value.hi) };
}

/** The neighbour at the value's own precision: after 2014-01 comes 2014-02. */
export function neighbour(value: TemporalValue, direction: 1 | -1): TemporalValue {
  const step = value.type === 'Date' ? 'day' : 'millisecond';
  if (isExact(value)) {
    const next = moved(value.lo, integer(direction), step);
    return { ...value, lo: next, hi: next };
  }
  if (value.zone) return stated(neighbour(onWall(value), direction), value.zone);
  const unit = strict(value.type === 'Date' ? 'own date unit' : 'own unit', value.lo, value.hi);
  if (direction === 1) {
    const lo = moved(value.hi, integer(1), step);
    return { ...value, lo, hi: moved(call('+', lo, unit), integer(-1), step) };
  }
  return { ...value, lo: call('-', value.lo, unit), hi: moved(value.lo, integer(-1), step) };
}

/** Does a step from this literal leave the range of its type? */
export function isLimit(value: TemporalValue, direction: 1 | -1): boolean {
  const limits = temporalLimits[value.type];
  const [at, limit] = direction === 1 ? [value.hi, limits.maximum] : [value.lo, limits.minimum];
  return isLiteral(at) && isLiteral(limit) && at.value === limit.value;
}

/** Digits of a precision as CQL's Precision(), LowBoundary() and HighBoundary() count them. */
export function precisionOfDigits(digits: number, type: TemporalValue['type']): Precision | undefined {
  const dated: Record<number, Precision> = {
    4: 'year',
    6: 'month',
    8: 'day',
    10: 'hour',
    12: 'minute',
    14: 'second',
    17: 'millisecond',
  };
  const timed: Record<number, Precision> = { 2: 'hour', 4: 'minute', 6: 'second', 9: 'millisecond' };
  const found = (type === 'Time' ? timed : dated)[digits];
  return type === 'Date' && found && precisions.indexOf(found) > precisions.indexOf('day')
    ? undefined
    : found;
}

/** The last instant, or day, of the unit that begins at `at`. */
export function endOfUnit(at: Expr, unit: Exclude<Precision, 'week'>, type: TemporalValue['type']): Expr {
  const rank = ranks[unit];
  if (isLiteral(at) && typeof at.value === 'string') {
    if (unit === 'millisecond' || (type === 'Date' && unit === 'day')) return at;
    const next = shiftIso(at.value, 1, unit === 'second' ? 'millisecond' : unit);
    const after = unit === 'second' ? shiftIso(at.value, 1000, 'millisecond') : next;
    return timestamp(shiftIso(after, -1, type === 'Date' ? 'day' : 'millisecond'));
  }
  return strict(type === 'Date' ? 'date end at' : 'end at', at, integer(rank));
}
