-- grain: one row per patient
with
    patient as (select * from staging.patient),
    attribution as (select * from intermediate.attribution),
    visit as (select * from intermediate.visit),
    gap_status as (select * from intermediate.gap_status),
    cohort_member as (select * from intermediate.cohort_member),
    appointment as (select * from staging.appointment),
    run as (select * from staging.run),

    open_gap as (
        select
            gap_status.pid as pid,
            count(*)::integer as open_gaps,
        from gap_status
        where gap_status.gap_status = 'open-gap'
        group by gap_status.pid
    ),

    condition as (
        select
            cohort_member.pid as pid,
            list(cohort_member.cohort_id order by cohort_member.cohort_id) as conditions,
        from cohort_member
        group by cohort_member.pid
    ),

    next_appointment as (
        select
            appointment.pid as pid,
            min(appointment.starts_on) as next_appointment,
        from appointment
        cross join run
        where appointment.starts_on >= run.data_as_of::date
        group by appointment.pid
    ),

    gathered as (
        select
            patient.pid as pid,
            patient.patient_id as patient_id,
            patient.source as source,
            patient.fhir_id as fhir_id,
            patient.mrn as mrn,
            patient.family as family,
            patient.given as given,
            patient.full_name as full_name,
            patient.birth_date as birth_date,
            date_sub('year', patient.birth_date, run.period_end)::integer as age,
            patient.sex as sex,
            patient.phone as phone,
            patient.address as address,
            patient.language as language,
            patient.race as race,
            patient.ethnicity as ethnicity,
            patient.deceased as deceased,
            attribution.site_id as site_id,
            attribution.site_name as site_name,
            attribution.provider_id as provider_id,
            attribution.provider_name as provider_name,
            attribution.payer as payer,
            visit.last_visit as last_visit,
            next_appointment.next_appointment as next_appointment,
            coalesce(condition.conditions, []::varchar[]) as conditions,
            coalesce(open_gap.open_gaps, 0) as open_gaps,
            visit.last_acute_visit as last_acute_visit,
            visit.last_acute_visit >= run.period_end - interval 90 day as acute_lately,
            coalesce(visit.last_visit < run.period_end - interval 12 month, true) as not_seen_lately,
        from patient
        cross join run
        left join attribution using (pid)
        left join visit using (pid)
        left join open_gap using (pid)
        left join condition using (pid)
        left join next_appointment using (pid)
    )

select
    gathered.* exclude (acute_lately, not_seen_lately),
    (
        10 * gathered.open_gaps
        + 5 * len(gathered.conditions)
        + case when gathered.acute_lately then 15 else 0 end
        + case when gathered.not_seen_lately then 10 else 0 end
    )::integer as priority,
    list_filter([
        case when gathered.open_gaps > 0 then gathered.open_gaps || case when gathered.open_gaps = 1 then ' open gap' else ' open gaps' end end,
        case
            when len(gathered.conditions) > 0
                then len(gathered.conditions) || case when len(gathered.conditions) = 1 then ' chronic condition' else ' chronic conditions' end
        end,
        case when gathered.acute_lately then 'hospital or emergency visit on ' || strftime(gathered.last_acute_visit, '%Y-%m-%d') end,
        case when gathered.not_seen_lately then 'not seen for 12 months' end,
    ], lambda reason: reason is not null) as priority_reasons,
from gathered
