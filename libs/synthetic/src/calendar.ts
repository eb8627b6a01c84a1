/**
 * Dates as day numbers (days since 1970-01-01), so that simulating is integer arithmetic, and their FHIR texts.
 * Wall-clock times are those of the invented practices: US Eastern time, with its daylight saving.
 */
export type Day = number;

const millisecondsPerDay = 86_400_000;
const dates = new Map<Day, string>();
const offsets = new Map<number, { from: Day; to: Day }>();

/** Day number of an ISO date; NaN when it is none. */
export function dayOf(date: string): Day {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay : NaN;
}

export function isoDate(day: Day): string {
  let text = dates.get(day);
  if (text === undefined) {
    text = new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
    dates.set(day, text);
  }
  return text;
}

export function yearOf(day: Day): number {
  return Number(isoDate(day).slice(0, 4));
}

export function firstDayOf(year: number): Day {
  return Date.UTC(year, 0, 1) / millisecondsPerDay;
}

/** The same day some years later (28 February for 29 February). */
export function addYears(day: Day, years: number): Day {
  const date = isoDate(day);
  const monthAndDay = date.slice(4) === '-02-29' ? '-02-28' : date.slice(4);
  return dayOf(`${Number(date.slice(0, 4)) + years}${monthAndDay}`);
}

/** Complete years between two days. */
export function ageAt(birth: Day, day: Day): number {
  const from = isoDate(birth);
  const to = isoDate(day);
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** A FHIR dateTime or instant with time-zone offset: `2026-03-02T09:15:00-05:00`. */
export function instant(day: Day, minuteOfDay: number): string {
  const carried = day + Math.floor(minuteOfDay / 1440);
  const minutes = ((minuteOfDay % 1440) + 1440) % 1440;
  return `${isoDate(carried)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:00${offset(carried)}`;
}

/** Weekday, 0 = Sunday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Daylight saving from the second Sunday of March to the first Sunday of November, to the day. */
function offset(day: Day): string {
  const year = yearOf(day);
  let summer = offsets.get(year);
  if (!summer) {
    summer = { from: sundayFrom(dayOf(`${year}-03-08`)), to: sundayFrom(dayOf(`${year}-11-01`)) };
    offsets.set(year, summer);
  }
  return day >= summer.from && day < summer.to ? '-04:00' : '-05:00';
}

function sundayFrom(day: Day): Day {
  return day + ((7 - weekday(day)) % 7);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
