-- grain: one row per patient: whom each step of an attribution rule would name
with
    patient as (select * from staging.patient),
    roster_entry as (select * from intermediate.roster_entry),

    usual_provider as (
        select
            usual_provider_within.pid as pid,
            min(usual_provider_within.provider_id) filter (usual_provider_within.months = 12) as visits_12_provider_id,
            min(usual_provider_within.provider_id) filter (usual_provider_within.months = 24) as visits_24_provider_id,
            min(usual_provider_within.provider_id) filter (usual_provider_within.months = 36) as visits_36_provider_id,
        from intermediate.usual_provider_within as usual_provider_within
        group by usual_provider_within.pid
    ),

    usual_site as (
        select
            usual_site_within.pid as pid,
            min(usual_site_within.site_id) filter (usual_site_within.months = 12) as visits_12_site_id,
            min(usual_site_within.site_id) filter (usual_site_within.months = 24) as visits_24_site_id,
            min(usual_site_within.site_id) filter (usual_site_within.months = 36) as visits_36_site_id,
        from intermediate.usual_site_within as usual_site_within
        group by usual_site_within.pid
    )

select
    patient.pid as pid,
    roster_entry.provider_id as roster_provider_id,
    roster_entry.site_id as roster_site_id,
    patient.general_practitioner_id as assigned_provider_id,
    patient.managing_organization_id as assigned_site_id,
    usual_provider.visits_12_provider_id as visits_12_provider_id,
    usual_site.visits_12_site_id as visits_12_site_id,
    usual_provider.visits_24_provider_id as visits_24_provider_id,
    usual_site.visits_24_site_id as visits_24_site_id,
    usual_provider.visits_36_provider_id as visits_36_provider_id,
    usual_site.visits_36_site_id as visits_36_site_id,
from patient
left join roster_entry using (pid)
left join usual_provider using (pid)
left join usual_site using (pid)
