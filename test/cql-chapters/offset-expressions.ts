import { generator, type Pick } from './date-time-expressions';

/**
 * Random expressions over DateTimes stated with different offsets, near the limits of a year and of a month; the same
 * for the same seed. Offsets are whole hours: cql-execution compares hours at the offset of the left side, and not at
 * that of the evaluation, which is another hour where an offset is 30 minutes off.
 */
export function offsetExpressions(count: number, seed: number): string[] {
  const random = generator(seed);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)]!;
  const expressions = new Set<string>();
  while (expressions.size < count) expressions.add(pick(kinds)(pick));
  return [...expressions];
}

const days = [
  '2011-12-31',
  '2012-01-01',
  '2012-01-31',
  '2012-02-29',
  '2012-03-01',
  '2012-12-31',
  '2013-01-01',
];
const clocks = ['00:30:00.000', '02:00:00.000', '12:00:00.000', '22:15:00.000', '23:59:59.999'];
const offsets = ['', 'Z', '-05:00', '-04:00', '+02:00', '+14:00'];

function dateTime(pick: Pick, offset = pick(offsets)): string {
  return `@${pick(days)}T${pick(clocks)}${offset}`;
}

/** Of day, month or year precision, which has no offset, or with one. */
function anyDateTime(pick: Pick): string {
  return pick([
    dateTime(pick),
    dateTime(pick),
    `@${pick(days)}T`,
    `@${pick(days).slice(0, 7)}T`,
    `@${pick(days).slice(0, 4)}T`,
  ]);
}

const ofElement = (given: string, result: string): string => `({${given}}) D return all ${result}`;

const kinds: ((pick: Pick) => string)[] = [
  (pick) => {
    const order = pick(['before', 'after', 'same or before', 'same or after']);
    const unit = pick(['year', 'month', 'day']);
    const timing = order.startsWith('same') ? order.replace('same', `same ${unit}`) : `${order} ${unit} of`;
    return ofElement(anyDateTime(pick), `D ${timing} ${anyDateTime(pick)}`);
  },
  (pick) => {
    const order = pick(['before', 'after', 'same or before', 'same or after', '=', '<', '>=']);
    return ofElement(dateTime(pick), `D ${order} ${dateTime(pick)}`);
  },
  (pick) => {
    const unit = pick(['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond']);
    return ofElement(dateTime(pick), `D same ${unit} as ${dateTime(pick)}`);
  },
  (pick) => {
    const unit = pick(['day of ', 'month of ', 'hour of ', '']);
    const period = `Interval[@2012-01-01T00:00:00.000${pick(offsets)}, @2012-12-31T23:59:59.999${pick(offsets)}]`;
    return ofElement(dateTime(pick), `D during ${unit}${period}`);
  },
  (pick) =>
    ofElement(
      dateTime(pick),
      pick(['date from D', 'time from D', 'year from D', 'month from D', 'day from D', 'hour from D']),
    ),
  (pick) => {
    const unit = pick(['years', 'months', 'weeks', 'days', 'hours', 'minutes']);
    return ofElement(dateTime(pick), `D ${pick(['+', '-'])} ${pick([1, 2, 13, 48])} ${unit}`);
  },
  (pick) => {
    const unit = pick(['years', 'months', 'days', 'hours', 'minutes']);
    return ofElement(dateTime(pick), `difference in ${unit} between D and ${dateTime(pick)}`);
  },
  (pick) => {
    const unit = pick(['weeks', 'days', 'hours', 'minutes']);
    return ofElement(dateTime(pick), `${unit} between D and ${dateTime(pick)}`);
  },
  // Years between two offsets: cql-execution mixes the two clocks.
  (pick) => {
    const offset = pick(offsets);
    return ofElement(dateTime(pick, offset), `years between D and ${dateTime(pick, offset)}`);
  },
  (pick) => ofElement(dateTime(pick), `start of Interval(D, @2014-01-01T00:00:00.000${pick(offsets)}]`),
];
