-- grain: one row per concept key and coding
select
    concept.key as concept,
    coding.system as system,
    coding.code as code,
from dictionary.concept as concept,
    unnest(concept.codings) as codings(coding)
