-- grain: one row per measure, list define, patient and resource
select
    evidence.measure_id as measure_id,
    evidence.seq as seq,
    evidence.pid as pid,
    evidence.rid as rid,
from results.evidence as evidence
