-- grain: one row per patient: the organisation visited most often in the 24 months up to the end of the measurement period
with
    encounter as (select * from staging.encounter),
    run as (select * from staging.run),

    visited as (
        select
            encounter.pid as pid,
            encounter.site_id as site_id,
            min(encounter.site_name) as site_name,
            count(*) as visits,
            max(encounter.started_at) as latest_visit,
        from encounter
        cross join run
        where encounter.site_id is not null
            and coalesce(encounter.status, 'finished') not in ('planned', 'cancelled')
            and encounter.started_on between run.period_end - interval 24 month and run.period_end
        group by encounter.pid, encounter.site_id
    )

select
    visited.pid as pid,
    visited.site_id as site_id,
    visited.site_name as site_name,
from visited
qualify row_number() over (
    partition by visited.pid order by visited.visits desc, visited.latest_visit desc, visited.site_id
) = 1
