-- grain: one row per measure, define and other define that its CQL text names
with
    define as (select * from results.define)

select
    reader.measure_id as measure_id,
    reader.seq as seq,
    named.seq as named_seq,
from define as reader
inner join define as named
    on named.measure_id = reader.measure_id
    and named.seq <> reader.seq
    and contains(reader.cql, '"' || named.define || '"')
    and (named.library = reader.library or contains(reader.cql, '."' || named.define || '"'))
