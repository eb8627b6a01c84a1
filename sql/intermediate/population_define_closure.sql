-- grain: one row per measure, group, population and define that the population rests on
with recursive
    population_define as (select * from results.population_define),
    measure as (select * from results.measure),
    define as (select * from results.define),
    define_reference as (select * from intermediate.define_reference),

    closure as (
        select
            population_define.measure_id as measure_id,
            population_define.group_id as group_id,
            population_define.population as population,
            define.seq as seq,
        from population_define
        inner join measure using (measure_id)
        inner join define
            on define.measure_id = population_define.measure_id
            and define.library = measure.library
            and define.define = population_define.define
        union
        select
            closure.measure_id as measure_id,
            closure.group_id as group_id,
            closure.population as population,
            define_reference.named_seq as seq,
        from closure
        inner join define_reference
            on define_reference.measure_id = closure.measure_id
            and define_reference.seq = closure.seq
    )

select
    closure.measure_id as measure_id,
    closure.group_id as group_id,
    closure.population as population,
    closure.seq as seq,
from closure
