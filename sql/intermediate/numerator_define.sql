-- grain: one row per measure, group and define that decides the numerator and not already who is in the denominator
with
    closure as (select * from intermediate.population_define_closure)

select
    numerator.measure_id as measure_id,
    numerator.group_id as group_id,
    numerator.seq as seq,
from closure as numerator
anti join closure as denominator
    on denominator.measure_id = numerator.measure_id
    and denominator.group_id = numerator.group_id
    and denominator.seq = numerator.seq
    and denominator.population in ('initial-population', 'denominator')
where numerator.population = 'numerator'
