-- grain: one row per concept key: its first coding in (system, code) order, with the words that people read
with
    concept as (select * from dictionary.concept),
    display as (select * from dictionary.display),

    first_coding as (
        select
            concept.key as concept,
            concept.codings[1].system as system,
            concept.codings[1].code as code,
        from concept
    )

select
    first_coding.concept as concept,
    first_coding.system as system,
    first_coding.code as code,
    coalesce(display.display, first_coding.code) as display,
from first_coding
left join display
    on display.system = first_coding.system
    and display.code = first_coding.code
