-- grain: one row per patient of several records and demographic element: the source that it is taken from
select
    golden_element.pid as pid,
    golden_element.element as element,
    golden_element.source as source,
from identity.golden_element as golden_element
