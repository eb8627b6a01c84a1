-- grain: one row per measure and group: in words, what its numerator asks for
with
    numerator_retrieve as (select * from intermediate.numerator_retrieve),

    -- one value set retrieved from several resource types is one thing to people
    named as (
        select
            numerator_retrieve.measure_id as measure_id,
            numerator_retrieve.group_id as group_id,
            numerator_retrieve.name as name,
            min(numerator_retrieve.seq) as seq,
        from numerator_retrieve
        group by numerator_retrieve.measure_id, numerator_retrieve.group_id, numerator_retrieve.name
    ),

    listed as (
        select
            named.measure_id as measure_id,
            named.group_id as group_id,
            list(named.name order by named.seq, named.name) as names,
        from named
        group by named.measure_id, named.group_id
    )

select
    listed.measure_id as measure_id,
    listed.group_id as group_id,
    array_to_string(listed.names[1:4], ', ') || case when len(listed.names) > 4 then ', …' else '' end as closes_with,
from listed
