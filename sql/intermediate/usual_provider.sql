-- grain: one row per patient: the practitioner seen most often in the look-back of the attribution rule
select
    usual_provider_within.pid as pid,
    usual_provider_within.provider_id as provider_id,
    usual_provider_within.provider_name as provider_name,
from intermediate.usual_provider_within as usual_provider_within
inner join staging.attribution_rule as attribution_rule
    on attribution_rule.look_back_months = usual_provider_within.months
