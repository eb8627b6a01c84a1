-- grain: one row per patient in the initial population of CMS165FHIR 0.5.000
create or replace temp table hand_result as
with
visit as (
    select distinct pid from hand_encounter -- several visits of a patient
    where type in (
            select key from hand_list_set where name in (
                'Office Visit', 'Annual Wellness Visit', 'Preventive Care Services Established Office Visit, 18 and Up',
                'Preventive Care Services Initial Office Visit, 18 and Up', 'Home Healthcare Services',
                'Virtual Encounter', 'Telephone Visits'
            )
        )
        and since(starts_first, starts_last, period_start()) and until(ends_first, ends_last, period_end())
),

-- By the instant, not by the day: that is how the measure says it.
hypertension as (
    select distinct pid from hand_diagnosis -- several diagnoses of a patient
    where code in (select key from hand_set where name = 'Essential Hypertension')
        -- An onset stated as the last day before the boundary may lie before or at its last millisecond: unknown.
        and (starts_hi < period_start() + interval 6 month - interval 1 millisecond
            or (starts_hi = period_start() + interval 6 month - interval 1 millisecond and starts_lo = starts_hi))
        and ends_lo > period_start()
),

initial_population as (
    select pid, age_at_least, age_at_most
    from hand_patient
    where age_at_least >= 18 and age_at_most <= 85
        and pid in (select pid from visit)
        and pid in (select pid from hypertension)
),

reading as (
    select
        pid, rid, latest_first, latest_last,
        latest_first as day,
        split_part(encounter.reference, '/', -1) as encounter_id,
        list_filter(component, lambda c: list_contains(getvariable('systolic'), c.code))[1].valueQuantity as systolic,
        list_filter(component, lambda c: list_contains(getvariable('diastolic'), c.code))[1].valueQuantity as diastolic
    from hand_observation
    where code in (select key from hand_set where name = 'Blood pressure panel')
),

acute_stay as (
    select pid, starts_first as first_day, ends_last as last_day
    from hand_encounter
    where type in (
        select key from hand_list_set
        where name in ('Encounter Inpatient', 'Emergency Department Evaluation and Management Visit')
    )
),

acute_class as (
    select pid, id from fhir."Encounter"
    where class in (
        select key from dictionary.concept
        where codings[1].code in ('EMER', 'IMP', 'ACUTE', 'NONAC', 'PRENC', 'SS')
    )
),

in_acute_stay as (
    select reading.rid from reading
    join acute_stay on acute_stay.pid = reading.pid and reading.day between acute_stay.first_day and acute_stay.last_day
),

at_acute_class as (
    select reading.rid from reading
    join acute_class on acute_class.pid = reading.pid and acute_class.id = reading.encounter_id
),

-- As published, a reading of any date qualifies when it was not made in a stay.
qualifying as (
    select * from reading
    where rid not in (select rid from in_acute_stay)
        or (
            within(latest_first, latest_last, period_start(), period_end())
            and rid not in (select rid from at_acute_class)
        )
),

-- A reading without a value sorts before the lowest one.
latest_reading as (
    select
        pid,
        case when bool_or(systolic.value is null) then null else min(systolic.value) end as systolic,
        case when bool_or(diastolic.value is null) then null else min(diastolic.value) end as diastolic
    from qualifying
    where (pid, day) in (select pid, max(day) from qualifying group by pid)
    group by pid
),

kidney_or_pregnancy as (
    select pid from hand_diagnosis
    where code in (
            select key from hand_set where name in (
                'Pregnancy', 'End Stage Renal Disease', 'Kidney Transplant Recipient', 'Chronic Kidney Disease, Stage 5'
            )
        )
        and starts_hi < period_end() + interval 1 day
        and ends_lo >= period_start()
    union
    select pid from hand_procedure
    where code in (select key from hand_set where name in ('Kidney Transplant', 'Dialysis Services'))
        and ends_hi < period_end() + interval 1 day
    union
    select pid from hand_encounter
    where type in (select key from hand_list_set where name = 'ESRD Monthly Outpatient Services')
        and starts_hi < period_end() + interval 1 day
)

select
    pid,
    true as initial_population,
    true as denominator,
    pid in (select pid from hand_hospice)
    or pid in (select pid from hand_palliative_care)
    or pid in (select pid from kidney_or_pregnancy)
    or (age_at_least >= 66 and pid in (select pid from hand_nursing_home))
    or (
        age_at_least >= 66
        and pid in (select pid from hand_frailty)
        and (age_at_least >= 81 or pid in (select pid from hand_advanced_illness))
    ) as denominator_exclusion,
    coalesce(latest_reading.systolic < 140 and latest_reading.diastolic < 90, false) as numerator
from initial_population
left join latest_reading using (pid);
