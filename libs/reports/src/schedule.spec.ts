import { checkSchedule, localDate, nextRun } from './schedule';
import { weeklyScorecard } from './report-definition';

const monday = { cron: '0 6 * * 1', timeZone: 'America/New_York' };

describe('nextRun', () => {
  it.each([
    // New York is UTC−5 in winter and UTC−4 in summer: 06:00 is 11:00 or 10:00 UTC
    { after: '2026-11-24T12:00:00Z', next: '2026-11-30T11:00:00.000Z', why: 'winter' },
    { after: '2026-07-01T00:00:00Z', next: '2026-07-06T10:00:00.000Z', why: 'summer' },
    {
      after: '2026-10-26T10:00:00Z',
      next: '2026-11-02T11:00:00.000Z',
      why: 'daylight saving ends on 2026-11-01',
    },
    { after: '2027-03-08T11:00:00Z', next: '2027-03-15T10:00:00.000Z', why: 'it begins on 2027-03-14' },
    { after: '2026-11-30T10:59:59Z', next: '2026-11-30T11:00:00.000Z', why: 'the second before' },
  ])('Monday 06:00 in New York after $after ($why)', ({ after, next }) => {
    expect(nextRun(monday, new Date(after)).toISOString()).toBe(next);
  });

  it('reads the pattern in its zone: Monday in Kiribati is Sunday in UTC', () => {
    const next = nextRun(
      { cron: '0 6 * * 1', timeZone: 'Pacific/Kiritimati' },
      new Date('2026-11-24T00:00:00Z'),
    );
    expect(next.toISOString()).toBe('2026-11-29T16:00:00.000Z');
  });
});

describe('checkSchedule', () => {
  it('accepts the schedule that is shipped', () => {
    expect(() => checkSchedule(weeklyScorecard)).not.toThrow();
  });

  it.each([
    { cron: 'every monday', timeZone: 'UTC', says: 'five fields' },
    { cron: '* * * * * *', timeZone: 'UTC', says: 'five fields' },
    { cron: '61 6 * * 1', timeZone: 'UTC', says: 'is no cron pattern' },
    { cron: '0 6 * * 1', timeZone: 'Mars/Olympus', says: 'is no time zone' },
  ])('refuses $cron in $timeZone', ({ cron, timeZone, says }) => {
    expect(() => checkSchedule({ cron, timeZone })).toThrow(says);
  });
});

it('dates a folder by the calendar of the zone', () => {
  const instant = new Date('2026-11-30T02:00:00Z');
  expect(localDate(instant, 'America/New_York')).toBe('2026-11-29');
  expect(localDate(instant, 'Asia/Tokyo')).toBe('2026-11-30');
});
