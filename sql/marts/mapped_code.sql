-- grain: one row per code mapping that the published numbers follow
select system, code, target_system, target_code
from terminology.code_mapping
order by system, code
