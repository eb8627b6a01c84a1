-- grain: one row per cohort and concept key that names the condition
select
    icd10cm.cohort_id as cohort_id,
    concept_code.concept as concept,
from seeds.chronic_condition_icd10cm as icd10cm
inner join staging.concept_code as concept_code
    on concept_code.system = 'http://hl7.org/fhir/sid/icd-10-cm'
    and replace(concept_code.code, '.', '') = icd10cm.code
union
select
    snomed.cohort_id as cohort_id,
    concept_code.concept as concept,
from seeds.chronic_condition_snomed as snomed
inner join staging.concept_code as concept_code
    on concept_code.system = 'http://snomed.info/sct'
    and concept_code.code = snomed.code
