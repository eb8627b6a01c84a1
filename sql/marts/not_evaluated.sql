-- grain: one row per measure and patient who could not be evaluated
select
    not_evaluated.measure_id as measure_id,
    not_evaluated.pid as pid,
    not_evaluated.reason as reason,
from results.not_evaluated as not_evaluated
