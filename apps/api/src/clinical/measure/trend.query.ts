import { isBetter } from '@catchment/gaps';
import { panelCondition, Parameters } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { Change, ImprovementNotation, TrendPoint } from '../contract';
import type { Panel } from '../filters/panel.service';
import { groupKey, rateOf } from './counts.query';

/** The trend of every group within a panel, oldest point first; the last is that of the published run. */
export async function readTrends(
  connection: Connection,
  { scope, filter }: Panel,
  measureId?: string,
): Promise<Map<string, TrendPoint[]>> {
  const parameters = new Parameters();
  const condition = panelCondition('t', scope, filter, parameters);
  const one = measureId === undefined ? 'true' : `t.measure_id = ${parameters.bind(measureId)}`;
  const rows = await connection.rows<{
    measureId: string;
    groupId: string;
    periodEnd: string;
    denominator: number;
    numerator: number;
  }>(
    `select
        t.measure_id as "measureId",
        t.group_id as "groupId",
        t.period_end as "periodEnd",
        sum(t.performance_denominator) as "denominator",
        sum(t.performance_numerator) as "numerator"
    from trend_panel as t
    where ${condition} and ${one}
    group by t.measure_id, t.group_id, t.period_end
    order by t.period_end`,
    parameters.values,
  );
  const trends = new Map<string, TrendPoint[]>();
  for (const { periodEnd, numerator, denominator, ...group } of rows) {
    const points = trends.get(groupKey(group)) ?? [];
    points.push({
      periodEnd,
      performanceDenominator: denominator,
      performanceNumerator: numerator,
      performanceRate: rateOf(numerator, denominator),
    });
    trends.set(groupKey(group), points);
  }
  return trends;
}

/** What the last point of a trend changed; null with fewer than two points. */
export function changeOf(trend: readonly TrendPoint[], notation: ImprovementNotation): Change | null {
  const last = trend.at(-1);
  const before = trend.at(-2);
  if (!last || !before) return null;
  const points =
    last.performanceRate === null || before.performanceRate === null
      ? null
      : 100 * (last.performanceRate - before.performanceRate);
  return {
    sincePeriodEnd: before.periodEnd,
    patients: last.performanceNumerator - before.performanceNumerator,
    points,
    better: points === null ? null : isBetter(points, notation),
  };
}
