import type { Connection } from '@catchment/warehouse';
import type { Scope } from '@catchment/store';
import type { ScorecardMart, TrendMart } from './scorecard-marts';

/**
 * The scorecard of some sites and providers only. The published `scorecard` is of everybody, so these numbers are
 * counted again from the population results, by the same definitions (docs/data-model.md).
 */
export interface ScopedNumbers {
  patients: number;
  scorecard: ScorecardMart[];
  trend: TrendMart[];
}

/** Does the scope leave nobody out? */
export function isEverybody(scope: Scope): boolean {
  return scope.sites === 'all' && scope.providers === 'all';
}

export async function readScopedNumbers(marts: Connection, scope: Scope): Promise<ScopedNumbers> {
  const parameters = [listParameter(scope.sites), listParameter(scope.providers)];
  const patients = await marts.first<{ patients: number }>(
    `select count(*) as patients from patient where ${IN_SCOPE}`,
    parameters,
  );
  return {
    patients: patients?.patients ?? 0,
    scorecard: await marts.rows<ScorecardMart>(SCORECARD, parameters),
    trend: await marts.rows<TrendMart>(TREND, parameters),
  };
}

/** `$1` sites and `$2` providers as JSON arrays; null = all. */
const IN_SCOPE = `
    (cast($1 as varchar) is null or site_id in (select unnest(from_json(cast($1 as varchar), '["varchar"]'))))
    and (cast($2 as varchar) is null or provider_id in (select unnest(from_json(cast($2 as varchar), '["varchar"]'))))`;

function listParameter(ids: string[] | 'all'): string | null {
  return ids === 'all' ? null : JSON.stringify(ids);
}

const counted = (column: string) =>
  `case when count(${column}) > 0 then count_if(${column}) end as ${column}`;

const SCORECARD = `
    with
    member as (
        select pid, site_id, site_name, provider_id, provider_name
        from patient
        where ${IN_SCOPE}
    ),

    result as (
        select
            r.measure_id,
            r.group_id,
            member.*,
            r.initial_population,
            r.denominator,
            r.denominator_exclusion,
            r.denominator_exception,
            r.numerator,
            r.numerator_exclusion,
            coalesce(r.denominator, false) and not coalesce(r.denominator_exclusion, false)
                and not coalesce(r.denominator_exception, false) as counts
        from population_result as r
        inner join member on r.pid = member.pid
    ),

    gap as (
        select g.measure_id, g.group_id, g.pid
        from care_gap as g
        where g.gap_status = 'open-gap'
    ),

    by_dimension as (
        select *, 'all' as dimension, '' as member_id, 'All patients' as member_label from result
        union all by name
        select *, 'site' as dimension, coalesce(site_id, '') as member_id,
            coalesce(site_name, site_id, 'Not attributed') as member_label from result
        union all by name
        select *, 'provider' as dimension, coalesce(provider_id, '') as member_id,
            coalesce(provider_name, provider_id, 'Not attributed') as member_label from result
    ),

    totals as (
        select
            measure_id,
            group_id,
            dimension,
            member_id,
            any_value(member_label) as member_label,
            count_if(initial_population) as initial_population,
            ${[
              'denominator',
              'denominator_exclusion',
              'denominator_exception',
              'numerator',
              'numerator_exclusion',
            ]
              .map(counted)
              .join(',\n            ')},
            case when count(denominator) > 0 then count_if(counts) end as performance_denominator,
            case when count(denominator) > 0
                then count_if(counts and coalesce(numerator, false) and not coalesce(numerator_exclusion, false))
            end as performance_numerator,
            list(distinct pid) as pids
        from by_dimension
        group by measure_id, group_id, dimension, member_id
    ),

    open_gaps as (
        select t.measure_id, t.group_id, t.dimension, t.member_id, count(*) as open_gaps
        from (select * exclude (pids), unnest(pids) as pid from totals) as t
        inner join gap on t.measure_id = gap.measure_id and t.group_id = gap.group_id and t.pid = gap.pid
        group by all
    )

    select
        t.* exclude (pids),
        t.performance_numerator / nullif(t.performance_denominator, 0) as performance_rate,
        coalesce(o.open_gaps, 0) as open_gaps
    from totals as t
    left join open_gaps as o
        on t.measure_id = o.measure_id and t.group_id = o.group_id and t.dimension = o.dimension
        and t.member_id = o.member_id
    order by dimension, member_label, member_id, measure_id, group_id`;

const TREND = `
    select
        measure_id,
        group_id,
        strftime(cast(period_end as date), '%Y-%m-%d') as period_end,
        sum(performance_denominator) as performance_denominator,
        sum(performance_numerator) as performance_numerator,
        sum(performance_numerator) / nullif(sum(performance_denominator), 0) as performance_rate
    from trend_panel
    where ${IN_SCOPE}
    group by measure_id, group_id, period_end
    order by measure_id, group_id, period_end`;
