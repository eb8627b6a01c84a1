-- grain: one row per measure, check and what it selects
select * from quality.measure_finding order by measure_id, affected desc, type, name, check_id, element
