const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const AT_A_TIME = /^(?<minute>\d{1,2}) (?<hour>\d{1,2}) (?<dayOfMonth>\*|\d{1,2}) \* (?<weekday>\*|[0-7])$/;

/**
 * A five-field cron pattern in words where it is a daily, weekly or monthly one: `every Monday at 06:00`.
 * Any other is given as it is, because a wrong paraphrase is worse than a pattern.
 */
export function scheduleText(cron: string): string {
  const { minute = '', hour = '', dayOfMonth = '', weekday = '' } = AT_A_TIME.exec(cron)?.groups ?? {};
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (hour === '' || (dayOfMonth !== '*' && weekday !== '*')) return cron;
  if (weekday !== '*') return `every ${DAYS[Number(weekday)]} at ${time}`;
  return dayOfMonth === '*' ? `every day at ${time}` : `on day ${dayOfMonth} of every month at ${time}`;
}

/** `2026-11-30 06:00` of an instant, as clocks in that zone show it. */
export function zonedText(iso: string, timeZone: string): string {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(new Date(iso));
}
