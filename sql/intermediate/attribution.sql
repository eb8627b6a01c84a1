-- grain: one row per patient: who answers for the patient by the attribution rule, each step asked where those before are silent
with
    attribution_choice as (select * from intermediate.attribution_choice),
    rule as (select * from staging.attribution_rule),
    provider_site as (select * from intermediate.provider_site),
    site as (select * from intermediate.site),
    usual_site as (select * from intermediate.usual_site),
    usual_provider as (select * from intermediate.usual_provider),
    payer as (select * from intermediate.payer),

    named as (
        select
            attribution_choice.pid as pid,
            list_filter(list_transform(rule.steps, lambda step: case step
                when 'roster' then attribution_choice.roster_provider_id
                when 'assigned' then attribution_choice.assigned_provider_id
                when 'visits' then usual_provider.provider_id
            end), lambda id: id is not null)[1] as provider_id,
            list_filter(list_transform(rule.steps, lambda step: case step
                when 'roster' then attribution_choice.roster_site_id
                when 'assigned' then attribution_choice.assigned_site_id
                when 'visits' then usual_site.site_id
            end), lambda id: id is not null)[1] as own_site_id,
        from attribution_choice
        cross join rule
        left join usual_site using (pid)
        left join usual_provider using (pid)
    ),

    placed as (
        select
            named.pid as pid,
            named.provider_id as provider_id,
            case
                when rule.site_of = 'provider' then coalesce(provider_site.site_id, named.own_site_id)
                else named.own_site_id
            end as stated_site_id,
            case when rule.top_site then coalesce(site.top_site_id, stated_site_id) else stated_site_id end as site_id,
        from named
        cross join rule
        left join provider_site using (provider_id)
        left join site
            on site.site_id = case
                when rule.site_of = 'provider' then coalesce(provider_site.site_id, named.own_site_id)
                else named.own_site_id
            end
    )

select
    placed.pid as pid,
    placed.site_id as site_id,
    coalesce(
        organization.site_name,
        case when placed.site_id = usual_site.site_id then usual_site.site_name end,
        placed.site_id
    ) as site_name,
    placed.provider_id as provider_id,
    coalesce(
        practitioner.provider_name,
        case when placed.provider_id = usual_provider.provider_id then usual_provider.provider_name end,
        placed.provider_id
    ) as provider_name,
    payer.payer as payer,
from placed
left join usual_site using (pid)
left join usual_provider using (pid)
left join payer using (pid)
left join staging.organization as organization
    on organization.site_id = placed.site_id
left join staging.practitioner as practitioner
    on practitioner.provider_id = placed.provider_id
