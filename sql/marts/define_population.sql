-- grain: one row per measure, define, group and population that the define decides
select
    define_population.measure_id as measure_id,
    define_population.seq as seq,
    define_population.group_id as group_id,
    define_population.population as population,
    define_population.is_direct as is_direct,
from results.define_population as define_population
