-- grain: one row per patient, measure and group with an open gap for want of something that the numerator requires
with
    gap_status as (select * from intermediate.gap_status),
    numerator_requirement as (select * from intermediate.numerator_requirement),
    evidence as (select * from results.evidence),

    wanting as (
        select
            gap_status.measure_id as measure_id,
            gap_status.group_id as group_id,
            gap_status.pid as pid,
            numerator_requirement.name as name,
            numerator_requirement.seq as seq,
        from gap_status
        inner join numerator_requirement using (measure_id, group_id)
        anti join evidence
            on evidence.measure_id = gap_status.measure_id
            and evidence.seq = numerator_requirement.seq
            and evidence.pid = gap_status.pid
        where gap_status.gap_status = 'open-gap'
    )

select
    wanting.measure_id as measure_id,
    wanting.group_id as group_id,
    wanting.pid as pid,
    string_agg(wanting.name, ' and no ' order by wanting.seq) as missing,
    string_agg(wanting.name, ', ' order by wanting.seq) as closes_with,
from wanting
group by wanting.measure_id, wanting.group_id, wanting.pid
