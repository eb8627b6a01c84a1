-- grain: one row per concept key and code that one of its codings counts as by a mapping (docs/data-quality.md)
with
    coded as (
        select
            concept.key as concept,
            unnest(concept.codings) as coding,
        from dictionary.concept as concept
    )

select distinct -- two codings of one concept may be mapped to one code
    coded.concept as concept,
    code_mapping.target_system as system,
    code_mapping.target_code as code,
    code_mapping.target_system || '|' || code_mapping.target_code as target,
from coded
inner join terminology.code_mapping as code_mapping
    on code_mapping.system = coalesce(coded.coding.system, '')
    and code_mapping.code = coded.coding.code
