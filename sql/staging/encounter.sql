-- grain: one row per encounter of a patient that was not entered in error
with
    encounter as (select * from fhir."Encounter"),
    concept_code as (select * from staging.concept_code)

select
    encounter.rid as rid,
    encounter.pid as pid,
    encounter.id as id,
    encounter.status as status,
    concept_code.code as class_code,
    encounter.period."start".lo as started_at,
    -- the day on the clock of the place, as it was stated; `started_at` is UTC
    (encounter.period."start".lo + to_minutes(encounter.period."start".zone))::date as started_on,
    split_part(encounter."serviceProvider".reference, '/', -1) as site_id,
    encounter."serviceProvider".display as site_name,
    split_part(
        list_filter(encounter.participant, lambda p: contains(p.individual.reference, 'Practitioner/'))[1].individual.reference,
        '/',
        -1
    ) as provider_id,
    list_filter(encounter.participant, lambda p: contains(p.individual.reference, 'Practitioner/'))[1].individual.display as provider_name,
from encounter
left join concept_code
    on concept_code.concept = encounter.class
where encounter.pid is not null
    and coalesce(encounter.status, 'finished') <> 'entered-in-error'
