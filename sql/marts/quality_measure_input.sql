-- grain: one row per measure and value set, code or type that it selects, with how much of it can be used
select * from quality.measure_input order by measure_id, weight desc, type, name, canonical, code
