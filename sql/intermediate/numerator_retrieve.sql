-- grain: one row per measure, group and thing (value set or code) that the numerator asks for
with
    numerator_define as (select * from intermediate.numerator_define),
    define as (select * from results.define),
    retrieve as (select * from results.retrieve)

select
    numerator_define.measure_id as measure_id,
    numerator_define.group_id as group_id,
    retrieve.type as type,
    split_part(retrieve.canonical, '|', 1) as canonical,
    retrieve.system as system,
    retrieve.code as code,
    -- a retrieve without codes is named by its FHIR type: in the words of those who close gaps
    min(case
        when retrieve.canonical is not null or retrieve.name <> retrieve.type then retrieve.name
        when retrieve.type = 'Observation' then 'result or finding'
        when retrieve.type = 'Procedure' then 'procedure'
        when retrieve.type = 'DiagnosticReport' then 'report'
        when retrieve.type = 'Condition' then 'diagnosis'
        when retrieve.type = 'Immunization' then 'immunization'
        when retrieve.type in ('MedicationRequest', 'MedicationStatement', 'MedicationAdministration', 'MedicationDispense')
            then 'medication'
        when retrieve.type in ('ServiceRequest', 'Task') then 'order or referral'
        else lower(regexp_replace(retrieve.type, '([a-z])([A-Z])', '\1 \2', 'g'))
    end) as name,
    min(define.seq) as seq,
from numerator_define
inner join define using (measure_id, seq)
inner join retrieve
    on retrieve.measure_id = define.measure_id
    and retrieve.library = define.library
    and retrieve.define = define.define
-- visits and people are the setting of an action, not the action that closes a gap
where retrieve.type not in ('Encounter', 'Patient', 'Coverage')
group by all
