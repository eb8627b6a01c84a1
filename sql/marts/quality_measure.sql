-- grain: one row per measure: how far its data can be trusted, and why
select * from quality.measure order by measure_id
