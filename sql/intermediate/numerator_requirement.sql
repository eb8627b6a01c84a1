-- grain: one row per measure, group and define without which nobody is in the numerator
-- Only numerators that say so plainly, `exists "A" and exists "B"`: then an empty define is what is missing. Of any
-- other logic (alternatives, thresholds) nothing is claimed.
with
    numerator_define as (select * from intermediate.numerator_define),
    numerator_retrieve as (select * from intermediate.numerator_retrieve),
    define as (select * from results.define),
    measure as (select * from results.measure),
    population_define as (select * from results.population_define),

    plain as (
        select
            population_define.measure_id as measure_id,
            population_define.group_id as group_id,
            measure.library as library,
            unnest(regexp_extract_all(define.cql, 'exists\s+"([^"]+)"', 1)) as required,
        from population_define
        inner join measure using (measure_id)
        inner join define
            on define.measure_id = population_define.measure_id
            and define.library = measure.library
            and define.define = population_define.define
        where population_define.population = 'numerator'
            and regexp_full_match(
                define.cql,
                '\s*(//[^\n]*\s*)*(define\s+"[^"]+"\s*:)?\s*exists\s+"[^"]+"(\s+and\s+exists\s+"[^"]+")*\s*'
            )
    )

select
    plain.measure_id as measure_id,
    plain.group_id as group_id,
    define.seq as seq,
    string_agg(distinct numerator_retrieve.name, ' or ' order by numerator_retrieve.name) as name,
from plain
inner join define
    on define.measure_id = plain.measure_id
    and define.library = plain.library
    and define.define = plain.required
    and define.kind = 'list'
semi join numerator_define
    on numerator_define.measure_id = plain.measure_id
    and numerator_define.group_id = plain.group_id
    and numerator_define.seq = define.seq
inner join numerator_retrieve
    on numerator_retrieve.measure_id = plain.measure_id
    and numerator_retrieve.group_id = plain.group_id
    and numerator_retrieve.seq = define.seq
group by plain.measure_id, plain.group_id, define.seq
