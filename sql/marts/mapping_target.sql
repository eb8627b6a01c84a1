-- grain: one row per code and value set that measures retrieve by, and resource type
with
    published_display as (select * from terminology.code_display),

    -- a code may have several displays in the data; the same one whatever was loaded first
    display as (
        select
            display.system as system,
            display.code as code,
            min(display.display) as display,
        from dictionary.display as display
        group by display.system, display.code
    )

select distinct -- several measures and defines ask for one value set
    retrieve.measure_id as measure_id,
    retrieve.type as type,
    retrieve.canonical as canonical,
    value_set.title as title,
    code.system as system,
    code.code as code,
    coalesce(published_display.display, display.display) as display,
from results.retrieve as retrieve
inner join terminology.current_value_set as value_set
    on value_set.canonical = retrieve.canonical
inner join terminology.value_set_code as code
    on code.vs_id = value_set.vs_id
left join published_display
    on published_display.system = code.system
    and published_display.code = code.code
left join display
    on display.system = code.system
    and display.code = code.code
order by system, code, measure_id, type, canonical
