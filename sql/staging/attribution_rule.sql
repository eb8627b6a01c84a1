-- grain: one row, the rule that says who answers for a patient; version 0 while nobody chose one
select
    rule.version as version,
    rule.steps as steps,
    rule.look_back_months as look_back_months,
    rule.site_of as site_of,
    rule.top_site as top_site,
from attribution.rule as rule
union all
select
    0 as version,
    ['assigned', 'visits'] as steps,
    24 as look_back_months,
    'patient' as site_of,
    false as top_site,
where not exists (select 1 from attribution.rule as rule)
