-- grain: one row per practitioner with a role in effect at the end of the measurement period: where the latest is held
with
    practitioner_role as (select * from staging.practitioner_role),
    location as (select * from staging.location),
    run as (select * from staging.run),

    placed as (
        select
            practitioner_role.*,
            coalesce(practitioner_role.organization_id, location.site_id) as site_id,
        from practitioner_role
        left join location using (location_id)
    )

select
    placed.provider_id as provider_id,
    placed.site_id as site_id,
    placed.valid_from as valid_from,
    placed.valid_to as valid_to,
from placed
cross join run
where placed.site_id is not null
    and coalesce(placed.valid_from <= run.period_end, true)
    and coalesce(placed.valid_to >= run.period_end, true)
qualify row_number() over (
    partition by placed.provider_id order by placed.valid_from desc nulls last, placed.site_id, placed.rid
) = 1
