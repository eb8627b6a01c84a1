-- grain: one row per patient and months of look-back (12, 24, 36): the practitioner seen most often in them, up to the end of the measurement period
with
    encounter as (select * from staging.encounter),
    run as (select * from staging.run),
    look_back as (select unnest([12, 24, 36]) as months),

    seen as (
        select
            encounter.pid as pid,
            look_back.months as months,
            encounter.provider_id as provider_id,
            min(encounter.provider_name) as provider_name,
            count(*) as visits,
            max(encounter.started_at) as latest_visit,
        from encounter
        cross join run
        cross join look_back
        where encounter.provider_id is not null
            and coalesce(encounter.status, 'finished') not in ('planned', 'cancelled')
            and encounter.started_on between run.period_end - to_months(look_back.months) and run.period_end
        group by encounter.pid, look_back.months, encounter.provider_id
    )

select
    seen.pid as pid,
    seen.months as months,
    seen.provider_id as provider_id,
    seen.provider_name as provider_name,
from seen
qualify row_number() over (
    partition by seen.pid, seen.months order by seen.visits desc, seen.latest_visit desc, seen.provider_id
) = 1
