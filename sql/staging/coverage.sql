-- grain: one row per statement of who pays for a patient (Coverage; else the coverage that a claim names)
select
    coverage.pid as pid,
    coalesce(coverage.payor[1].display, coverage_type.display) as payer,
    coverage.period."start".lo as known_from,
    -- the day on the clock of the place, as it was stated; `known_from` is UTC
    (coverage.period."start".lo + to_minutes(coverage.period."start".zone))::date as known_on,
    1 as precedence,
from fhir."Coverage" as coverage
left join staging.concept_display as coverage_type
    on coverage_type.concept = coverage.type
where coverage.pid is not null
    and coalesce(coverage.status, 'active') = 'active'
union all
select
    claim.pid as pid,
    claim.insurance[1].coverage.display as payer,
    claim.created.lo as known_from,
    (claim.created.lo + to_minutes(claim.created.zone))::date as known_on,
    2 as precedence,
from fhir."Claim" as claim
where claim.pid is not null
    and coalesce(claim.status, 'active') = 'active'
