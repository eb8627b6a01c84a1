-- grain: one row per concept key and code that it has: by a coding of its own, or by what people say that one means
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
union
select
    concept_mapping.concept as concept,
    concept_mapping.system as system,
    concept_mapping.code as code,
from staging.concept_mapping as concept_mapping
