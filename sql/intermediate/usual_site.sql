-- grain: one row per patient: the organisation visited most often in the look-back of the attribution rule
select
    usual_site_within.pid as pid,
    usual_site_within.site_id as site_id,
    usual_site_within.site_name as site_name,
from intermediate.usual_site_within as usual_site_within
inner join staging.attribution_rule as attribution_rule
    on attribution_rule.look_back_months = usual_site_within.months
