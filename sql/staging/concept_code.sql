-- grain: one row per concept key and coding
with
    -- unnest in the select list: a lateral unnest in a view defeats the planner of DuckDB 1.5
    coded as (
        select
            concept.key as concept,
            unnest(concept.codings) as coding,
        from dictionary.concept as concept
    )

select
    coded.concept as concept,
    coded.coding.system as system,
    coded.coding.code as code,
from coded
