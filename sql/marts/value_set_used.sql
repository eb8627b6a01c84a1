-- grain: one row per measure and value set
select
    value_set_used.measure_id as measure_id,
    value_set_used.canonical as canonical,
    value_set_used.version as version,
    value_set_used.title as title,
    value_set_used.origin as origin,
    value_set_used.codes as codes,
from results.value_set_used as value_set_used
