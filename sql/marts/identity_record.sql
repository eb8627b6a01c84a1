-- grain: one row per record that somebody may look at beside another: what its source states, and the panel of its person
select
    identity_record.*,
    attribution.site_id as site_id,
    attribution.provider_id as provider_id,
    attribution.payer as payer,
from staging.identity_record as identity_record
left join intermediate.attribution as attribution using (pid)
