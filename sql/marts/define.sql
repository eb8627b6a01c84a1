-- grain: one row per measure and define, in order
select
    define.measure_id as measure_id,
    define.seq as seq,
    define.library as library,
    define.define as define,
    define.kind as kind,
    define.column_name as column_name,
    define.cql as cql,
    define.locator as locator,
from results.define as define
