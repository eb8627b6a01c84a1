import { Diagnostic } from '@catchment/platform';

/** A measurement period by its first and last day, both inclusive, `YYYY-MM-DD`. */
export interface MeasurementPeriod {
  start: string;
  end: string;
}

/**
 * Reads `START/END`, each a day.
 * @throws Diagnostic when it is no such text, no real day, or the end is before the start.
 */
export function readMeasurementPeriod(text: string): MeasurementPeriod {
  const match = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(text);
  if (!match)
    throw new Diagnostic(`a measurement period is START/END, as 2026-01-01/2026-12-31, not "${text}"`);
  const [start, end] = [day(match[1]!), day(match[2]!)];
  if (end < start) throw new Diagnostic(`the measurement period ends (${end}) before it starts (${start})`);
  return { start, end };
}

/** The instants of a period as the compiler wants them: UTC, inclusive, milliseconds. */
export function instantsOf(period: MeasurementPeriod): { start: string; end: string } {
  return { start: `${period.start}T00:00:00.000`, end: `${period.end}T23:59:59.999` };
}

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new Diagnostic(`there is no day ${text}`);
  }
  return text;
}
