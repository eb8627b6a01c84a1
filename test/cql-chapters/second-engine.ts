import type { ElmLibrary } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import { CodeService, DateTime, Executor, Library, PatientSource } from 'cql-execution';

/** The value of the define `Result` by cql-execution, as CQL text. */
export async function secondEngineValue(library: ElmLibrary): Promise<string> {
  const executor = new Executor(new Library({ library }), new CodeService({}), {});
  const at = DateTime.fromJSDate(new Date('2026-01-01T12:00:00.000Z'), 0);
  const results = await executor.exec(new PatientSource([]), at);
  const values = results.unfilteredResults as Record<string, unknown>;
  if (!('Result' in values)) throw new Defect('cql-execution did not evaluate the define');
  return cqlText(values.Result);
}

interface Point {
  isDate?: boolean;
  isDateTime?: boolean;
  isInterval?: boolean;
  [component: string]: unknown;
}

function cqlText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `{${value.map(cqlText).join(', ')}}`;
  const point = value as Point;
  // A Time is a DateTime of the year 0 there.
  if (point.isDateTime && point.year === 0) return `@T${clockText(point)}`;
  if (point.isDateTime) return `${dateText(point)}T${clockText(point)}`;
  if (point.isDate) return dateText(point);
  throw new Defect(`a value of cql-execution that has no CQL text: ${JSON.stringify(value)}`);
}

/** Nothing for UTC, which is the offset of the evaluation. */
function offsetText(hours: number): string {
  if (hours === 0) return '';
  const minutes = Math.round(Math.abs(hours) * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The components that are given. */
function components(point: Point, names: readonly string[], width: number): string[] {
  const given = names.map((name) => point[name]);
  const missing = given.findIndex((component) => component === null || component === undefined);
  return given
    .slice(0, missing === -1 ? given.length : missing)
    .map((component) => String(component).padStart(width, '0'));
}

function dateText(point: Point): string {
  return `@${[String(point.year).padStart(4, '0'), ...components(point, ['month', 'day'], 2)].join('-')}`;
}

function clockText(point: Point): string {
  const clock = components(point, ['hour', 'minute', 'second'], 2);
  const fraction = clock.length === 3 ? components(point, ['millisecond'], 3) : [];
  const text = [clock.join(':'), ...fraction].join('.');
  return text && point.isDateTime ? text + offsetText(Number(point.timezoneOffset ?? 0)) : text;
}
