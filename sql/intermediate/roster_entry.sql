-- grain: one row per patient of the roster that holds at the end of the measurement period: the latest of those in effect
with
    roster as (select * from staging.roster),
    run as (select * from staging.run),

    current_roster as (
        select roster.roster as roster
        from roster
        cross join run
        where roster.effective_from <= run.period_end
        order by roster.effective_from desc, roster.roster desc
        limit 1
    )

select
    roster.pid as pid,
    roster.provider_id as provider_id,
    roster.site_id as site_id,
from roster
semi join current_roster using (roster)
