-- grain: one row per patient in the initial population of CMS122FHIR 0.5.000
create or replace temp table hand_result as
with
visit as (
    select distinct pid from hand_encounter -- several visits of a patient
    where type in (
            select key from hand_list_set where name in (
                'Office Visit', 'Annual Wellness Visit', 'Preventive Care Services Established Office Visit, 18 and Up',
                'Preventive Care Services Initial Office Visit, 18 and Up', 'Home Healthcare Services',
                'Nutrition Services', 'Telephone Visits', 'Medical nutrition therapy'
            )
        )
        and since(starts_first, starts_last, period_start()) and until(ends_first, ends_last, period_end())
),

diabetes as (
    select distinct pid from hand_diagnosis -- several diagnoses of a patient
    where of_encounter
        and code in (select key from hand_set where name = 'Diabetes')
        and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
),

initial_population as (
    select pid, age_at_least
    from hand_patient
    where age_at_least >= 18 and age_at_most <= 75
        and pid in (select pid from visit)
        and pid in (select pid from diabetes)
),

assessment as (
    select
        pid,
        latest_first as day,
        case when coalesce(valueQuantity.code, valueQuantity.unit) = '%' then valueQuantity.value end as percent
    from hand_observation
    where code in (select key from hand_set where name in ('HbA1c Laboratory Test', 'Glucose management indicator'))
        and category in (select key from hand_list_set where name = 'Laboratory category')
        and within(latest_first, latest_last, period_start(), period_end())
),

-- A reading without a value sorts before the lowest one.
latest_assessment as (
    select
        pid,
        case when bool_or(percent is null) then null else min(percent) end as lowest
    from assessment
    where (pid, day) in (select pid, max(day) from assessment group by pid)
    group by pid
)

select
    pid,
    true as initial_population,
    true as denominator,
    pid in (select pid from hand_hospice)
    or pid in (select pid from hand_palliative_care)
    or (age_at_least >= 66 and pid in (select pid from hand_nursing_home))
    or (
        age_at_least >= 66
        and pid in (select pid from hand_frailty)
        and pid in (select pid from hand_advanced_illness)
    ) as denominator_exclusion,
    lowest is null or lowest > 9 as numerator
from initial_population
left join latest_assessment using (pid);
