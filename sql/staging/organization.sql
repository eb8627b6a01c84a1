-- grain: one row per organisation id
select
    organization.id as site_id,
    min(organization.name) as site_name,
from fhir."Organization" as organization
group by organization.id
