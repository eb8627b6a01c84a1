-- grain: one row per patient: who answers for the patient, stated by the source or else by where the patient goes
with
    patient as (select * from staging.patient),
    usual_site as (select * from intermediate.usual_site),
    usual_provider as (select * from intermediate.usual_provider),
    payer as (select * from intermediate.payer),

    attributed as (
        select
            patient.pid as pid,
            coalesce(patient.managing_organization_id, usual_site.site_id) as site_id,
            usual_site.site_name as site_name,
            coalesce(patient.general_practitioner_id, usual_provider.provider_id) as provider_id,
            usual_provider.provider_id as usual_provider_id,
            usual_provider.provider_name as provider_name,
            usual_site.site_id as usual_site_id,
            payer.payer as payer,
        from patient
        left join usual_site using (pid)
        left join usual_provider using (pid)
        left join payer using (pid)
    )

select
    attributed.pid as pid,
    attributed.site_id as site_id,
    coalesce(
        organization.site_name,
        case when attributed.site_id = attributed.usual_site_id then attributed.site_name end,
        attributed.site_id
    ) as site_name,
    attributed.provider_id as provider_id,
    coalesce(
        practitioner.provider_name,
        case when attributed.provider_id = attributed.usual_provider_id then attributed.provider_name end,
        attributed.provider_id
    ) as provider_name,
    attributed.payer as payer,
from attributed
left join staging.organization as organization using (site_id)
left join staging.practitioner as practitioner using (provider_id)
