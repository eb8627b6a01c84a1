-- grain: one row per type and code that measures look for and that no value set knows
select * from quality.unmapped_code order by patients desc, type, system, code
