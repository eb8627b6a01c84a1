import { describeChapter } from './chapter';

/**
 * Chapter 10, the aggregate clause: a fold. Medication histories are rolled out with one: each supply starts when the one
 * before it is used up, or on its own day if that is later. Results are worked out by hand.
 */
const supplies =
  '({Interval[@2026-01-01, @2026-01-10], Interval[@2026-01-05, @2026-01-14], Interval[@2026-02-01, @2026-02-05]})';

describeChapter('10 folds', [
  [
    'a list grows by what is worked out of its last element',
    `(${supplies} S aggregate all R starting (null as List<Interval<Date>>): R union ({S X
      let B: Max({end of Last(R) + 1 day, start of X}), E: B + System.Quantity{value: duration in days of X, unit: 'day'}
      return Interval[B, E]})) P return all start of P`,
    '{@2026-01-01, @2026-01-11, @2026-02-01}',
  ],
  [
    'what was rolled out is as long as what was supplied',
    `Sum((${supplies} S aggregate all R starting (null as List<Interval<Date>>): R union ({S X
      let B: Max({end of Last(R) + 1 day, start of X})
      return Interval[B, B + System.Quantity{value: duration in days of X, unit: 'day'}]})) P
      return all (difference in days between start of P and end of P) + 1)`,
    '25',
  ],
  [
    'the largest of what stands in the text, for each row',
    '({1, 5, 3}) N return all {Max({N, 3}), Min({N, 3, null as Integer}), Max({null as Integer, N})}',
    '{{3, 1, 1}, {5, 3, 5}, {3, 3, 3}}',
  ],
  [
    'the later of two dates',
    '({@2026-03-01, @2026-03-31}) D return all Max({D, @2026-03-15})',
    '{@2026-03-15, @2026-03-31}',
  ],
  ['nothing is the largest of nulls', 'Max({null as Integer, null as Integer})', 'null'],
]);
