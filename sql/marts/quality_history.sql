-- grain: one row per run and source or measure
select * from quality.history order by data_as_of, run_id, scope, id
