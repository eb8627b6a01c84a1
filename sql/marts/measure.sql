-- grain: one row per measure
select
    measure.measure_id as measure_id,
    measure.canonical as canonical,
    measure.version as version,
    measure.name as name,
    measure.title as title,
    measure.description as description,
    measure.scoring as scoring,
    measure.population_basis as population_basis,
    measure.improvement_notation as improvement_notation,
    measure.guideline as guideline,
    measure.rationale as rationale,
    measure.copyright as copyright,
    measure.disclaimer as disclaimer,
    measure.origin as origin,
from results.measure as measure
