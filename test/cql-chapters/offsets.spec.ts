import { describeChapter } from './chapter';

/**
 * CQL 1.5 appendix B, the same sentence for 18.2–18.17: "When comparing DateTime values with different timezone
 * offsets, implementations should normalize to the timezone offset of the evaluation request timestamp, but only when
 * the comparison precision is hours, minutes, seconds, or milliseconds." The evaluation's offset is UTC here.
 */
describeChapter('18 offsets', [
  // 22:00 on 31 December in New York is 03:00 on 1 January in UTC.
  [
    'the year is the stated one',
    '({@2026-12-31T22:00:00.000-05:00}) D return all D same year as @2027-01-01T03:00:00.000Z',
    '{false}',
  ],
  [
    'the month is the stated one',
    '({@2026-12-31T22:00:00.000-05:00}) D return all D same month as @2026-12-01T00:00:00.000Z',
    '{true}',
  ],
  [
    'the day is the stated one',
    '({@2026-12-31T22:00:00.000-05:00}) D return all D same day as @2026-12-31T00:00:00.000Z',
    '{true}',
  ],
  [
    'the hour is that of UTC',
    '({@2026-12-31T22:00:00.000-05:00}) D return all D same hour as @2027-01-01T03:30:00.000Z',
    '{true}',
  ],
  [
    'an offset of half an hour moves the hour',
    '({@2026-06-01T12:15:00.000+05:30}) D return all {D same hour as @2026-06-01T06:59:00.000Z, D same hour as @2026-06-01T07:00:00.000Z}',
    '{{true, false}}',
  ],
  [
    'without precision the instant decides',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {D = @2027-01-01T03:00:00.000Z, D after @2026-12-31T23:59:59.999Z}',
    '{{true, true}}',
  ],
  [
    'both sides have an offset',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {D same day as @2027-01-01T10:00:00.000+07:00, D = @2027-01-01T10:00:00.000+07:00}',
    '{{false, true}}',
  ],
  [
    'the last evening is in the period by day, and not by instant',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {D during day of Interval[@2026-01-01T00:00:00.000Z, @2026-12-31T23:59:59.999Z], D during Interval[@2026-01-01T00:00:00.000Z, @2026-12-31T23:59:59.999Z]}',
    '{{true, false}}',
  ],
  [
    'the first half hour in Helsinki is not in the old year',
    '({@2027-01-01T00:30:00.000+02:00}) D return all D during day of Interval[@2026-01-01T00:00:00.000Z, @2026-12-31T23:59:59.999Z]',
    '{false}',
  ],
  [
    'a month is in a day-wise period as far as all components say',
    '({@2024-10T, @2024-11T, @2024-09T}) D return all D during day of Interval[@2024-10-01T00:00:00.000Z, @2024-12-31T00:00:00.000Z]',
    '{null, true, false}',
  ],
  [
    'literals are calculated in the same way',
    '{@2026-12-31T22:00:00.000-05:00 same day as @2026-12-31T00:00:00.000Z, @2026-12-31T22:00:00.000-05:00 same hour as @2027-01-01T03:30:00.000Z}',
    '{true, true}',
  ],

  [
    'components are the stated ones',
    '({@2026-12-31T22:15:00.000-05:00}) D return all {year from D, month from D, day from D, hour from D, minute from D}',
    '{{2026, 12, 31, 22, 15}}',
  ],
  [
    'the offset in hours',
    '({@2026-12-31T22:15:00.000-03:30, @2026-12-31T22:15:00.000}) D return all timezoneoffset from D',
    '{-3.5, 0.0}',
  ],
  [
    'date from is the stated day',
    '({@2026-12-31T22:00:00.000-05:00}) D return all date from D',
    '{@2026-12-31}',
  ],
  [
    'the conversion to Date, too',
    '({@2026-12-31T22:00:00.000-05:00}) D return all ToDate(D)',
    '{@2026-12-31}',
  ],
  [
    'time from is the stated clock',
    '({@2026-12-31T22:00:00.000-05:00}) D return all time from D',
    '{@T22:00:00.000}',
  ],
  [
    'a text keeps its offset',
    "({'2026-12-31T22:00:00.000-05:00'}) D return all {ToString(ToDateTime(D)), ToString(date from ToDateTime(D))}",
    "{{'2026-12-31T22:00:00.000-05:00', '2026-12-31'}}",
  ],
  [
    'an offset that is computed',
    '({-5.0}) Z return all date from DateTime(2026, 12, 31, 22, 0, 0, 0, Z)',
    '{@2026-12-31}',
  ],
  [
    'the end of a month at an offset that is computed',
    '({14.0}) Z return all {DateTime(2026, 2, null, null, null, null, null, Z) + 1 month same month as @2026-03-31T00:00:00.000Z}',
    '{{true}}',
  ],

  [
    'a month is added to the stated date',
    '({@2026-01-30T22:00:00.000-05:00}) D return all D + 1 month',
    '{@2026-02-28T22:00:00.000-05:00}',
  ],
  [
    'what was added to keeps its offset',
    '({@2026-12-30T22:00:00.000-05:00}) D return all {date from (D + 1 day), date from (D + 2 hours), date from (D + 1 year)}',
    '{{@2026-12-31, @2026-12-31, @2027-12-30}}',
  ],
  [
    'the neighbour of an open boundary keeps its offset',
    '({@2026-12-31T22:00:00.000-05:00}) D return all date from start of Interval(D, @2027-06-01T00:00:00.000Z]',
    '{@2026-12-31}',
  ],

  [
    'days, months and years are counted between stated days, hours between instants',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {difference in days between @2026-12-31T00:00:00.000Z and D, difference in months between @2026-12-31T00:00:00.000Z and D, difference in hours between @2026-12-31T00:00:00.000Z and D}',
    '{{0, 0, 27}}',
  ],
  [
    'complete days have passed in real time',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {days between @2026-12-30T23:00:00.000Z and D, hours between @2026-12-30T23:00:00.000Z and D}',
    '{{1, 28}}',
  ],
  [
    'an age is in stated days',
    '({@2026-12-31T22:00:00.000-05:00}) D return all CalculateAgeInYearsAt(@2000-01-01, date from D)',
    '{26}',
  ],

  [
    'equal instants are one element, the first',
    '(distinct {@2026-12-31T22:00:00.000-05:00, @2027-01-01T03:00:00.000Z, @2027-01-01T04:00:00.000Z}) D return all date from D',
    '{@2026-12-31, @2027-01-01}',
  ],
  [
    'lists of equal instants are equal',
    '({@2026-12-31T22:00:00.000-05:00}) D return all {D} = {@2027-01-01T03:00:00.000Z}',
    '{true}',
  ],
  [
    'an equal instant is found in a list',
    'IndexOf({@2026-12-30T00:00:00.000Z, @2026-12-31T22:00:00.000-05:00}, @2027-01-01T03:00:00.000Z)',
    '1',
  ],
  [
    'complete months are those of the clock that is stated first',
    '({@2026-01-31T22:00:00.000-05:00}) D return all {months between D and @2026-02-28T22:00:00.000-05:00, months between D and @2026-03-01T03:00:00.000Z, months between @2026-02-01T03:00:00.000Z and @2026-02-28T22:00:00.000-05:00}',
    '{{0, 0, 1}}',
  ],
  [
    'of the most frequent the offset is kept',
    'date from Mode({@2026-12-31T22:00:00.000-05:00, @2027-01-01T03:00:00.000Z, @2026-01-01T00:00:00.000Z})',
    '@2026-12-31',
  ],
  [
    'of the latest the offset is kept',
    'date from Max({@2026-12-31T22:00:00.000-05:00, @2027-01-01T02:00:00.000Z})',
    '@2026-12-31',
  ],
  [
    'of the earliest the offset is kept',
    'date from Min({@2027-01-02T00:00:00.000Z, @2026-12-31T22:00:00.000-05:00})',
    '@2026-12-31',
  ],
  [
    'a choice of values keeps the offset of the chosen one',
    '({true, false}) B return all date from (if B then @2026-12-31T22:00:00.000-05:00 else @2027-01-01T03:00:00.000Z)',
    '{@2026-12-31, @2027-01-01}',
  ],
  [
    'stays that meet in stated days become one',
    'collapse {Interval[@2026-12-30T10:00:00.000-05:00, @2026-12-30T22:00:00.000-05:00], Interval[@2026-12-31T09:00:00.000-05:00, @2026-12-31T22:00:00.000-05:00]} per day',
    '{Interval[@2026-12-30T10:00:00.000-05:00, @2026-12-31T22:00:00.000-05:00]}',
  ],
  [
    'the end of what became one keeps its offset',
    '(collapse {Interval[@2026-12-30T10:00:00.000-05:00, @2026-12-30T22:00:00.000-05:00], Interval[@2026-12-30T12:00:00.000-05:00, @2026-12-31T22:00:00.000-05:00]}) I return all date from end of I',
    '{@2026-12-31}',
  ],
  [
    'the days of a stay are the stated ones',
    '(expand {Interval[@2026-12-30T22:00:00.000-05:00, @2026-12-31T22:00:00.000-05:00]} per day) I return all date from start of I',
    '{@2026-12-30, @2026-12-31}',
  ],
]);
