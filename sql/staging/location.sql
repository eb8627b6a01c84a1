-- grain: one row per location id
select
    location.id as location_id,
    min(location.name) as location_name,
    min(split_part(location."managingOrganization".reference, '/', -1)) as site_id,
from fhir."Location" as location
group by location.id
