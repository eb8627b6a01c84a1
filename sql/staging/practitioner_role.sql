-- grain: one row per role of a practitioner that is or was in effect
select
    practitioner_role.rid as rid,
    split_part(practitioner_role.practitioner.reference, '/', -1) as provider_id,
    split_part(practitioner_role.organization.reference, '/', -1) as organization_id,
    split_part(practitioner_role.location[1].reference, '/', -1) as location_id,
    -- days on the clock of the place, as they were stated
    (practitioner_role.period."start".lo + to_minutes(practitioner_role.period."start".zone))::date as valid_from,
    (practitioner_role.period."end".hi + to_minutes(practitioner_role.period."end".zone))::date as valid_to,
from fhir."PractitionerRole" as practitioner_role
where coalesce(practitioner_role.active, true)
    and practitioner_role.practitioner.reference is not null
