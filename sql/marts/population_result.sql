-- grain: one row per patient (or episode), measure and group in the initial population
with
    population_result as (select * from results.population_result),
    attribution as (select * from intermediate.attribution),
    gap_status as (select * from intermediate.gap_status)

select
    population_result.*,
    attribution.site_id as site_id,
    attribution.provider_id as provider_id,
    attribution.payer as payer,
    gap_status.gap_status as gap_status,
from population_result
left join attribution using (pid)
left join gap_status using (measure_id, group_id, pid)
