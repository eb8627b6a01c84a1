import { getNextMillis } from 'bullmq';
import { Diagnostic } from '@catchment/platform';

/** When something is due: a cron pattern of five fields, read in a time zone. */
export interface Schedule {
  /** minute hour day-of-month month day-of-week */
  cron: string;
  /** IANA name, for example `America/New_York`. */
  timeZone: string;
}

/**
 * The next time that the schedule is due after an instant, as BullMQ's job scheduler computes it:
 * a wall-clock time in the zone, so that Monday 06:00 stays 06:00 when daylight saving begins or ends.
 * @throws Diagnostic when the pattern or the zone is not valid, or the pattern never comes.
 */
export function nextRun(schedule: Schedule, after: Date): Date {
  checkSchedule(schedule);
  const next = getNextMillis(after.getTime(), { pattern: schedule.cron, tz: schedule.timeZone });
  if (next === undefined) throw new Diagnostic(`the schedule "${schedule.cron}" never comes`);
  return new Date(next);
}

/** @throws Diagnostic when the pattern or the time zone is not valid. */
export function checkSchedule({ cron, timeZone }: Schedule): void {
  if (cron.trim().split(/\s+/).length !== 5) {
    throw new Diagnostic(
      `a schedule has five fields (minute hour day-of-month month day-of-week), not "${cron}"`,
    );
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
  } catch (cause) {
    throw new Diagnostic(`"${timeZone}" is no time zone, for example America/New_York`, {}, { cause });
  }
  try {
    getNextMillis(0, { pattern: cron, tz: timeZone });
  } catch (cause) {
    throw new Diagnostic(`"${cron}" is no cron pattern, for example "0 6 * * 1"`, {}, { cause });
  }
}
