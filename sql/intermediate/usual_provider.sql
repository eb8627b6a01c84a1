-- grain: one row per patient: the practitioner seen most often in the 24 months up to the end of the measurement period
with
    encounter as (select * from staging.encounter),
    run as (select * from staging.run),

    seen as (
        select
            encounter.pid as pid,
            encounter.provider_id as provider_id,
            min(encounter.provider_name) as provider_name,
            count(*) as visits,
            max(encounter.started_at) as latest_visit,
        from encounter
        cross join run
        where encounter.provider_id is not null
            and coalesce(encounter.status, 'finished') not in ('planned', 'cancelled')
            and encounter.started_on between run.period_end - interval 24 month and run.period_end
        group by encounter.pid, encounter.provider_id
    )

select
    seen.pid as pid,
    seen.provider_id as provider_id,
    seen.provider_name as provider_name,
from seen
qualify row_number() over (
    partition by seen.pid order by seen.visits desc, seen.latest_visit desc, seen.provider_id
) = 1
