import { describeChapter } from './chapter';

describeChapter('17 strings and 22 conversions', [
  [
    'a position counts from 0',
    "({'banana'}) S return all {PositionOf('an', S), LastPositionOf('an', S), PositionOf('x', S)}",
    '{{1, 3, -1}}',
  ],
  ['characters beyond the basic plane count once', "({'a\\u00e9b'}) S return all Length(S)", '{3}'],
  [
    'a substring that starts at the end is null',
    "({'ab'}) S return all {Substring(S, 1), Substring(S, 2), Substring(S, -1), Substring(S, 0, 5)}",
    "{{'b', null, null, 'ab'}}",
  ],
  ['split and combine', "({'a,b,,c'}) S return all Combine(Split(S, ','), '-')", "{'a-b--c'}"],
  ['split on matches', "({'a1b22c'}) S return all SplitOnMatches(S, '[0-9]+')", "{{'a', 'b', 'c'}}"],
  [
    'a match is of the whole string',
    "({'abc'}) S return all {Matches(S, 'b'), Matches(S, '.b.')}",
    '{{false, true}}',
  ],
  [
    'groups are replaced',
    "({'John Doe'}) S return all ReplaceMatches(S, '(\\\\w+) (\\\\w+)', '$2, $1')",
    "{'Doe, John'}",
  ],
  ['a pattern that is no regular expression is refused', "Matches('a', '(')", 'error'],
  [
    'null makes the string null',
    "({null as String}) S return all {Upper(S), S + 'x', Substring(S, 0)}",
    '{{null, null, null}}',
  ],

  [
    'only whole texts are Integers',
    "({'12', ' 12', '12.0', '+7', 'x', '99999999999'}) S return all ToInteger(S)",
    '{12, null, null, 7, null, null}',
  ],
  [
    'only whole texts are Decimals',
    "({'12', '12.50', '1.', 'x'}) S return all ToDecimal(S)",
    '{12.0, 12.5, null, null}',
  ],
  ['Booleans', "({'true', 'NO', 'y', '2'}) S return all ToBoolean(S)", '{true, false, true, null}'],
  [
    'DateTimes keep their precision',
    "({'2014', '2014-02', '2014-02-03', '2014-02-03T04:05', '2014-02-03T04:05:06.789+01:00'}) S return all ToDateTime(S)",
    '{@2014T, @2014-02T, @2014-02-03T, @2014-02-03T04:05, @2014-02-03T03:05:06.789}',
  ],
  [
    'a text that is no day of the calendar is null',
    "({'2014-02-30', '2014-13', 'x', '2014-02-03T25:00'}) S return all ToDateTime(S)",
    '{null, null, null, null}',
  ],
  [
    'Dates',
    "({'2014-02', '2014-02-28', '2014-02-29'}) S return all ToDate(S)",
    '{@2014-02, @2014-02-28, null}',
  ],
  ['Times', "({'14:30', 'T14:30:00.5', '24:00'}) S return all ToTime(S)", '{@T14:30, @T14:30:00.500, null}'],
  [
    'Quantities',
    "({'5.5 \\'cm\\'', '3 days', '7', 'x'}) S return all ToQuantity(S)",
    "{5.5 'cm', 3 'day', 7 '1', null}",
  ],
  ['Ratios', "ToRatio('1 \\'mg\\':2 \\'mL\\'')", "1 'mg':2 'mL'"],
  [
    'texts of Decimals have no trailing zeros',
    '({1.0, 2.50, -0.1}) X return all ToString(X)',
    "{'1.0', '2.5', '-0.1'}",
  ],
  [
    'texts of dates are as precise as the dates',
    '({@2014, @2014-02, @2014-02-03}) X return all ToString(X)',
    "{'2014', '2014-02', '2014-02-03'}",
  ],
  [
    'texts of DateTimes',
    '({@2014T, @2014-02-03T04:05:06.007}) X return all ToString(X)',
    "{'2014', '2014-02-03T04:05:06.007'}",
  ],
  ['can it be converted', "({'12', 'x', null}) S return all ConvertsToInteger(S)", '{true, false, null}'],
]);
