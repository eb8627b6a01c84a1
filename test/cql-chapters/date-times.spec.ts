import { describeChapter } from './chapter';

describeChapter('18 dates and times', [
  ['29 February plus a year is 28 February', '({@2012-02-29}) D return all D + 1 year', '{@2013-02-28}'],
  [
    'the end of a month plus a month is the end of the next',
    '({@2014-01-31}) D return all D + 1 month',
    '{@2014-02-28}',
  ],
  ['a DateTime of day precision keeps it', '({@2012-02-29T}) D return all D + 1 year', '{@2013-02-28T}'],
  ['February plus a month is all of March', '({@2014-02}) D return all D + 1 month', '{@2014-03}'],
  ['February plus a year is all of a longer February', '({@2015-02}) D return all D + 1 year', '{@2016-02}'],
  ['February of DateTime plus a year', '({@2015-02T}) D return all D + 1 year', '{@2016-02T}'],
  ['25 months after a year are two years', '({@2014}) D return all D + 25 months', '{@2016}'],
  ['735 days after a year of DateTime are two years', '({@2014T}) D return all D + 735 days', '{@2016T}'],
  ['33 days after a month are one month', '({@2014-06}) D return all D + 33 days', '{@2014-07}'],
  ['25 hours after a day are one day', '({@2014-06-01T}) D return all D + 25 hours', '{@2014-06-02T}'],
  [
    'hours that are less than a day do not move a Date',
    '({@2014-06-01}) D return all D + 23 hours',
    '{@2014-06-01}',
  ],
  [
    '90 minutes after an hour are one hour',
    '({@2014-06-01T10}) D return all D + 90 minutes',
    '{@2014-06-01T11}',
  ],
  [
    '1500 milliseconds after a second are one second',
    '({@2014-06-01T10:00:00}) D return all D + 1500 milliseconds',
    '{@2014-06-01T10:00:01}',
  ],
  ['weeks', '({@2014-06-01T10:00:00.000}) D return all D - 2 weeks', '{@2014-05-18T10:00:00.000}'],
  [
    'the fraction of a second counts',
    '({@2014-06-01T10:00:00.000}) D return all D + 1.5 seconds',
    '{@2014-06-01T10:00:01.500}',
  ],
  [
    'the fraction of a day does not',
    '({@2014-06-01T10:00:00.000}) D return all D + 1.9 days',
    '{@2014-06-02T10:00:00.000}',
  ],
  ['a Time starts again after midnight', '({@T23:30:00.000}) T return all T + 1 hour', '{@T00:30:00.000}'],
  ['UCUM units of time', "({@2014-01-31}) D return all D + 1 'mo'", '{@2014-02-28}'],
  ['beyond the year 9999 there is nothing', '({@9999-12-31T10:00:00.000}) D return all D + 1 day', '{null}'],
  ['beyond the year 9999 a literal is refused', '@9999-12-31 + 1 year', 'error'],
  ['a unit that is none of time is refused', "@2014-01-01 + 1 'mg'", 'error'],
  ['literals are calculated in the same way', '{@2014 + 25 months, @2014-06 - 33 days}', '{@2016, @2014-05}'],

  [
    'born on 29 February, a year is complete on 1 March',
    '({@2013-02-28, @2013-03-01}) D return all years between @2012-02-29 and D',
    '{0, 1}',
  ],
  [
    'months are complete on the same day',
    '({@2014-02-28, @2014-03-31}) D return all months between @2014-01-31 and D',
    '{0, 2}',
  ],
  ['a negative duration is mirrored', '({@2012-03-01}) D return all years between D and @2011-03-02', '{0}'],
  ['weeks are whole', '({@2014-01-14}) D return all weeks between @2014-01-01 and D', '{1}'],
  [
    'difference counts year boundaries',
    '({@2014-01-01}) D return all difference in years between @2013-12-31 and D',
    '{1}',
  ],
  [
    'weeks begin on Sunday',
    '({@2000-10-28, @2000-10-29}) D return all difference in weeks between @2000-10-15 and D',
    '{1, 2}',
  ],
  ['an uncertain duration is its bounds', 'days between @2014-01-01T and @2014-01-03T', 'Interval[1, 2]'],
  [
    'an uncertain duration compares where both bounds agree',
    '({@2014-01-03T}) D return all days between @2014-01-01T and D > 0',
    '{true}',
  ],
  [
    'an uncertain duration is unknown where they do not',
    '({@2014-01-03T}) D return all days between @2014-01-01T and D > 1',
    '{null}',
  ],

  [
    'components of elements',
    '({@2014-05-06T07:08:09.010}) D return all {year from D, month from D, day from D, hour from D, minute from D, second from D, millisecond from D}',
    '{{2014, 5, 6, 7, 8, 9, 10}}',
  ],
  [
    'a component that is not given is null',
    '({@2014-05T}) D return all {month from D, day from D}',
    '{{5, null}}',
  ],
  ['date from a DateTime of month precision', '({@2014-05T}) D return all date from D', '{@2014-05}'],
  ['a DateTime from components', '({5}) M return all DateTime(2014, M, 6)', '{@2014-05-06T}'],
  [
    'a missing component decides the precision',
    '({null as Integer}) M return all DateTime(2014, M)',
    '{@2014T}',
  ],
  [
    'an offset is applied',
    '({-5.0}) Z return all DateTime(2014, 5, 6, 22, 0, 0, 0, Z)',
    '{@2014-05-07T03:00:00.000}',
  ],
  ['a Time from components', '({30}) M return all Time(12, M)', '{@T12:30}'],
  ['a day that is not in the month is refused', 'DateTime(2014, 2, 29)', 'error'],
  [
    'a computed day that is not in the month is an error',
    '({29}) D return all DateTime(2014, 2, D)',
    'error',
  ],

  ['same day', '({@2014-05-06T23:59:59.999}) D return all D same day as @2014-05-06T00:00:00.000', '{true}'],
  [
    'at a precision that one side lacks nothing is known',
    '({@2014-05T}) D return all D same day as @2014-05-06T10:00:00.000',
    '{null}',
  ],
  [
    'a coarser component may decide',
    '({@2014-04T}) D return all D same day as @2014-05-06T10:00:00.000',
    '{false}',
  ],
  [
    'a day is not on or after its own midnight, it is unknown',
    '({@2014-05-06T}) D return all D same or after @2014-05-06T00:00:00.000',
    '{null}',
  ],
  [
    'a day is before the next midnight',
    '({@2014-05-06T}) D return all D before @2014-05-07T00:00:00.000',
    '{true}',
  ],
  [
    'two values of the same precision are equal',
    '({@2014-05T}) D return all {D = @2014-05T, D <= @2014-05T, D < @2014-05T}',
    '{{true, true, false}}',
  ],
  ['equality with a more precise value is unknown', '({@2014-05T}) D return all D = @2014-05-06T', '{null}'],
  [
    'offsets do not matter for the instant',
    '({@2014-05-06T10:00:00.000+02:00}) D return all D = @2014-05-06T08:00:00.000Z',
    '{true}',
  ],
  ['Today is the day of the evaluation', 'Today()', '@2026-01-01'],
  ['the time of the evaluation', 'TimeOfDay()', '@T12:00:00.000'],
  ['time from', '({@2014-05-06T07:08:09.010}) D return all time from D', '{@T07:08:09.010}'],
]);
