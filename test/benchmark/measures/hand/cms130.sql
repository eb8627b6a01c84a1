-- grain: one row per patient in the initial population of CMS130FHIR 0.4.000
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

initial_population as (
    select pid, age_at_least
    from hand_patient
    where age_at_least >= 46 and age_at_most <= 75 and pid in (select pid from visit)
),

screening as (
    select pid from hand_observation
    where code in (select key from hand_set where name = 'Fecal Occult Blood Test (FOBT)')
        and category in (select key from hand_list_set where name = 'Laboratory category')
        and (valueQuantity is not null or valueCodeableConcept is not null)
        and within(latest_first, latest_last, period_start(), period_end())
    union
    select pid from hand_observation
    where code in (select key from hand_set where name = 'sDNA FIT Test')
        and category in (select key from hand_list_set where name = 'Laboratory category')
        and (valueQuantity is not null or valueCodeableConcept is not null)
        and within(latest_first, latest_last, (period_start() - interval 2 year)::date, period_end())
    union
    select pid from hand_observation
    where code in (select key from hand_set where name = 'CT Colonography')
        and category in (select key from hand_list_set where name = 'Imaging category')
        and within(ends_first, ends_last, (period_start() - interval 4 year)::date, period_end())
    union
    select pid from hand_procedure
    where code in (select key from hand_set where name = 'Flexible Sigmoidoscopy')
        and within(ends_first, ends_last, (period_start() - interval 4 year)::date, period_end())
    union
    select pid from hand_procedure
    where code in (select key from hand_set where name = 'Colonoscopy')
        and within(ends_first, ends_last, (period_start() - interval 9 year)::date, period_end())
),

colon_lost as (
    select pid from hand_diagnosis
    where code in (select key from hand_set where name = 'Malignant Neoplasm of Colon')
        and until(starts_first, starts_last, period_end())
    union
    select pid from hand_procedure
    where code in (select key from hand_set where name = 'Total Colectomy')
        and until(ends_first, ends_last, period_end())
)

select
    pid,
    true as initial_population,
    true as denominator,
    pid in (select pid from hand_hospice)
    or pid in (select pid from hand_palliative_care)
    or pid in (select pid from colon_lost)
    or (age_at_least >= 66 and pid in (select pid from hand_nursing_home))
    or (
        age_at_least >= 66
        and pid in (select pid from hand_frailty)
        and pid in (select pid from hand_advanced_illness)
    ) as denominator_exclusion,
    pid in (select pid from screening) as numerator
from initial_population;
