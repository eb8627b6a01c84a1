import { panelCondition, Parameters, populationCondition } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { ProviderRate } from '../contract';
import type { Panel } from '../filters/panel.service';
import { rateOf } from './counts.query';
import type { MeasureGroup } from './group.query';
import { wilsonInterval } from './wilson';

/** Below this many cases a provider's rate says too little to be compared. */
const fewestCases = 20;

/** The rate of every provider who has a patient in the denominator of the rate, by name. */
export async function readProviderRates(
  connection: Connection,
  { scope, filter }: Panel,
  { measureId, groupId }: MeasureGroup,
): Promise<ProviderRate[]> {
  const parameters = new Parameters();
  const rows = await connection.rows<
    Pick<ProviderRate, 'providerId' | 'providerName'> &
      Record<'performanceDenominator' | 'performanceNumerator', number>
  >(
    `select
        coalesce(p.provider_id, '') as "providerId",
        coalesce(any_value(p.provider_name), any_value(p.provider_id), 'Not attributed') as "providerName",
        count(*) as "performanceDenominator",
        count_if(${populationCondition('performance-numerator', 'r')}) as "performanceNumerator"
    from population_result as r
    inner join patient as p using (pid)
    where r.measure_id = ${parameters.bind(measureId)}
        and r.group_id = ${parameters.bind(groupId)}
        and ${panelCondition('p', scope, filter, parameters)}
        and ${populationCondition('performance-denominator', 'r')}
    group by coalesce(p.provider_id, '')
    order by "providerName", "providerId"`,
    parameters.values,
  );
  return rows.map((row) => {
    const interval = wilsonInterval(row.performanceNumerator, row.performanceDenominator);
    return {
      ...row,
      performanceRate: rateOf(row.performanceNumerator, row.performanceDenominator),
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      belowMinimum: row.performanceDenominator < fewestCases,
      suppressed: false,
    };
  });
}
