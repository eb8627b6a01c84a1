import { isBetter, type ImprovementNotation } from '@catchment/gaps';
import type { TrendMart } from './scorecard-marts';
import type { Change, TrendPoint } from './scorecard-report';

/**
 * The thirteen months that end with `latestMonth`, oldest first: a year ago and now are both on the line.
 * A month without a run is a point without a rate, so that a gap in the history shows as a gap.
 * @param points the trend of one measure group, in order of `period_end`
 * @param latestMonth `YYYY-MM`
 */
export function lastThirteenMonths(points: readonly TrendMart[], latestMonth: string): TrendPoint[] {
  return Array.from({ length: 13 }, (_, index) => {
    const month = addMonths(latestMonth, index - 12);
    const point = pointOf(points, month);
    return {
      month,
      rate: point?.performance_rate ?? null,
      performanceNumerator: point?.performance_numerator ?? null,
    };
  });
}

/** The change from the month before to the latest month; null unless both months have a rate. */
export function latestChange(
  points: readonly TrendMart[],
  latestMonth: string,
  notation: ImprovementNotation,
): Change | null {
  if (latestMonth === '') return null;
  const before = pointOf(points, addMonths(latestMonth, -1));
  const latest = pointOf(points, latestMonth);
  if (before?.performance_rate == null || latest?.performance_rate == null) return null;
  const difference = latest.performance_rate - before.performance_rate;
  return {
    since: before.period_end,
    patients: (latest.performance_numerator ?? 0) - (before.performance_numerator ?? 0),
    points: difference * 100,
    better: isBetter(difference, notation),
  };
}

/** `YYYY-MM` plus a number of months. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const date = new Date(Date.UTC(year, number - 1 + count, 1));
  return date.toISOString().slice(0, 7);
}

/** A month that was run twice counts with its last period end. */
function pointOf(points: readonly TrendMart[], month: string): TrendMart | undefined {
  return points.findLast((point) => point.period_end.startsWith(month));
}
