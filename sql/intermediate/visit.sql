-- grain: one row per patient who was ever seen, up to the end of the measurement period
with
    encounter as (select * from staging.encounter),
    run as (select * from staging.run)

select
    encounter.pid as pid,
    max(encounter.started_on) as last_visit,
    max(encounter.started_on) filter (encounter.class_code in ('EMER', 'IMP', 'ACUTE', 'NONAC')) as last_acute_visit,
from encounter
cross join run
where encounter.started_on <= run.period_end
    and coalesce(encounter.status, 'finished') not in ('planned', 'cancelled')
group by encounter.pid
