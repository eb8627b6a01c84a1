-- grain: one row per patient, measure and group in the denominator
-- The one place that decides what an open gap is: improvement notation `decrease` turns the numerator around.
with
    population_result as (select * from results.population_result),
    measure_group as (select * from results.measure_group),

    judged as (
        select
            population_result.measure_id as measure_id,
            population_result.group_id as group_id,
            population_result.pid as pid,
            coalesce(population_result.denominator_exclusion, false)
                or coalesce(population_result.denominator_exception, false) as removed,
            coalesce(population_result.numerator, false)
                and not coalesce(population_result.numerator_exclusion, false) as in_performance_numerator,
            measure_group.improvement_notation = 'decrease' as lower_is_better,
        from population_result
        inner join measure_group using (measure_id, group_id)
        where population_result.denominator
    )

select
    judged.measure_id as measure_id,
    judged.group_id as group_id,
    judged.pid as pid,
    -- episode-based measures: one open episode keeps the patient's gap open
    case
        when bool_and(judged.removed) then 'not-applicable'
        when bool_or(not judged.removed and judged.in_performance_numerator = judged.lower_is_better) then 'open-gap'
        else 'closed-gap'
    end as gap_status,
from judged
group by judged.measure_id, judged.group_id, judged.pid
