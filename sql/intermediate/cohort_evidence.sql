-- grain: one row per condition resource that names a cohort's condition, up to the end of the measurement period
with
    condition as (select * from staging.condition),
    encounter as (select * from staging.encounter),
    chronic_condition_concept as (select * from intermediate.chronic_condition_concept),
    run as (select * from staging.run)

select
    chronic_condition_concept.cohort_id as cohort_id,
    condition.pid as pid,
    condition.rid as rid,
    condition.id as id,
    coalesce(encounter.started_on, condition.began_on) as evidence_date,
    encounter.rid is not null as at_encounter,
    -- the claim types of the source rule, by Encounter.class: inpatient, skilled nursing and home health stand alone
    coalesce(encounter.class_code in ('IMP', 'ACUTE', 'NONAC', 'HH'), false) as institutional,
    condition.active and condition.problem_list as on_problem_list,
from condition
inner join chronic_condition_concept
    on chronic_condition_concept.concept = condition.concept
left join encounter
    on encounter.pid = condition.pid
    and encounter.id = condition.encounter_id
    and coalesce(encounter.status, 'finished') <> 'cancelled'
cross join run
where coalesce(encounter.started_on, condition.began_on) <= run.period_end
