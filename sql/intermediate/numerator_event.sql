-- grain: one row per measure, group and resource of a kind that the numerator asks for, whenever it happened
with
    resource_header as (select * from staging.resource_header),
    numerator_concept as (select * from intermediate.numerator_concept),
    run as (select * from staging.run)

select
    numerator_concept.measure_id as measure_id,
    numerator_concept.group_id as group_id,
    numerator_concept.name as name,
    resource_header.pid as pid,
    resource_header.rid as rid,
    resource_header.type as type,
    resource_header.id as id,
    resource_header.at as at,
from resource_header
inner join numerator_concept
    on numerator_concept.type = resource_header.type
    and numerator_concept.concept = resource_header.concept
cross join run
where resource_header.pid is not null
    and resource_header.day <= run.period_end
    and coalesce(resource_header.status not in ('entered-in-error', 'cancelled', 'not-done'), true)
union all
select
    numerator_concept.measure_id as measure_id,
    numerator_concept.group_id as group_id,
    numerator_concept.name as name,
    resource_header.pid as pid,
    resource_header.rid as rid,
    resource_header.type as type,
    resource_header.id as id,
    resource_header.at as at,
from resource_header
inner join numerator_concept
    on numerator_concept.type = resource_header.type
    and numerator_concept.concept_list = resource_header.concept_list
cross join run
where resource_header.pid is not null
    and resource_header.day <= run.period_end
    and coalesce(resource_header.status not in ('entered-in-error', 'cancelled', 'not-done'), true)
