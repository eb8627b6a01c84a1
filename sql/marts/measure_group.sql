-- grain: one row per measure and group
with
    measure_group as (select * from results.measure_group),
    population_define as (select * from results.population_define),

    defined as (
        select
            population_define.measure_id as measure_id,
            population_define.group_id as group_id,
            list(population_define.population order by population_define.population) as populations,
        from population_define
        group by population_define.measure_id, population_define.group_id
    )

select
    measure_group.measure_id as measure_id,
    measure_group.group_id as group_id,
    measure_group.title as title,
    measure_group.scoring as scoring,
    measure_group.population_basis as population_basis,
    measure_group.improvement_notation as improvement_notation,
    coalesce(defined.populations, []::varchar[]) as populations,
from measure_group
left join defined using (measure_id, group_id)
