-- grain: one row per practitioner id
select
    practitioner.id as provider_id,
    min(concat_ws(', ', practitioner.name[1].family, nullif(array_to_string(practitioner.name[1].given, ' '), ''))) as provider_name,
from fhir."Practitioner" as practitioner
group by practitioner.id
