import { describeChapter } from './chapter';

describeChapter('19 intervals', [
  ['open boundaries of Integers', '({Interval(1, 5)}) I return all {start of I, end of I}', '{{2, 4}}'],
  [
    'open boundaries of a day are the neighbour days',
    '({Interval(@2014-01-31, @2014-03-01)}) I return all {start of I, end of I}',
    '{{@2014-02-01, @2014-02-28}}',
  ],
  [
    'a closed null boundary is the limit of the type',
    '({Interval[null, 5]}) I return all start of I',
    '{-2147483648}',
  ],
  ['an open null boundary is unknown', '({Interval(null, 5]}) I return all start of I', '{null}'],
  [
    'a point in an interval',
    '({Interval[1, 5]}) I return all {1 in I, 5 in I, 6 in I}',
    '{{true, true, false}}',
  ],
  [
    'a point on the boundary is not properly in it',
    '({Interval[1, 5]}) I return all {1 properly included in I, 2 properly included in I}',
    '{{false, true}}',
  ],
  [
    'an interval is not properly in itself',
    '({Interval[1, 5]}) I return all {I properly included in Interval[1, 5], I properly included in Interval[1, 6]}',
    '{{false, true}}',
  ],
  [
    'overlaps',
    '({Interval[1, 5]}) I return all {I overlaps Interval[5, 9], I overlaps Interval[6, 9], I overlaps before Interval[5, 9], I overlaps after Interval[0, 2]}',
    '{{true, false, true, true}}',
  ],
  [
    'meets by the step of the type',
    '({Interval[1, 5]}) I return all {I meets Interval[6, 9], I meets before Interval[7, 9]}',
    '{{true, false}}',
  ],
  [
    'meets at a precision',
    '({Interval[@2014-01-01T, @2014-01-31T10:00:00.000]}) I return all I meets day of Interval[@2014-02-01T00:00:00.000, @2014-03-01T00:00:00.000]',
    '{true}',
  ],
  [
    'starts and ends',
    '({Interval[1, 5]}) I return all {I starts Interval[1, 9], I ends Interval[0, 5], I starts Interval[2, 9]}',
    '{{true, true, false}}',
  ],
  ['intersection', '({Interval[1, 5]}) I return all I intersect Interval[3, 9]', '{Interval[3, 5]}'],
  ['no intersection is null', '({Interval[1, 5]}) I return all I intersect Interval[7, 9]', '{null}'],
  [
    'union of intervals that meet',
    '({Interval[1, 5]}) I return all I union Interval[6, 9]',
    '{Interval[1, 9]}',
  ],
  ['union of intervals apart is null', '({Interval[1, 5]}) I return all I union Interval[7, 9]', '{null}'],
  ['the rest of an interval', '({Interval[1, 5]}) I return all I except Interval[4, 9]', '{Interval[1, 3]}'],
  ['a rest in two pieces is null', '({Interval[1, 9]}) I return all I except Interval[3, 5]', '{null}'],
  ['width', '({Interval[1, 5]}) I return all width of I', '{4}'],
  [
    'collapse merges what overlaps or meets',
    'collapse {Interval[1, 3], Interval[4, 6], Interval[8, 9], Interval[2, 5]}',
    '{Interval[1, 6], Interval[8, 9]}',
  ],
  [
    'collapse keeps the precision of the boundaries',
    'collapse {Interval[@2014-01T, @2014-02T], Interval[@2014-03-01T, @2014-03-05T]}',
    '{Interval[@2014-01T, @2014-03-05T]}',
  ],
  ['collapse leaves out null intervals', 'collapse {Interval[1, 3], null}', '{Interval[1, 3]}'],
  ['expand into days', 'expand Interval[@2014-02-27, @2014-03-02] per 2 days', '{@2014-02-27, @2014-03-01}'],
  [
    'expand truncates to the step',
    'expand Interval[@2014-01-15T10:00:00.000, @2014-03-01T00:00:00.000] per month',
    '{@2014-01T, @2014-02T, @2014-03T}',
  ],
  ['an interval that ends before it starts is refused', 'Interval[5, 3]', 'error'],
]);
