-- grain: one row per patient and months of look-back (12, 24, 36): the organisation visited most often in them, up to the end of the measurement period
with
    encounter as (select * from staging.encounter),
    run as (select * from staging.run),
    look_back as (select unnest([12, 24, 36]) as months),

    visited as (
        select
            encounter.pid as pid,
            look_back.months as months,
            encounter.site_id as site_id,
            min(encounter.site_name) as site_name,
            count(*) as visits,
            max(encounter.started_at) as latest_visit,
        from encounter
        cross join run
        cross join look_back
        where encounter.site_id is not null
            and coalesce(encounter.status, 'finished') not in ('planned', 'cancelled')
            and encounter.started_on between run.period_end - to_months(look_back.months) and run.period_end
        group by encounter.pid, look_back.months, encounter.site_id
    )

select
    visited.pid as pid,
    visited.months as months,
    visited.site_id as site_id,
    visited.site_name as site_name,
from visited
qualify row_number() over (
    partition by visited.pid, visited.months order by visited.visits desc, visited.latest_visit desc, visited.site_id
) = 1
