export { checkSchedule, nextRun, type Schedule } from '@catchment/store';

/** `YYYY-MM-DD` of an instant, as the calendar of the zone has it. */
export function localDate(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return parts.format(instant);
}
