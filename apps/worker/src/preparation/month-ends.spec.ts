import { yearsToMonthEnds } from './month-ends';

it('ends a year with each of the months before the last', () => {
  expect(yearsToMonthEnds('2026-12-31', 3)).toEqual([
    { periodStart: '2025-10-01', periodEnd: '2026-09-30' },
    { periodStart: '2025-11-01', periodEnd: '2026-10-31' },
    { periodStart: '2025-12-01', periodEnd: '2026-11-30' },
  ]);
});

it('knows how long February is, and crosses the turn of the year', () => {
  expect(yearsToMonthEnds('2024-03-31', 3)).toEqual([
    { periodStart: '2023-01-01', periodEnd: '2023-12-31' },
    { periodStart: '2023-02-01', periodEnd: '2024-01-31' },
    { periodStart: '2023-03-01', periodEnd: '2024-02-29' },
  ]);
});
