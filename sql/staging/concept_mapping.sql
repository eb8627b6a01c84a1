-- grain: one row per concept key and coding of it that counts as another code by a mapping (docs/data-quality.md)
with
    coded as (
        select
            concept.key as concept,
            unnest(concept.codings) as coding,
        from dictionary.concept as concept
    )

select
    coded.concept as concept,
    code_mapping.system as system,
    code_mapping.code as code,
    code_mapping.target_system as target_system,
    code_mapping.target_code as target_code,
from coded
inner join terminology.code_mapping as code_mapping
    on code_mapping.system = coalesce(coded.coding.system, '')
    and code_mapping.code = coded.coding.code
