-- grain: one row per patient of the evaluated population
with
    subject as (select * from registry.population),
    patient as (select * from fhir."Patient"),
    concept_code as (select * from staging.concept_code),

    identified as (
        select
            patient.pid as pid,
            unnest(patient.identifier) as identifier,
        from patient
    ),

    medical_record_number as (
        select
            identified.pid as pid,
            min(identified.identifier.value) as mrn,
        from identified
        inner join concept_code
            on concept_code.concept = identified.identifier.type
            and concept_code.code = 'MR'
        group by identified.pid
    ),

    named as (
        select
            patient.*,
            coalesce(list_filter(patient.name, lambda n: n.use = 'official')[1], patient.name[1]) as person_name,
            list_filter(patient.telecom, lambda t: t.system = 'phone')[1].value as phone,
            list_filter(patient.extension, lambda e: e.url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race')[1].extension as race_parts,
            list_filter(patient.extension, lambda e: e.url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity')[1].extension as ethnicity_parts,
            list_filter(patient."generalPractitioner", lambda r: contains(r.reference, 'Practitioner/'))[1].reference as practitioner_reference,
        from patient
    )

select
    subject.pid as pid,
    -- opaque in URLs: says nothing about the person, and is the same in every run
    left(sha256(subject.source || '|' || subject.id), 24) as patient_id,
    subject.source as source,
    subject.id as fhir_id,
    coalesce(medical_record_number.mrn, named.identifier[1].value) as mrn,
    named.person_name.family as family,
    array_to_string(named.person_name.given, ' ') as given,
    coalesce(
        nullif(concat_ws(', ', named.person_name.family, nullif(array_to_string(named.person_name.given, ' '), '')), ''),
        '(no name)'
    ) as full_name,
    named."birthDate".lo::date as birth_date,
    named.gender as sex,
    named.phone as phone,
    nullif(concat_ws(
        ', ',
        nullif(array_to_string(named.address[1].line, ' '), ''),
        named.address[1].city,
        named.address[1].state,
        named.address[1]."postalCode"
    ), '') as address,
    language_code.display as language,
    list_filter(named.race_parts, lambda e: e.url = 'text')[1]."valueString" as race,
    list_filter(named.ethnicity_parts, lambda e: e.url = 'text')[1]."valueString" as ethnicity,
    coalesce(named."deceasedBoolean", named."deceasedDateTime".lo is not null, false) as deceased,
    split_part(named.practitioner_reference, '/', -1) as general_practitioner_id,
    split_part(named."managingOrganization".reference, '/', -1) as managing_organization_id,
from subject
left join named using (pid)
left join medical_record_number using (pid)
left join staging.concept_display as language_code
    on language_code.concept = named.communication[1].language
