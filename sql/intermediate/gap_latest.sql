-- grain: one row per patient, measure and group in the denominator with anything of what the numerator asks for
-- What the numerator's defines hold comes first; failing that, the latest resource of the kinds that they retrieve.
-- Of several at one instant the last by type and id: numbers of resources depend on what was loaded when.
with
    gap_status as (select * from intermediate.gap_status),
    numerator_evidence as (select * from intermediate.numerator_evidence),
    numerator_event as (select * from intermediate.numerator_event),

    latest_evidence as (
        select
            numerator_evidence.measure_id as measure_id,
            numerator_evidence.group_id as group_id,
            numerator_evidence.pid as pid,
            arg_max(
                numerator_evidence.rid,
                (numerator_evidence.at, numerator_evidence.type, numerator_evidence.id, numerator_evidence.rid)
            ) as rid,
        from numerator_evidence
        group by numerator_evidence.measure_id, numerator_evidence.group_id, numerator_evidence.pid
    ),

    latest_event as (
        select
            numerator_event.measure_id as measure_id,
            numerator_event.group_id as group_id,
            numerator_event.pid as pid,
            arg_max(
                numerator_event.rid,
                (numerator_event.at, numerator_event.type, numerator_event.id, numerator_event.rid)
            ) as rid,
        from numerator_event
        group by numerator_event.measure_id, numerator_event.group_id, numerator_event.pid
    ),

    latest as (
        select
            gap_status.measure_id as measure_id,
            gap_status.group_id as group_id,
            gap_status.pid as pid,
            coalesce(latest_evidence.rid, latest_event.rid) as rid,
        from gap_status
        left join latest_evidence using (measure_id, group_id, pid)
        left join latest_event using (measure_id, group_id, pid)
        where coalesce(latest_evidence.rid, latest_event.rid) is not null
    ),

    named as (
        select
            latest.measure_id as measure_id,
            latest.group_id as group_id,
            latest.pid as pid,
            latest.rid as rid,
            min(numerator_event.name) as name,
        from latest
        left join numerator_event using (measure_id, group_id, pid, rid)
        group by latest.measure_id, latest.group_id, latest.pid, latest.rid
    )

select
    named.measure_id as measure_id,
    named.group_id as group_id,
    named.pid as pid,
    named.rid as rid,
    named.name as name,
from named
