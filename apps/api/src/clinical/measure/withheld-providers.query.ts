import { rowsToWithhold, type CrossCount } from '@catchment/access';
import { panelCondition, Parameters, populationCondition } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { ProviderRate, Stratum } from '../contract';
import type { Panel } from '../filters/panel.service';
import type { MeasureGroup } from './group.query';
import { dimensions } from './strata.query';

/**
 * Withholds the rates of providers from which a withheld cell of the strata beside them could be computed
 * (docs/security.md, Small cells).
 */
export async function withholdProviders(
  connection: Connection,
  panel: Panel,
  group: MeasureGroup,
  providers: readonly ProviderRate[],
  strata: readonly Stratum[],
): Promise<ProviderRate[]> {
  const withheld = new Set<string>();
  for (const { dimension, members } of strata) {
    const hidden = new Set(members.filter(({ suppressed }) => suppressed).map(({ memberId }) => memberId));
    if (hidden.size === 0) continue;
    const counts = await readCrossCounts(connection, panel, group, dimension);
    for (const provider of rowsToWithhold(counts, hidden)) withheld.add(provider);
  }
  return providers.map((provider) =>
    withheld.has(provider.providerId) ? withoutCounts(provider) : provider,
  );
}

function withoutCounts(provider: ProviderRate): ProviderRate {
  return {
    ...provider,
    performanceDenominator: null,
    performanceNumerator: null,
    performanceRate: null,
    low: null,
    high: null,
    // Whether it is a small one would say something, too.
    belowMinimum: false,
    suppressed: true,
  };
}

/** How many people each provider has in each member of a dimension. */
async function readCrossCounts(
  connection: Connection,
  { scope, filter }: Panel,
  { measureId, groupId }: MeasureGroup,
  dimension: Stratum['dimension'],
): Promise<CrossCount[]> {
  const member = dimensions.find((each) => each.dimension === dimension)!.member;
  const parameters = new Parameters();
  return connection.rows<CrossCount>(
    `select
        coalesce(p.provider_id, '') as "row",
        ${member} as "cell",
        count(*) as "denominator",
        count_if(${populationCondition('performance-numerator', 'r')}) as "numerator"
    from population_result as r
    inner join patient as p using (pid)
    where r.measure_id = ${parameters.bind(measureId)}
        and r.group_id = ${parameters.bind(groupId)}
        and ${panelCondition('p', scope, filter, parameters)}
        and ${populationCondition('performance-denominator', 'r')}
    group by coalesce(p.provider_id, ''), ${member}
    order by "row", "cell"`,
    parameters.values,
  );
}
