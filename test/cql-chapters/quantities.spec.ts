import { describeChapter } from './chapter';

describeChapter('quantities and ratios', [
  [
    'equal units compare directly',
    "({5.0 'mg'}) Q return all {Q > 4 'mg', Q = 5 'mg', Q < 5 'mg'}",
    '{{true, true, false}}',
  ],
  [
    'units of one dimension are converted',
    "({1.0 'g'}) Q return all {Q = 1000 'mg', Q > 999 'mg', Q < 0.0011 'kg'}",
    '{{true, true, true}}',
  ],
  [
    'units of different dimensions give null',
    "({1.0 'g'}) Q return all {Q = 1 'm', Q < 1 'm'}",
    '{{null, null}}',
  ],
  [
    'temperatures have an offset',
    "({98.6 '[degF]'}) Q return all {Q = 37 'Cel', Q > 36.9 'Cel', Q < 310.2 'K'}",
    '{{true, true, true}}',
  ],
  ['annotations compare with themselves', "({2.0 '{score}'}) Q return all Q < 3 '{score}'", '{true}'],
  [
    'arbitrary units are not converted',
    "({1.0 '[iU]'}) Q return all {Q = 1 '[iU]', Q = 1 'mg'}",
    '{{true, null}}',
  ],
  ['a percentage is a number', "({50.0 '%'}) Q return all Q = 0.5 '1'", '{true}'],
  ['days and hours', "({1 day}) Q return all {Q = 24 hours, Q = 1 'd'}", '{{true, true}}'],
  ['a year is twelve months', '({1 year}) Q return all Q = 12 months', '{true}'],
  ['a calendar month does not compare with days', '({1 month}) Q return all Q = 30 days', '{null}'],
  ['but is equivalent to 30', '({1 month}) Q return all {Q ~ 30 days, Q ~ 31 days}', '{{true, false}}'],
  ['a sum is in the finer unit', "({1.0 'g'}) Q return all Q + 1 'mg'", "{1001.0 'mg'}"],
  ['a difference of incomparable units is null', "({1.0 'g'}) Q return all Q - 1 'm'", '{null}'],
  ['a product multiplies the units', "({2.0 'm'}) Q return all Q * 3 's'", "{6.0 'm.s'}"],
  ['a quotient of one unit is a number', "({6.0 'mg'}) Q return all Q / 2 'mg'", "{3.0 '1'}"],
  ['division by a number keeps the unit', "({6.0 'mg'}) Q return all Q / 4", "{1.5 'mg'}"],
  ['conversion', "({1.5 'g'}) Q return all convert Q to 'mg'", "{1500.0 'mg'}"],
  ['conversion to another dimension is null', "({1.5 'g'}) Q return all convert Q to 'm'", '{null}'],
  ['equal ratios have equal parts', "1 'mg':2 'mL' = 10 'mg':20 'mL'", 'false'],
  ['equivalent ratios are the same proportion', "1 'mg':2 'mL' ~ 0.01 'g':20 'mL'", 'true'],
  ['decimals are equivalent at the lesser precision', '({1.26, 1.24}) X return all X ~ 1.3', '{true, false}'],
]);
