-- grain: one row per measure, group and thing (value set or code) that the numerator asks for
with
    numerator_define as (select * from intermediate.numerator_define),
    define as (select * from results.define),
    retrieve as (select * from results.retrieve)

select
    numerator_define.measure_id as measure_id,
    numerator_define.group_id as group_id,
    retrieve.type as type,
    split_part(retrieve.canonical, '|', 1) as canonical,
    retrieve.system as system,
    retrieve.code as code,
    min(retrieve.name) as name,
    min(define.seq) as seq,
from numerator_define
inner join define using (measure_id, seq)
inner join retrieve
    on retrieve.measure_id = define.measure_id
    and retrieve.library = define.library
    and retrieve.define = define.define
-- visits and people are the setting of an action, not the action that closes a gap
where retrieve.type not in ('Encounter', 'Patient', 'Coverage')
group by all
