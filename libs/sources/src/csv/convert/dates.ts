import { DateTime } from 'luxon';

/** Precision of a moment: what its pattern has. */
type Precision = 'year' | 'month' | 'day' | 'time';

interface Pattern {
  format: string;
  precision: Precision;
}

/** Dates as ISO 8601 writes them, with space for T as databases do. */
const isoPatterns = [
  'yyyy-MM-dd',
  "yyyy-MM-dd'T'HH:mm:ss",
  "yyyy-MM-dd'T'HH:mm:ss.u",
  "yyyy-MM-dd'T'HH:mm:ssZZ",
  "yyyy-MM-dd'T'HH:mm:ss.uZZ",
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm:ss.u',
  'yyyy-MM-dd HH:mm',
];

/** What is wrong with a pattern; undefined: nothing. */
export function datePatternFault(format: string): string | undefined {
  const tokens = format.replace(/'[^']*'/g, '');
  if (/(?<!y)yy(?!y)/.test(tokens))
    return `"${format}" has a year of two digits, which may be of either century: have the extract write four`;
  if (!/y{4}/.test(tokens)) return `"${format}" has no year (yyyy)`;
  if (/[Hhm]/.test(tokens) && !/d/.test(tokens)) return `"${format}" has a time and no day (dd)`;
  if (/d/.test(tokens) && !/[ML]/.test(tokens)) return `"${format}" has a day and no month (MM)`;
  if (/h/.test(tokens) && !/a/.test(tokens))
    return `"${format}" has hours to 12 (hh) without a: write HH, or add a`;
  const now = DateTime.fromObject({ year: 2001, month: 2, day: 3, hour: 4 }, { zone: 'utc' });
  const parsed = DateTime.fromFormat(now.toFormat(format), format, { zone: 'utc', locale: 'en-US' });
  return parsed.isValid ? undefined : `"${format}" is no pattern, for example MM/dd/yyyy or yyyy-MM-dd HH:mm`;
}

/** Reads the dates and times of a table. */
export class DateReader {
  private readonly patterns: Pattern[];
  /** Extracts repeat dates; the table of known ones stays small. */
  private readonly known = new Map<string, { at: DateTime; precision: Precision } | undefined>();

  /** @param timeZone IANA, of times that say none */
  constructor(
    private readonly timeZone: string,
    formats: readonly string[] | undefined,
  ) {
    this.patterns = (formats ?? isoPatterns).map((format) => ({ format, precision: precisionOf(format) }));
  }

  /** `YYYY-MM-DD`, or less where the pattern has less; undefined when no pattern fits. */
  date(text: string): string | undefined {
    const found = this.read(text);
    return found && dayText(found.at, found.precision === 'time' ? 'day' : found.precision);
  }

  /** FHIR dateTime: with its offset where the pattern has a time. */
  dateTime(text: string): string | undefined {
    const found = this.read(text);
    if (!found) return undefined;
    return found.precision === 'time' ? momentText(found.at) : dayText(found.at, found.precision);
  }

  /** FHIR instant; undefined for a date without a time. */
  instant(text: string): string | undefined {
    const found = this.read(text);
    return found?.precision === 'time' ? momentText(found.at) : undefined;
  }

  private read(text: string): { at: DateTime; precision: Precision } | undefined {
    if (this.known.has(text)) return this.known.get(text);
    const found = this.parse(text);
    if (this.known.size >= 50_000) this.known.clear();
    this.known.set(text, found);
    return found;
  }

  private parse(text: string): { at: DateTime; precision: Precision } | undefined {
    for (const { format, precision } of this.patterns) {
      const at = DateTime.fromFormat(text, format, { zone: this.timeZone, setZone: true, locale: 'en-US' });
      if (at.isValid) return { at, precision };
    }
    return undefined;
  }
}

function precisionOf(format: string): Precision {
  const tokens = format.replace(/'[^']*'/g, '');
  if (/[Hhm]/.test(tokens)) return 'time';
  if (/d/.test(tokens)) return 'day';
  return /[ML]/.test(tokens) ? 'month' : 'year';
}

function dayText(at: DateTime, precision: Exclude<Precision, 'time'>): string {
  return at.toFormat({ year: 'yyyy', month: 'yyyy-MM', day: 'yyyy-MM-dd' }[precision]);
}

function momentText(at: DateTime): string {
  return at.toISO({ suppressMilliseconds: true }) ?? '';
}
