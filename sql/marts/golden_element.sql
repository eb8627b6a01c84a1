-- grain: one row per patient of several records and demographic element: the source that it is taken from
select golden_element.*
from staging.golden_element as golden_element
