-- grain: one row per measure, group, end of measurement period and panel (site, provider, payer)
with
    trend as (select * from results.trend),
    population_result as (select * from marts.population_result),
    run as (select * from staging.run)

select
    trend.measure_id as measure_id,
    trend.group_id as group_id,
    trend.period_end as period_end,
    trend.site_id as site_id,
    trend.provider_id as provider_id,
    trend.payer as payer,
    trend.performance_denominator as performance_denominator,
    trend.performance_numerator as performance_numerator,
from trend
cross join run
-- 13 months: the sparkline; the run's own point is counted from its own results
where trend.period_end < run.period_end
    and trend.period_end > run.period_end - interval 13 month
union all
select
    population_result.measure_id as measure_id,
    population_result.group_id as group_id,
    run.period_end as period_end,
    population_result.site_id as site_id,
    population_result.provider_id as provider_id,
    population_result.payer as payer,
    count(*) as performance_denominator,
    count_if(population_result.numerator and not coalesce(population_result.numerator_exclusion, false)) as performance_numerator,
from population_result
cross join run
where population_result.denominator
    and not coalesce(population_result.denominator_exclusion, false)
    and not coalesce(population_result.denominator_exception, false)
group by all
