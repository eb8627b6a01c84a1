-- grain: one row per organisation id
select
    organization.id as site_id,
    min(organization.name) as site_name,
    min(split_part(organization."partOf".reference, '/', -1)) as part_of_id,
from fhir."Organization" as organization
group by organization.id
