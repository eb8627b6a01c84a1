-- grain: one row per check, source, type and element that has something wrong
select * from quality.finding order by affected desc, source, type, check_id, element
