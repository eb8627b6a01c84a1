-- grain: one row per measure, group, patient and resource that a numerator define holds
with
    numerator_define as (select * from intermediate.numerator_define),
    resource_header as (select * from staging.resource_header),
    evidence as (select * from results.evidence),
    run as (select * from staging.run),

    -- a resource that several defines hold counts once
    held as (
        select distinct
            numerator_define.measure_id as measure_id,
            numerator_define.group_id as group_id,
            evidence.pid as pid,
            evidence.rid as rid,
        from evidence
        inner join numerator_define using (measure_id, seq)
    )

select
    held.measure_id as measure_id,
    held.group_id as group_id,
    held.pid as pid,
    held.rid as rid,
    resource_header.type as type,
    resource_header.id as id,
    resource_header.at as at,
from held
inner join resource_header using (rid)
cross join run
where resource_header.type not in ('Encounter', 'Patient', 'Coverage')
    and resource_header.day <= run.period_end
