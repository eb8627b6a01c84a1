import type { ElmNode } from '@catchment/elm';
import { Unsupported } from '@catchment/platform';
import { FALSE, NULL, TRUE, and, caseWhen, isFalse, not, or, type Expr } from '../plan/expression';
import { chooseValue } from '../value/combine';
import { valueIsNull } from '../value/structure';
import type { IntervalValue, Value } from '../value/value';
import { diagnostic, type Context } from './context';
import { calculate } from './numbers';
import type { Lowering, Operators } from './operators';
import { binary, precisionOf, unary } from './operators';
import { boolean } from './logical';
import {
  comparePoints,
  endOf,
  equalPoints,
  fhirQuantity,
  periodInterval,
  pointInterval,
  rangeInterval,
  startOf,
  step,
} from './points';
import { shift } from './calendar';
import { addQuantities } from './quantities';
import { asPrecision, dateToDateTime, type Precision } from './temporal';

/** The value as an interval; FHIR Periods and Ranges are converted, points become intervals of one point. */
export function asInterval(value: Value): IntervalValue {
  switch (value.kind) {
    case 'interval':
      return value;
    case 'fhir':
      if (value.type === 'Period') return periodInterval(value);
      if (value.type === 'Range') return rangeInterval(value);
      if (value.type === 'Quantity') return pointInterval(fhirQuantity(value));
      break;
    case 'tuple':
      if (value.typeName === 'Period') return periodInterval(value);
      break;
    case 'choice': {
      const dated = value.alternatives.filter(
        ({ type }) => type === 'Period' || type.startsWith('Interval<') || points.has(type),
      );
      if (dated.length > 0) return anyInterval(dated.map((alternative) => alternative.value));
      break;
    }
    case 'null':
      return { kind: 'interval', low: value, high: value, lowClosed: NULL, highClosed: NULL, isNull: TRUE };
    case 'temporal':
    case 'scalar':
    case 'uncertain':
    case 'quantity':
      return pointInterval(value);
    default:
      break;
  }
  throw new Unsupported(`a ${value.kind} where an interval is expected`);
}

const points = new Set(['DateTime', 'dateTime', 'instant', 'Date', 'date']);

/** The alternative that is there, as an interval; dates become date-times where both occur. */
function anyInterval(values: Value[]): IntervalValue {
  const mixed = values.some((value) => value.kind !== 'temporal' || value.type !== 'Date');
  const intervals = values.map((value) =>
    asInterval(mixed && value.kind === 'temporal' && value.type === 'Date' ? dateToDateTime(value) : value),
  );
  const chosen = chooseValue(
    intervals.slice(0, -1).map((then) => ({ when: not(then.isNull), then })),
    intervals.at(-1)!,
  );
  if (chosen.kind !== 'interval') throw new Unsupported('a choice of intervals of different point types');
  return chosen;
}

export function isInterval(value: Value): boolean {
  if (value.kind === 'choice')
    return value.alternatives.some(({ type }) => type === 'Period' || type.startsWith('Interval<'));
  return (
    value.kind === 'interval' ||
    (value.kind === 'fhir' && (value.type === 'Period' || value.type === 'Range')) ||
    (value.kind === 'tuple' && value.typeName === 'Period')
  );
}

type Test = (a: IntervalValue, b: IntervalValue, precision: Precision | undefined) => Expr;

const le = (a: Value, b: Value, precision?: Precision): Expr => comparePoints('<=', a, b, precision);
const lt = (a: Value, b: Value, precision?: Precision): Expr => comparePoints('<', a, b, precision);
const ge = (a: Value, b: Value, precision?: Precision): Expr => comparePoints('>=', a, b, precision);
const gt = (a: Value, b: Value, precision?: Precision): Expr => comparePoints('>', a, b, precision);

/** The next point at a precision: for `meets` the day after, not the millisecond after. */
function next(value: Value, precision: Precision | undefined): Value {
  if (precision && value.kind === 'temporal')
    return shift(value, { op: 'literal', sql: '1', value: 1 }, precision);
  return step(value, 1);
}

const overlaps: Test = (a, b, p) => and(le(startOf(a), endOf(b), p), le(startOf(b), endOf(a), p));
const meetsBefore: Test = (a, b, p) => equalPoints(next(endOf(a), p), startOf(b), p);
const includedIn: Test = (a, b, p) => and(ge(startOf(a), startOf(b), p), le(endOf(a), endOf(b), p));
const same: Test = (a, b, p) =>
  and(equalPoints(startOf(a), startOf(b), p), equalPoints(endOf(a), endOf(b), p));
const properlyIncludedIn: Test = (a, b, p) => and(includedIn(a, b, p), not(same(a, b, p)));

/**
 * 19.12 In: false for a null interval, null for a null point. An open boundary is excluded at the precision of the
 * comparison: in days, the whole day of the boundary.
 */
const pointIn: Test = (a, b, p) => {
  const included = p ? betweenBoundaries(startOf(a), b, p) : includedIn(a, b, p);
  if (isFalse(b.isNull)) return included;
  return caseWhen([{ when: and(b.isNull, not(a.isNull)), then: FALSE }], included);
};
function betweenBoundaries(
  point: Value,
  { low, high, lowClosed, highClosed }: IntervalValue,
  p: Precision,
): Expr {
  const interval: IntervalValue = { kind: 'interval', low, high, lowClosed, highClosed, isNull: FALSE };
  return and(
    caseWhen([{ when: lowClosed, then: ge(point, startOf(interval), p) }], gt(point, low, p)),
    caseWhen([{ when: highClosed, then: le(point, endOf(interval), p) }], lt(point, high, p)),
  );
}

/** 19.26 ProperIn: between the boundaries, not on them. */
const strictlyIn: Test = (a, b, p) => and(gt(startOf(a), startOf(b), p), lt(endOf(a), endOf(b), p));

/** ELM 19.x tests of two intervals (points count as intervals of one point), by node type. */
export const intervalTests: Record<string, Test> = {
  After: (a, b, p) => gt(startOf(a), endOf(b), p),
  Before: (a, b, p) => lt(endOf(a), startOf(b), p),
  SameOrAfter: (a, b, p) => ge(startOf(a), endOf(b), p),
  SameOrBefore: (a, b, p) => le(endOf(a), startOf(b), p),
  SameAs: same,
  Overlaps: overlaps,
  OverlapsBefore: (a, b, p) => and(lt(startOf(a), startOf(b), p), overlaps(a, b, p)),
  OverlapsAfter: (a, b, p) => and(gt(endOf(a), endOf(b), p), overlaps(a, b, p)),
  Meets: (a, b, p) => or(meetsBefore(a, b, p), meetsBefore(b, a, p)),
  MeetsBefore: meetsBefore,
  MeetsAfter: (a, b, p) => meetsBefore(b, a, p),
  Starts: (a, b, p) => and(equalPoints(startOf(a), startOf(b), p), le(endOf(a), endOf(b), p)),
  Ends: (a, b, p) => and(ge(startOf(a), startOf(b), p), equalPoints(endOf(a), endOf(b), p)),
  In: pointIn,
  IncludedIn: includedIn,
  Contains: (a, b, p) => pointIn(b, a, p),
  Includes: (a, b, p) => includedIn(b, a, p),
  ProperIn: strictlyIn,
  ProperIncludedIn: properlyIncludedIn,
  ProperContains: (a, b, p) => strictlyIn(b, a, p),
  ProperIncludes: (a, b, p) => properlyIncludedIn(b, a, p),
  Equal: (a, b) => same(a, b, undefined),
};

/** Lowers one interval test by its name. */
export function intervalTest(name: string): Lowering {
  return binary((a, b, node) => boolean(testIntervals(name, a, b, precisionOf(node))));
}

export function testIntervals(name: string, a: Value, b: Value, precision?: string): Expr {
  if (a.kind === 'null' || b.kind === 'null') return NULL;
  return intervalTests[name]!(asInterval(a), asInterval(b), precision ? asPrecision(precision) : undefined);
}

/** 19.10 Intersect of two intervals; null when they do not overlap. */
export function intersectIntervals(a: IntervalValue, b: IntervalValue): Value {
  const [lowA, lowB, highA, highB] = [startOf(a), startOf(b), endOf(a), endOf(b)];
  const both: IntervalValue = {
    kind: 'interval',
    low: chooseValue(
      [
        { when: ge(lowA, lowB), then: lowA },
        { when: lt(lowA, lowB), then: lowB },
      ],
      { kind: 'null' },
    ),
    high: chooseValue(
      [
        { when: le(highA, highB), then: highA },
        { when: gt(highA, highB), then: highB },
      ],
      { kind: 'null' },
    ),
    lowClosed: caseWhen([{ when: or(valueIsNull(lowA), valueIsNull(lowB)), then: FALSE }], TRUE),
    highClosed: caseWhen([{ when: or(valueIsNull(highA), valueIsNull(highB)), then: FALSE }], TRUE),
    isNull: or(a.isNull, b.isNull),
  };
  return chooseValue([{ when: not(overlaps(a, b, undefined)), then: { kind: 'null' } }], both);
}

/** 19.31 Union of two intervals; null when they neither overlap nor meet. */
export function uniteIntervals(a: IntervalValue, b: IntervalValue): Value {
  const [lowA, lowB, highA, highB] = [startOf(a), startOf(b), endOf(a), endOf(b)];
  const both: IntervalValue = {
    kind: 'interval',
    low: chooseValue([{ when: le(lowA, lowB), then: lowA }], lowB),
    high: chooseValue([{ when: ge(highA, highB), then: highA }], highB),
    lowClosed: TRUE,
    highClosed: TRUE,
    isNull: or(a.isNull, b.isNull),
  };
  const touching = or(overlaps(a, b, undefined), meetsBefore(a, b, undefined), meetsBefore(b, a, undefined));
  return chooseValue([{ when: touching, then: both }], { kind: 'null' });
}

/** 19.7 Except of two intervals: the rest of `a`, where that is one interval. */
export function subtractIntervals(a: IntervalValue, b: IntervalValue): Value {
  const rest = (low: Value, high: Value): IntervalValue => ({
    kind: 'interval',
    low,
    high,
    lowClosed: TRUE,
    highClosed: TRUE,
    isNull: or(a.isNull, b.isNull),
  });
  const none: Value = { kind: 'null' };
  return chooseValue(
    [
      { when: or(lt(endOf(a), startOf(b)), gt(startOf(a), endOf(b))), then: rest(startOf(a), endOf(a)) },
      { when: includedIn(a, b, undefined), then: none },
      {
        when: and(lt(startOf(a), startOf(b)), le(endOf(a), endOf(b))),
        then: rest(startOf(a), step(startOf(b), -1)),
      },
      {
        when: and(ge(startOf(a), startOf(b)), gt(endOf(a), endOf(b))),
        then: rest(step(endOf(b), 1), endOf(a)),
      },
    ],
    none,
  );
}

function width(value: Value, node: ElmNode, context: Context): Value {
  if (value.kind === 'null') return value;
  const interval = asInterval(value);
  const [start, end] = [startOf(interval), endOf(interval)];
  if (start.kind === 'null' || end.kind === 'null') return { kind: 'null' };
  if (start.kind === 'scalar' && end.kind === 'scalar') return calculate('subtract', end, start);
  if (start.kind === 'quantity' && end.kind === 'quantity') return addQuantities('subtract', end, start);
  throw diagnostic(context, node, `${node.type} of an interval of ${start.kind}: use a duration`);
}

/** ELM chapter 19: operators of intervals alone; those shared with lists stand in `collections.ts`. */
export const intervalOperators: Operators = {
  // 19.30 Start, 19.6 End
  Start: unary((value) => (value.kind === 'null' ? value : startOf(asInterval(value)))),
  End: unary((value) => (value.kind === 'null' ? value : endOf(asInterval(value)))),
  Overlaps: intervalTest('Overlaps'),
  OverlapsBefore: intervalTest('OverlapsBefore'),
  OverlapsAfter: intervalTest('OverlapsAfter'),
  Meets: intervalTest('Meets'),
  MeetsBefore: intervalTest('MeetsBefore'),
  MeetsAfter: intervalTest('MeetsAfter'),
  Starts: intervalTest('Starts'),
  Ends: intervalTest('Ends'),
  // 19.32 Width: the end minus the start; 19.29 Size: the number of points
  Width: unary((value, node, context) => width(value, node, context)),
  Size: unary((value, node, context) => {
    const steps = width(value, node, context);
    return steps.kind === 'null' ? steps : step(steps, 1);
  }),
  // 19.23 PointFrom: the only point of an interval
  PointFrom: unary((value) => startOf(asInterval(value))),
};
