-- grain: one row per patient (or episode), measure and group in the initial population
with
    population_result as (select * from results.population_result),
    attribution as (select * from intermediate.attribution)

select
    population_result.*,
    attribution.site_id as site_id,
    attribution.provider_id as provider_id,
    attribution.payer as payer,
from population_result
left join attribution using (pid)
