-- grain: one row per code mapping that the published numbers follow, with who says so since when
select system, code, target_system, target_code, mapped_by, mapped_at
from terminology.code_mapping
order by system, code
