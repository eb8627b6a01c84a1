/**
 * A CQL value as the suite compares it, whoever made it: read from an expected output by a parser of CQL literals
 * (`expected-output.ts`), or from a row of DuckDB (`actual-value.ts`). Numbers are decimal texts without trailing zeros.
 */
export type SuiteValue =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'number'; value: string }
  | { kind: 'string'; value: string }
  /** Bounds in UTC milliseconds: they tell the precision, too. */
  | { kind: 'temporal'; type: 'Date' | 'DateTime' | 'Time'; lo: number; hi: number }
  | { kind: 'quantity'; value: string; unit: string }
  | { kind: 'ratio'; numerator: SuiteValue; denominator: SuiteValue }
  | { kind: 'interval'; low: SuiteValue; high: SuiteValue; lowClosed: boolean; highClosed: boolean }
  | { kind: 'list'; items: SuiteValue[] }
  /** Tuples, codes and concepts; elements that are null are left out. */
  | { kind: 'tuple'; elements: Record<string, SuiteValue> };

/** Are the two the same value, nulls being the same as nulls? */
export function sameValue(a: SuiteValue, b: SuiteValue): boolean {
  return render(a) === render(b);
}

/** One text per value, to compare and to show. */
export function render(value: SuiteValue): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return value.value;
    case 'string':
      return JSON.stringify(value.value);
    case 'temporal':
      return `${value.type}(${new Date(value.lo).toISOString()}…${new Date(value.hi).toISOString()})`;
    case 'quantity':
      return `${value.value} '${value.unit}'`;
    case 'ratio':
      return `${render(value.numerator)}:${render(value.denominator)}`;
    case 'interval':
      return `Interval${value.lowClosed ? '[' : '('}${render(value.low)}, ${render(value.high)}${value.highClosed ? ']' : ')'}`;
    case 'list':
      return `{${value.items.map(render).join(', ')}}`;
    case 'tuple': {
      const names = Object.keys(value.elements).sort();
      return `Tuple{${names.map((name) => `${name}: ${render(value.elements[name]!)}`).join(', ')}}`;
    }
  }
}

/** A decimal text in its one form: `+1.50` is `1.5`, `-0.0` is `0`. */
export function plainNumber(text: string): string {
  const match = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text);
  if (!match) throw new RangeError(`${text} is no decimal`);
  const digits = match[3] ? `${match[2]}.${match[3]}` : match[2]!;
  return match[1] === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** Bounds of a date or time of stated precision; components that are missing span all their values. */
export function bounds(
  type: 'Date' | 'DateTime' | 'Time',
  parts: readonly (number | undefined)[],
  offsetMinutes = 0,
): Extract<SuiteValue, { kind: 'temporal' }> {
  const [year, month, day, hour, minute, second, millisecond] =
    type === 'Time' ? [1970, 1, 1, ...parts] : parts;
  const at = (y: number, mo: number, d: number, h: number, mi: number, s: number, ms: number): number => {
    const date = new Date(0);
    date.setUTCFullYear(y, mo - 1, d);
    date.setUTCHours(h, mi, s, ms);
    return date.getTime() - offsetMinutes * 60000;
  };
  const lastMonth = month ?? 12;
  const lastDay = day ?? new Date(Date.UTC(2000 + (year! % 400), lastMonth, 0)).getUTCDate();
  if (type === 'Date') {
    return {
      kind: 'temporal',
      type,
      lo: at(year!, month ?? 1, day ?? 1, 0, 0, 0, 0),
      hi: at(year!, lastMonth, lastDay, 0, 0, 0, 0),
    };
  }
  return {
    kind: 'temporal',
    type,
    lo: at(year!, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0, millisecond ?? 0),
    hi: at(year!, lastMonth, lastDay, hour ?? 23, minute ?? 59, second ?? 59, millisecond ?? 999),
  };
}
