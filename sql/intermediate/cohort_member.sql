-- grain: one row per cohort and patient who meets its definition at the end of the measurement period
with
    chronic_condition as (select * from seeds.chronic_condition),
    cohort_evidence as (select * from intermediate.cohort_evidence),
    run as (select * from staging.run),

    counted as (
        select
            cohort_evidence.cohort_id as cohort_id,
            cohort_evidence.pid as pid,
            min(cohort_evidence.evidence_date) as first_evidence,
            max(cohort_evidence.evidence_date) as latest_evidence,
            -- of several on one day by id: numbers of resources depend on what was loaded when
            arg_min(
                cohort_evidence.rid,
                (cohort_evidence.evidence_date, cohort_evidence.id, cohort_evidence.rid)
            ) as first_rid,
            arg_max(
                cohort_evidence.rid,
                (cohort_evidence.evidence_date, cohort_evidence.id, cohort_evidence.rid)
            ) as latest_rid,
            count(distinct cohort_evidence.evidence_date) as evidence_count,
            count(distinct cohort_evidence.evidence_date) filter (
                cohort_evidence.institutional
                and cohort_evidence.evidence_date > run.period_end - to_months(chronic_condition.lookback_months::integer)
            ) as institutional_days,
            count(distinct cohort_evidence.evidence_date) filter (
                cohort_evidence.at_encounter
                and not cohort_evidence.institutional
                and cohort_evidence.evidence_date > run.period_end - to_months(chronic_condition.lookback_months::integer)
            ) as outpatient_days,
            bool_or(cohort_evidence.on_problem_list) as on_problem_list,
        from cohort_evidence
        inner join chronic_condition using (cohort_id)
        cross join run
        group by cohort_evidence.cohort_id, cohort_evidence.pid
    ),

    qualified as (
        select
            counted.*,
            counted.institutional_days >= chronic_condition.institutional_days::integer
                or counted.outpatient_days >= chronic_condition.outpatient_days::integer as by_encounters,
        from counted
        inner join chronic_condition using (cohort_id)
    )

select
    qualified.cohort_id as cohort_id,
    qualified.pid as pid,
    qualified.first_evidence as first_evidence,
    qualified.latest_evidence as latest_evidence,
    qualified.first_rid as first_rid,
    qualified.latest_rid as latest_rid,
    qualified.evidence_count::integer as evidence_count,
    case
        when qualified.by_encounters and qualified.on_problem_list then 'encounters and problem list'
        when qualified.by_encounters then 'encounters'
        else 'problem list'
    end as qualification,
from qualified
where qualified.by_encounters
    or qualified.on_problem_list
