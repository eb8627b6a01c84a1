-- grain: one row per measure, group, dimension and member of the dimension
with
    population_result as (select * from marts.population_result),
    patient as (select * from marts.patient),

    placed as (
        select
            population_result.*,
            coalesce(patient.site_id, '') as site,
            coalesce(patient.site_name, 'Not attributed') as site_label,
            coalesce(patient.provider_id, '') as provider,
            coalesce(patient.provider_name, 'Not attributed') as provider_label,
            coalesce(patient.payer, '') as payer_member,
            coalesce(patient.payer, 'Unknown') as payer_label,
            coalesce(patient.sex, '') as sex,
            coalesce(patient.sex, 'Unknown') as sex_label,
            case
                when patient.age is null then 'unknown'
                when patient.age < 18 then '0-17'
                when patient.age < 45 then '18-44'
                when patient.age < 65 then '45-64'
                when patient.age < 75 then '65-74'
                else '75+'
            end as age_band,
            coalesce(patient.race, '') as race,
            coalesce(patient.race, 'Unknown') as race_label,
            coalesce(patient.ethnicity, '') as ethnicity,
            coalesce(patient.ethnicity, 'Unknown') as ethnicity_label,
            case when population_result.gap_status = 'open-gap' then population_result.pid end as open_pid,
            population_result.denominator
                and not coalesce(population_result.denominator_exclusion, false)
                and not coalesce(population_result.denominator_exception, false) as in_performance_denominator,
        from population_result
        left join patient using (pid)
    ),

    counted as (
        select
            placed.measure_id as measure_id,
            placed.group_id as group_id,
            case
                when grouping(placed.site) = 0 then 'site'
                when grouping(placed.provider) = 0 then 'provider'
                when grouping(placed.payer_member) = 0 then 'payer'
                when grouping(placed.sex) = 0 then 'sex'
                when grouping(placed.age_band) = 0 then 'age_band'
                when grouping(placed.race) = 0 then 'race'
                when grouping(placed.ethnicity) = 0 then 'ethnicity'
                else 'all'
            end as dimension,
            coalesce(
                placed.site,
                placed.provider,
                placed.payer_member,
                placed.sex,
                placed.age_band,
                placed.race,
                placed.ethnicity,
                ''
            ) as member_id,
            coalesce(
                placed.site_label,
                placed.provider_label,
                placed.payer_label,
                placed.sex_label,
                placed.age_band,
                placed.race_label,
                placed.ethnicity_label,
                'All patients'
            ) as member_label,
            count(*) filter (placed.initial_population) as initial_population,
            case when count(placed.denominator) > 0 then count_if(placed.denominator) end as denominator,
            case when count(placed.denominator_exclusion) > 0 then count_if(placed.denominator_exclusion) end as denominator_exclusion,
            case when count(placed.denominator_exception) > 0 then count_if(placed.denominator_exception) end as denominator_exception,
            case when count(placed.numerator) > 0 then count_if(placed.numerator) end as numerator,
            case when count(placed.numerator_exclusion) > 0 then count_if(placed.numerator_exclusion) end as numerator_exclusion,
            case when count(placed.denominator) > 0 then count_if(placed.in_performance_denominator) end as performance_denominator,
            case
                when count(placed.numerator) > 0
                    then count_if(
                        placed.in_performance_denominator
                        and placed.numerator
                        and not coalesce(placed.numerator_exclusion, false)
                    )
            end as performance_numerator,
            count(distinct placed.open_pid) as open_gaps,
        from placed
        group by grouping sets (
            (placed.measure_id, placed.group_id),
            (placed.measure_id, placed.group_id, placed.site, placed.site_label),
            (placed.measure_id, placed.group_id, placed.provider, placed.provider_label),
            (placed.measure_id, placed.group_id, placed.payer_member, placed.payer_label),
            (placed.measure_id, placed.group_id, placed.sex, placed.sex_label),
            (placed.measure_id, placed.group_id, placed.age_band),
            (placed.measure_id, placed.group_id, placed.race, placed.race_label),
            (placed.measure_id, placed.group_id, placed.ethnicity, placed.ethnicity_label)
        )
    )

select
    counted.measure_id as measure_id,
    counted.group_id as group_id,
    counted.dimension as dimension,
    counted.member_id as member_id,
    counted.member_label as member_label,
    counted.initial_population::bigint as initial_population,
    counted.denominator::bigint as denominator,
    counted.denominator_exclusion::bigint as denominator_exclusion,
    counted.denominator_exception::bigint as denominator_exception,
    counted.numerator::bigint as numerator,
    counted.numerator_exclusion::bigint as numerator_exclusion,
    counted.performance_denominator::bigint as performance_denominator,
    counted.performance_numerator::bigint as performance_numerator,
    counted.performance_numerator / nullif(counted.performance_denominator, 0) as performance_rate,
    counted.open_gaps as open_gaps,
from counted
