-- grain: one row per condition of a patient of the evaluated population that nobody refuted
with
    condition as (select * from fhir."Condition"),
    concept_code as (select * from staging.concept_code),
    population as (select * from registry.population),

    -- a status may be coded twice, by HL7 and by the source
    active_status as (
        select distinct concept_code.concept as concept
        from concept_code
        where concept_code.code in ('active', 'recurrence', 'relapse')
    ),

    refuted_status as (
        select distinct concept_code.concept as concept
        from concept_code
        where concept_code.code in ('refuted', 'entered-in-error')
    ),

    category as (
        select
            concept_list.key as concept_list,
            unnest(concept_list.concepts) as concept,
        from dictionary.concept_list as concept_list
    ),

    category_list as (
        select
            category.concept_list as concept_list,
            bool_or(concept_code.code = 'encounter-diagnosis') as encounter_diagnosis,
            bool_or(concept_code.code in ('problem-list-item', 'health-concern')) as problem_list,
        from category
        inner join concept_code using (concept)
        group by category.concept_list
    )

select
    condition.rid as rid,
    condition.pid as pid,
    condition.id as id,
    condition.code as concept,
    split_part(condition.encounter.reference, '/', -1) as encounter_id,
    -- the day on the clock of the place, as it was stated
    coalesce(
        condition."onsetDateTime".lo + to_minutes(condition."onsetDateTime".zone),
        condition."onsetPeriod"."start".lo + to_minutes(condition."onsetPeriod"."start".zone),
        condition."recordedDate".lo + to_minutes(condition."recordedDate".zone)
    )::date as began_on,
    active_status.concept is not null as active,
    -- a condition without a category may be either; it counts as a problem while it is active
    coalesce(category_list.problem_list or not category_list.encounter_diagnosis, true) as problem_list,
from condition
semi join population using (pid)
anti join refuted_status
    on refuted_status.concept = condition."verificationStatus"
left join active_status
    on active_status.concept = condition."clinicalStatus"
left join category_list
    on category_list.concept_list = condition.category
