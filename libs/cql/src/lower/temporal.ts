import { Unsupported } from '@catchment/platform';
import {
  FALSE,
  NULL,
  TRUE,
  and,
  call,
  caseWhen,
  compare,
  equal,
  isLiteral,
  isNullLiteral,
  or,
  sameExpr,
  strict,
  timestamp,
  type Expr,
} from '../plan/expression';
import type { TemporalType, TemporalValue, UncertainValue, Value } from '../value/value';

/** CQL precisions, coarsest first. */
export const precisions = [
  'year',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
export type Precision = (typeof precisions)[number];

/** `Day`, `days`, `d` … → `day`. */
export function asPrecision(unit: string): Precision | undefined {
  const singular = unit.toLowerCase().replace(/s$/, '');
  const ucum: Record<string, Precision> = {
    a: 'year',
    mo: 'month',
    wk: 'week',
    d: 'day',
    h: 'hour',
    min: 'minute',
  };
  if (unit === 's') return 'second';
  if (unit === 'ms') return 'millisecond';
  return precisions.find((precision) => precision === singular) ?? ucum[unit];
}

/** Earliest and latest value of a type (CQL 1.5, minimum and maximum). */
export const temporalLimits: Record<TemporalType, { minimum: Expr; maximum: Expr }> = {
  DateTime: { minimum: timestamp('0001-01-01T00:00:00.000'), maximum: timestamp('9999-12-31T23:59:59.999') },
  Date: { minimum: timestamp('0001-01-01T00:00:00.000'), maximum: timestamp('9999-12-31T00:00:00.000') },
  Time: { minimum: timestamp('1970-01-01T00:00:00.000'), maximum: timestamp('1970-01-01T23:59:59.999') },
};

export function exactTemporal(type: TemporalType, expr: Expr): TemporalValue {
  return { kind: 'temporal', type, lo: expr, hi: expr };
}

export function isExact(value: TemporalValue): boolean {
  return sameExpr(value.lo, value.hi);
}

/** What the clock on the wall showed: the same value as if it had been stated in UTC. */
export function onWall(value: TemporalValue): TemporalValue {
  const { zone, ...rest } = value;
  if (!zone) return value;
  const lo = moveClock('wall', value.lo, zone);
  return { ...rest, lo, hi: isExact(value) ? lo : moveClock('wall', value.hi, zone) };
}

/** The reverse of `onWall`. */
export function stated(wall: TemporalValue, zone: Expr | undefined): TemporalValue {
  if (!zone) return wall;
  const lo = moveClock('instant', wall.lo, zone);
  return { ...wall, lo, hi: isExact(wall) ? lo : moveClock('instant', wall.hi, zone), zone };
}

function moveClock(to: 'wall' | 'instant', at: Expr, zone: Expr): Expr {
  const back = to === 'wall' ? 'instant' : 'wall';
  if (at.op === 'call' && at.fn === back && sameExpr(at.args[1]!, zone)) return at.args[0]!;
  if (isLiteral(at) && typeof at.value === 'string' && isLiteral(zone) && typeof zone.value === 'number') {
    const minutes = to === 'wall' ? zone.value : -zone.value;
    if (minutes === 0) return at;
    const iso = new Date(Date.parse(`${at.value}Z`) + minutes * 60000).toISOString().slice(0, -1);
    if (/^(?!0000)\d{4}-/.test(iso)) return timestamp(iso);
  }
  return strict(to, at, zone);
}

/**
 * CQL normalises offsets only where hours or finer units are compared or counted: days, weeks, months and years are
 * those that were stated (CQL 1.5 appendix B, 18.2–18.17, the same sentence for each operator).
 */
export function isStatedUnit(precision: Precision): boolean {
  return precisions.indexOf(precision) <= precisions.indexOf('day');
}

/** Drops everything finer than the precision. */
export function truncate(expr: Expr, precision: Precision): Expr {
  if (isNullLiteral(expr) || precision === 'millisecond') return expr;
  if (expr.op === 'call' && expr.fn === 'end of day' && precision === 'day') return expr.args[0]!;
  if (expr.op === 'literal' && typeof expr.value === 'string')
    return timestamp(truncateIso(expr.value, precision));
  return call('truncate', expr, { op: 'literal', sql: `'${precision}'`, value: precision });
}

function truncateIso(iso: string, precision: Precision): string {
  const keep: Partial<Record<Precision, number>> = {
    year: 4,
    month: 7,
    day: 10,
    hour: 13,
    minute: 16,
    second: 19,
  };
  const length = keep[precision];
  if (length === undefined) throw new Unsupported(`truncation to ${precision}`);
  return iso.slice(0, length) + '0000-01-01T00:00:00.000'.slice(length);
}

/** A value with both bounds truncated; bounds that become the same expression stay one. */
function atPrecision(given: TemporalValue, precision: Precision | undefined): { lo: Expr; hi: Expr } {
  if (!precision) return { lo: given.lo, hi: given.hi };
  const value = isStatedUnit(precision) ? onWall(given) : given;
  const lo = truncate(value.lo, precision);
  const last = isStatedUnit(precision) ? inFirstBound(value.hi) : value.hi;
  const hi = isExact(value) ? lo : truncate(last, precision);
  return { lo, hi: sameExpr(lo, hi) ? lo : hi };
}

/** The same day, read of the lower bound where data are known to have both bounds in one day. */
function inFirstBound(hi: Expr): Expr {
  if (hi.op === 'field') return hi.daily && hi.name === 'hi' ? { ...hi, name: 'lo' } : hi;
  if (hi.op === 'column') {
    const { source } = hi;
    if (source.kind === 'define') return source.define.block.outputChanged(hi, inFirstBound);
    return source.kind === 'block' ? source.block.outputChanged(hi, inFirstBound) : hi;
  }
  if (hi.op === 'call' && hi.fn === 'wall') {
    const first = inFirstBound(hi.args[0]!);
    return first === hi.args[0] ? hi : strict('wall', first, hi.args[1]!);
  }
  if (hi.op !== 'case') return hi;
  const results = [...hi.branches.map(({ then }) => then), hi.otherwise];
  const firsts = results.map(inFirstBound);
  if (firsts.every((first, i) => first === results[i])) return hi;
  return caseWhen(
    hi.branches.map(({ when }, i) => ({ when, then: firsts[i]! })),
    firsts.at(-1)!,
  );
}

export type Order = '<' | '<=' | '>' | '>=';

/**
 * CQL 1.5 appendix B, 18.2–18.16: comparison component by component, to a precision. Bounds of two values either lie
 * apart, then their order decides; or are the same, then the values are equal; or one value is a less precise form of
 * the other, then the result is null, also where every instant would agree (`@2014-01-01 >= @2014-01`).
 */
export function compareTemporal(
  order: Order,
  a: TemporalValue,
  b: TemporalValue,
  precision?: Precision,
): Expr {
  if (order === '>' || order === '>=') return compareTemporal(order === '>' ? '<' : '<=', b, a, precision);
  const left = atPrecision(a, precision);
  const right = atPrecision(b, precision);
  if (left.lo === left.hi && right.lo === right.hi) return compare(order, left.lo, right.lo);
  const before = compare('<', left.hi, right.lo);
  const after = compare('>', left.lo, right.hi);
  const same = sameBounds(left, right, precision);
  return caseWhen(
    [
      { when: order === '<' ? before : or(before, same), then: TRUE },
      { when: order === '<' ? or(after, same) : after, then: FALSE },
    ],
    NULL,
  );
}

type Bounds = { lo: Expr; hi: Expr };

/** Both values have the same bounds and, where a precision is asked for, that precision. */
function sameBounds(a: Bounds, b: Bounds, precision: Precision | undefined): Expr {
  if (precision) return and(equal(a.lo, b.lo), equal(a.lo, a.hi), equal(b.lo, b.hi));
  return and(equal(a.lo, b.lo), equal(a.hi, b.hi));
}

/** CQL 1.5 appendix B, 18.17 and 12.1: the same instant, or the same component down to a precision. */
export function sameTemporal(a: TemporalValue, b: TemporalValue, precision?: Precision): Expr {
  const left = atPrecision(a, precision);
  const right = atPrecision(b, precision);
  if (left.lo === left.hi && right.lo === right.hi) return equal(left.lo, right.lo);
  return caseWhen(
    [
      { when: sameBounds(left, right, precision), then: TRUE },
      { when: or(compare('<', left.hi, right.lo), compare('>', left.lo, right.hi)), then: FALSE },
    ],
    NULL,
  );
}

/** ToDateTime(Date): midnight to the last millisecond of the day; the time is unknown. */
export function dateToDateTime(value: TemporalValue): TemporalValue {
  if (value.type !== 'Date') return value;
  return { kind: 'temporal', type: 'DateTime', lo: value.lo, hi: strict('end of day', value.hi) };
}

/** `date from`: the days of both bounds. */
export function dateFrom(value: TemporalValue): TemporalValue {
  if (value.type === 'Date') return value;
  const { lo, hi } = atPrecision(value, 'day');
  return { kind: 'temporal', type: 'Date', lo, hi };
}

/**
 * Whole units (`difference`: boundaries crossed; `duration`: complete units) between two values. Boundaries of days and
 * coarser units are those of the stated clocks. Complete days have passed in real time; complete months and years go by
 * the clock that the first value was stated with. (CQL 1.5, 18.11 would not normalise them either; the specification's
 * suite, DurationInDaysA, and the other engines do.)
 */
export function between(
  kind: 'difference' | 'duration',
  a: TemporalValue,
  b: TemporalValue,
  unit: Precision,
): Value {
  const count = (from: Expr, to: Expr): Expr =>
    strict(kind, from, to, { op: 'literal', sql: `'${unit}'`, value: unit });
  if (kind === 'difference' && isStatedUnit(unit) && (a.zone || b.zone)) {
    return between(kind, onWall(a), onWall(b), unit);
  }
  if (kind === 'duration' && (unit === 'month' || unit === 'year') && a.zone) {
    return between(kind, onWall(a), onWall({ ...b, zone: a.zone }), unit);
  }
  if (isExact(a) && isExact(b)) return { kind: 'scalar', type: 'Integer', expr: count(a.lo, b.lo) };
  return uncertain(count(a.hi, b.lo), count(a.lo, b.hi));
}

export function uncertain(lo: Expr, hi: Expr): Value {
  if (sameExpr(lo, hi)) return { kind: 'scalar', type: 'Integer', expr: lo };
  return { kind: 'uncertain', lo, hi };
}

/** An uncertain integer is known only where its bounds agree. */
export function certain(value: UncertainValue): Expr {
  return caseWhen([{ when: equal(value.lo, value.hi), then: value.lo }], NULL);
}

export function asBounds(value: Value): { lo: Expr; hi: Expr } | undefined {
  if (value.kind === 'uncertain') return { lo: value.lo, hi: value.hi };
  if (value.kind === 'scalar') return { lo: value.expr, hi: value.expr };
  return undefined;
}
