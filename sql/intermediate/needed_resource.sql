-- grain: one row per resource that some published row refers to
select evidence.rid as rid
from results.evidence as evidence
union
select cohort_member.first_rid as rid
from intermediate.cohort_member as cohort_member
union
select cohort_member.latest_rid as rid
from intermediate.cohort_member as cohort_member
union
select gap_latest.rid as rid
from intermediate.gap_latest as gap_latest
union
select population_result.episode_rid as rid
from results.population_result as population_result
where population_result.episode_rid is not null
