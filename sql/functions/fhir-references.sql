-- Patient's id that a reference names: relative, absolute, versioned or urn:uuid. Null when it names another type.
-- What only claims to be a patient (contained, conditional) stays as it is, so that it resolves to nobody.
create or replace macro fhir_patient_id(reference) as
    case
        when reference is null then null
        when starts_with(reference, 'Patient/') and not contains(substr(reference, 9), '/') then substr(reference, 9)
        when starts_with(reference, 'urn:uuid:') then substr(reference, 10)
        when regexp_matches(reference, '(^|/)Patient/[^/]+(/_history/[^/]+)?$')
            then regexp_extract(reference, '(?:^|/)Patient/([^/]+)(?:/_history/[^/]+)?$', 1)
        when starts_with(reference, '#') or starts_with(reference, 'Patient?') then reference
    end;
