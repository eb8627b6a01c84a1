-- CAT-CHILD-IMM 1.0.0, measurement period 2025. Generated: npm run -s compiled
-- code set 0: Office Visit: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.101.12.1001
-- code set 1: Annual Wellness Visit: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.526.3.1240
-- code set 2: Home Healthcare Services: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.101.12.1016
-- code set 3: Telephone Visits: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.101.12.1080
-- code set 4: Virtual Encounter: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.101.12.1089
-- code set 5: ambulatory: http://terminology.hl7.org/CodeSystem/v3-ActCode|AMB
-- code set 6: home health: http://terminology.hl7.org/CodeSystem/v3-ActCode|HH
-- code set 7: virtual: http://terminology.hl7.org/CodeSystem/v3-ActCode|VR
-- code set 8: Encounter Inpatient: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.666.5.307
-- code set 9: Discharge to home for hospice care: http://snomed.info/sct|428361000124107
-- code set 10: Discharge to healthcare facility for hospice care: http://snomed.info/sct|428371000124100
-- code set 11: Hospice: http://terminology.hl7.org/CodeSystem/discharge-disposition|hosp
-- code set 12: Hospice Encounter: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.1003
-- code set 13: Hospice Care Ambulatory: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.526.3.1584
-- code set 14: Hospice care [Minimum Data Set]: http://loinc.org|45755-6
-- code set 15: Yes (qualifier value): http://snomed.info/sct|373066001
-- code set 16: Hospice Diagnosis: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.1165
-- code set 17: Refuted: http://terminology.hl7.org/CodeSystem/condition-ver-status|refuted
-- code set 18: Entered in Error: http://terminology.hl7.org/CodeSystem/condition-ver-status|entered-in-error
-- code set 19: Active: http://terminology.hl7.org/CodeSystem/condition-clinical|active
-- code set 20: Recurrence: http://terminology.hl7.org/CodeSystem/condition-clinical|recurrence
-- code set 21: Relapse: http://terminology.hl7.org/CodeSystem/condition-clinical|relapse
-- code set 22: Severe Combined Immunodeficiency: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.120.12.1007
-- code set 23: Disorders of the Immune System: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.120.12.1001
-- code set 24: HIV: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.120.12.1003
-- code set 25: Lymphatic and Hematopoietic Cancer: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.108.12.1009
-- code set 26: Intussusception: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.199.12.1056
-- code set 27: DTaP Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1214
-- code set 28: Inactivated Polio Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1219
-- code set 29: Measles, Mumps and Rubella Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1224
-- code set 30: Haemophilus Influenzae Type b Vaccine: https://catchment.example/ValueSet/hib-vaccine
-- code set 31: Hepatitis B Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1216
-- code set 32: Varicella Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1170
-- code set 33: Pneumococcal Conjugate Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1221
-- code set 34: Hepatitis A Vaccine: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1215
-- code set 35: Rotavirus Vaccine, Two-Dose Schedule: https://catchment.example/ValueSet/rotavirus-vaccine-monovalent
-- code set 36: Rotavirus Vaccine, Three-Dose Schedule: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1223
-- code set 37: Influenza Vaccine for Children: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1218


-- ChildhoodImmunizationStatus.Patient
create or replace temp table "ChildhoodImmunizationStatus.Patient" as
select "patient_1"."pid" as "pid", "patient_1"."rid" as "c0", struct_extract("patient_1"."birthDate", 'lo') as "c1", struct_extract("patient_1"."birthDate", 'hi') as "c2", true as "present"
from fhir."Patient" as "patient_1";

-- ChildhoodImmunizationStatus.Turns Two in Measurement Period
create or replace temp table "ChildhoodImmunizationStatus.Turns Two in Measurement Period" as
select "patient_1"."pid" as "pid", case when ((cql_years_between("define_2"."c2", timestamp '2025-12-31 00:00:00.000') = cql_years_between("define_2"."c1", timestamp '2025-12-31 00:00:00.000')) and (cql_years_between("define_2"."c2", timestamp '2025-12-31 00:00:00.000') = 2)) then true when ((cql_years_between("define_2"."c1", timestamp '2025-12-31 00:00:00.000') < 2) or (cql_years_between("define_2"."c2", timestamp '2025-12-31 00:00:00.000') > 2)) then false else null end as "c0"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- CatchmentCommon.Qualifying Encounters
create or replace temp table "CatchmentCommon.Qualifying Encounters" as
with stage_5 as (
  select date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'lo'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n2, date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'hi'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n3, case when ("encounter_1"."period" is null) then null else case when (struct_extract(struct_extract("encounter_1"."period", 'end'), 'lo') is null) then 0::smallint else struct_extract(struct_extract("encounter_1"."period", 'end'), 'zone') end end as n4, "encounter_1"."period" as "s1_period", "encounter_1"."pid" as "s1_pid", "encounter_1"."rid" as "s1_rid"
  from fhir."Encounter" as "encounter_1"
  where ("encounter_1"."type" in (select key from temp.code_set_list_member where set_id in (0, 1, 2, 3, 4)) or "encounter_1"."class" in (select key from temp.code_set_member where set_id in (5, 6, 7)))
    and ("encounter_1"."status" = 'finished')
),
stage_8 as (
  select date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'hi') end end, stage_5.n4)) as n6, date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') end end, stage_5.n4)) as n7, stage_5."s1_pid" as "s1_pid", stage_5."s1_rid" as "s1_rid", stage_5.n2 as n2, stage_5.n3 as n3
  from stage_5
)
select stage_8."s1_pid" as "pid", stage_8."s1_rid" as "c0"
from stage_8
where case when ((timestamp '2025-01-01 00:00:00.000' < stage_8.n2) or ((timestamp '2025-01-01 00:00:00.000' = stage_8.n2) and (stage_8.n2 = stage_8.n3))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_8.n3) then false else null end
  and case when ((stage_8.n6 < timestamp '2025-12-31 00:00:00.000') or ((stage_8.n7 = timestamp '2025-12-31 00:00:00.000') and (stage_8.n7 = stage_8.n6))) then true when (stage_8.n7 > timestamp '2025-12-31 00:00:00.000') then false else null end;

-- ChildhoodImmunizationStatus.Initial Population
create or replace temp table "ChildhoodImmunizationStatus.Initial Population" as
select "patient_1"."pid" as "pid", ("define_2"."c0" and ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "CatchmentCommon.Qualifying Encounters" as "define_3"
))) as "value"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Turns Two in Measurement Period" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- CatchmentCommon.Discharges to Hospice Care
create or replace temp table "CatchmentCommon.Discharges to Hospice Care" as
with stage_3 as (
  select case when ("encounter_1"."period" is null) then null else case when (struct_extract(struct_extract("encounter_1"."period", 'end'), 'lo') is null) then 0::smallint else struct_extract(struct_extract("encounter_1"."period", 'end'), 'zone') end end as n2, "encounter_1"."period" as "s1_period", "encounter_1"."pid" as "s1_pid", "encounter_1"."rid" as "s1_rid"
  from fhir."Encounter" as "encounter_1"
  where "encounter_1"."type" in (select key from temp.code_set_list_member where set_id = 8)
    and ("encounter_1"."status" = 'finished')
    and struct_extract("encounter_1"."hospitalization", 'dischargeDisposition') in (select key from temp.code_set_member where set_id in (9, 10, 11))
),
stage_6 as (
  select date_trunc('day', cql_wall(case when (stage_3."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_3."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_3."s1_period", 'end'), 'lo') end end, stage_3.n2)) as n4, date_trunc('day', cql_wall(case when (stage_3."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_3."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_3."s1_period", 'end'), 'hi') end end, stage_3.n2)) as n5, stage_3."s1_pid" as "s1_pid", stage_3."s1_rid" as "s1_rid"
  from stage_3
),
stage_8 as (
  select (stage_6.n4 = stage_6.n5) as n7, stage_6."s1_pid" as "s1_pid", stage_6."s1_rid" as "s1_rid", stage_6.n4 as n4, stage_6.n5 as n5
  from stage_6
)
select stage_8."s1_pid" as "pid", stage_8."s1_rid" as "c0"
from stage_8
where case when ((timestamp '2025-01-01 00:00:00.000' < stage_8.n4) or ((timestamp '2025-01-01 00:00:00.000' = stage_8.n4) and stage_8.n7)) then true when (timestamp '2025-01-01 00:00:00.000' > stage_8.n5) then false else null end
  and case when ((stage_8.n5 < timestamp '2025-12-31 00:00:00.000') or ((stage_8.n4 = timestamp '2025-12-31 00:00:00.000') and stage_8.n7)) then true when (stage_8.n4 > timestamp '2025-12-31 00:00:00.000') then false else null end;

-- CatchmentCommon.Hospice Encounters
create or replace temp table "CatchmentCommon.Hospice Encounters" as
with stage_5 as (
  select date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'hi'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n2, date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'lo'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n3, case when ("encounter_1"."period" is null) then null else case when (struct_extract(struct_extract("encounter_1"."period", 'end'), 'lo') is null) then 0::smallint else struct_extract(struct_extract("encounter_1"."period", 'end'), 'zone') end end as n4, "encounter_1"."period" as "s1_period", "encounter_1"."pid" as "s1_pid", "encounter_1"."rid" as "s1_rid"
  from fhir."Encounter" as "encounter_1"
  where "encounter_1"."type" in (select key from temp.code_set_list_member where set_id = 12)
    and ("encounter_1"."status" = 'finished')
),
stage_8 as (
  select date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') end end, stage_5.n4)) as n6, date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'hi') end end, stage_5.n4)) as n7, stage_5."s1_pid" as "s1_pid", stage_5."s1_rid" as "s1_rid", stage_5.n2 as n2, stage_5.n3 as n3
  from stage_5
)
select stage_8."s1_pid" as "pid", stage_8."s1_rid" as "c0"
from stage_8
where case when ((stage_8.n2 < timestamp '2025-12-31 00:00:00.000') or ((stage_8.n3 = timestamp '2025-12-31 00:00:00.000') and (stage_8.n3 = stage_8.n2))) then true when (stage_8.n3 > timestamp '2025-12-31 00:00:00.000') then false else null end
  and case when ((timestamp '2025-01-01 00:00:00.000' < stage_8.n6) or ((timestamp '2025-01-01 00:00:00.000' = stage_8.n6) and (stage_8.n6 = stage_8.n7))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_8.n7) then false else null end;

-- CatchmentCommon.Hospice Orders
create or replace temp table "CatchmentCommon.Hospice Orders" as
select "servicerequest_1"."pid" as "pid", "servicerequest_1"."rid" as "c0"
from fhir."ServiceRequest" as "servicerequest_1"
where "servicerequest_1"."code" in (select key from temp.code_set_member where set_id = 13)
  and ("servicerequest_1"."status" in ('active', 'completed'))
  and ("servicerequest_1"."intent" in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'))
  and case when ((timestamp '2025-01-01 00:00:00.000' < date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone')))) or ((timestamp '2025-01-01 00:00:00.000' = date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone')))) and (date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone'))) = date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'hi'), struct_extract("servicerequest_1"."authoredOn", 'zone')))))) then true when (timestamp '2025-01-01 00:00:00.000' > date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'hi'), struct_extract("servicerequest_1"."authoredOn", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'hi'), struct_extract("servicerequest_1"."authoredOn", 'zone'))) < timestamp '2025-12-31 00:00:00.000') or ((date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone'))) = timestamp '2025-12-31 00:00:00.000') and (date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone'))) = date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'hi'), struct_extract("servicerequest_1"."authoredOn", 'zone')))))) then true when (date_trunc('day', cql_wall(struct_extract("servicerequest_1"."authoredOn", 'lo'), struct_extract("servicerequest_1"."authoredOn", 'zone'))) > timestamp '2025-12-31 00:00:00.000') then false else null end;

-- CatchmentCommon.Patient
create or replace temp table "CatchmentCommon.Patient" as
select "patient_1"."pid" as "pid", "patient_1"."rid" as "c0", struct_extract("patient_1"."birthDate", 'lo') as "c1", struct_extract("patient_1"."birthDate", 'hi') as "c2", "patient_1"."extension" as "c3", "patient_1"."gender" as "c4", true as "present"
from fhir."Patient" as "patient_1";

-- CatchmentCommon.Hospice Procedures
create or replace temp table "CatchmentCommon.Hospice Procedures" as
with stage_32 as (
  select case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then false when ("procedure_1"."performedPeriod" is not null) then ("procedure_1"."performedPeriod" is null) when ("procedure_1"."performedAge" is not null) then false when ("procedure_1"."performedRange" is not null) then false else true end as n3, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then true when ("procedure_1"."performedPeriod" is not null) then (struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'lo') is not null) when ("procedure_1"."performedAge" is not null) then true when ("procedure_1"."performedRange" is not null) then true else null end as n4, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("procedure_1"."performedAge", 'code'), struct_extract("procedure_1"."performedAge", 'unit'), '1'))) as n5, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("procedure_1"."performedAge", 'value')) as bigint) * 7)) as bigint)) as n6, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("procedure_1"."performedAge", 'value')) as bigint) / 24)) as bigint)) as n7, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("procedure_1"."performedAge", 'value')) as bigint) / 1440)) as bigint)) as n8, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract("procedure_1"."performedAge", 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n9, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("procedure_1"."performedAge", 'value')) as bigint) / 86400000)) as bigint)) as n10, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'code'), struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'unit'), '1'))) as n11, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint)) as n12, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint)) as n13, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint) * 7)) as bigint)) as n14, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint)) as n15, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint) / 24)) as bigint)) as n16, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint) / 1440)) as bigint)) as n17, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n18, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'value')) as bigint) / 86400000)) as bigint)) as n19, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then struct_extract("procedure_1"."performedDateTime", 'zone') when ("procedure_1"."performedPeriod" is not null) then struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'zone') when ("procedure_1"."performedAge" is not null) then 0::smallint when ("procedure_1"."performedRange" is not null) then 0::smallint else null end as n20, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then true when ("procedure_1"."performedPeriod" is not null) then true when ("procedure_1"."performedAge" is not null) then false when ("procedure_1"."performedRange" is not null) then false else null end as n21, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'code'), struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'unit'), '1'))) as n22, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint)) as n23, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint)) as n24, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint) * 7)) as bigint)) as n25, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint)) as n26, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint) / 24)) as bigint)) as n27, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint) / 1440)) as bigint)) as n28, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n29, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("procedure_1"."performedRange", 'high'), 'value')) as bigint) / 86400000)) as bigint)) as n30, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then struct_extract("procedure_1"."performedDateTime", 'zone') when ("procedure_1"."performedPeriod" is not null) then struct_extract(struct_extract("procedure_1"."performedPeriod", 'end'), 'zone') when ("procedure_1"."performedAge" is not null) then 0::smallint when ("procedure_1"."performedRange" is not null) then 0::smallint else null end as n31, "procedure_1"."performedDateTime" as "s1_performedDateTime", "procedure_1"."performedPeriod" as "s1_performedPeriod", "procedure_1"."performedAge" as "s1_performedAge", "procedure_1"."performedRange" as "s1_performedRange", "procedure_1"."pid" as "s1_pid", "procedure_1"."rid" as "s1_rid", "define_2"."c1" as "s0_c1", "define_2"."c2" as "s0_c2"
  from fhir."Procedure" as "procedure_1"
  left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "procedure_1"."pid")
  where "procedure_1"."code" in (select key from temp.code_set_member where set_id = 13)
    and ("procedure_1"."status" = 'completed')
),
stage_57 as (
  select (stage_32.n5 = 'year') as n33, (stage_32.n5 = 'month') as n34, (stage_32.n5 = 'week') as n35, (stage_32.n5 = 'day') as n36, (stage_32.n5 = 'hour') as n37, (stage_32.n5 = 'minute') as n38, (stage_32.n5 = 'second') as n39, (stage_32.n5 = 'millisecond') as n40, (stage_32.n11 = 'year') as n41, (stage_32.n11 = 'month') as n42, (stage_32.n11 = 'week') as n43, (stage_32.n11 = 'day') as n44, (stage_32.n11 = 'hour') as n45, (stage_32.n11 = 'minute') as n46, (stage_32.n11 = 'second') as n47, (stage_32.n11 = 'millisecond') as n48, (stage_32.n22 = 'year') as n49, (stage_32.n22 = 'month') as n50, (stage_32.n22 = 'week') as n51, (stage_32.n22 = 'day') as n52, (stage_32.n22 = 'hour') as n53, (stage_32.n22 = 'minute') as n54, (stage_32.n22 = 'second') as n55, (stage_32.n22 = 'millisecond') as n56, stage_32."s1_performedDateTime" as "s1_performedDateTime", stage_32."s1_performedPeriod" as "s1_performedPeriod", stage_32."s1_performedAge" as "s1_performedAge", stage_32."s1_performedRange" as "s1_performedRange", stage_32."s1_pid" as "s1_pid", stage_32."s1_rid" as "s1_rid", stage_32."s0_c1" as "s0_c1", stage_32."s0_c2" as "s0_c2", stage_32.n3 as n3, stage_32.n4 as n4, stage_32.n6 as n6, stage_32.n7 as n7, stage_32.n8 as n8, stage_32.n9 as n9, stage_32.n10 as n10, stage_32.n12 as n12, stage_32.n13 as n13, stage_32.n14 as n14, stage_32.n15 as n15, stage_32.n16 as n16, stage_32.n17 as n17, stage_32.n18 as n18, stage_32.n19 as n19, stage_32.n20 as n20, stage_32.n21 as n21, stage_32.n23 as n23, stage_32.n24 as n24, stage_32.n25 as n25, stage_32.n26 as n26, stage_32.n27 as n27, stage_32.n28 as n28, stage_32.n29 as n29, stage_32.n30 as n30, stage_32.n31 as n31
  from stage_32
),
stage_62 as (
  select cql_in_range(case when stage_57.n33 then (stage_57."s0_c1" + cql_date_years(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n34 then (stage_57."s0_c1" + cql_date_months(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n35 then (stage_57."s0_c1" + stage_57.n6) when stage_57.n36 then (stage_57."s0_c1" + cql_date_days(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n37 then (stage_57."s0_c1" + stage_57.n7) when stage_57.n38 then (stage_57."s0_c1" + stage_57.n8) when stage_57.n39 then (stage_57."s0_c1" + stage_57.n9) when stage_57.n40 then (stage_57."s0_c1" + stage_57.n10) else null end) as n58, cql_in_range(case when stage_57.n33 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", cql_date_years(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n34 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", cql_date_months(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n35 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n6) when stage_57.n36 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", cql_date_days(stage_57."s0_c1", stage_57."s0_c2", cast(trunc(struct_extract(stage_57."s1_performedAge", 'value')) as bigint))) when stage_57.n37 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n7) when stage_57.n38 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n8) when stage_57.n39 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n9) when stage_57.n40 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n10) else null end) as n59, cql_in_range(case when stage_57.n49 then (stage_57."s0_c1" + stage_57.n23) when stage_57.n50 then (stage_57."s0_c1" + stage_57.n24) when stage_57.n51 then (stage_57."s0_c1" + stage_57.n25) when stage_57.n52 then (stage_57."s0_c1" + stage_57.n26) when stage_57.n53 then (stage_57."s0_c1" + stage_57.n27) when stage_57.n54 then (stage_57."s0_c1" + stage_57.n28) when stage_57.n55 then (stage_57."s0_c1" + stage_57.n29) when stage_57.n56 then (stage_57."s0_c1" + stage_57.n30) else null end) as n60, cql_in_range(case when stage_57.n49 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n23) when stage_57.n50 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n24) when stage_57.n51 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n25) when stage_57.n52 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n26) when stage_57.n53 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n27) when stage_57.n54 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n28) when stage_57.n55 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n29) when stage_57.n56 then cql_date_end_after(stage_57."s0_c1", stage_57."s0_c2", stage_57.n30) else null end) as n61, stage_57."s1_performedDateTime" as "s1_performedDateTime", stage_57."s1_performedPeriod" as "s1_performedPeriod", stage_57."s1_performedAge" as "s1_performedAge", stage_57."s1_performedRange" as "s1_performedRange", stage_57."s1_pid" as "s1_pid", stage_57."s1_rid" as "s1_rid", stage_57."s0_c1" as "s0_c1", stage_57."s0_c2" as "s0_c2", stage_57.n3 as n3, stage_57.n4 as n4, stage_57.n12 as n12, stage_57.n13 as n13, stage_57.n14 as n14, stage_57.n15 as n15, stage_57.n16 as n16, stage_57.n17 as n17, stage_57.n18 as n18, stage_57.n19 as n19, stage_57.n20 as n20, stage_57.n21 as n21, stage_57.n31 as n31, stage_57.n41 as n41, stage_57.n42 as n42, stage_57.n43 as n43, stage_57.n44 as n44, stage_57.n45 as n45, stage_57.n46 as n46, stage_57.n47 as n47, stage_57.n48 as n48
  from stage_57
),
stage_67 as (
  select case when (struct_extract(stage_62."s1_performedDateTime", 'lo') is not null) then struct_extract(stage_62."s1_performedDateTime", 'lo') when (stage_62."s1_performedPeriod" is not null) then struct_extract(struct_extract(stage_62."s1_performedPeriod", 'start'), 'lo') when (stage_62."s1_performedAge" is not null) then stage_62.n58 when (stage_62."s1_performedRange" is not null) then cql_in_range(case when stage_62.n41 then (stage_62."s0_c1" + stage_62.n12) when stage_62.n42 then (stage_62."s0_c1" + stage_62.n13) when stage_62.n43 then (stage_62."s0_c1" + stage_62.n14) when stage_62.n44 then (stage_62."s0_c1" + stage_62.n15) when stage_62.n45 then (stage_62."s0_c1" + stage_62.n16) when stage_62.n46 then (stage_62."s0_c1" + stage_62.n17) when stage_62.n47 then (stage_62."s0_c1" + stage_62.n18) when stage_62.n48 then (stage_62."s0_c1" + stage_62.n19) else null end) else null end as n63, case when (struct_extract(stage_62."s1_performedDateTime", 'lo') is not null) then struct_extract(stage_62."s1_performedDateTime", 'hi') when (stage_62."s1_performedPeriod" is not null) then struct_extract(struct_extract(stage_62."s1_performedPeriod", 'start'), 'hi') when (stage_62."s1_performedAge" is not null) then (stage_62.n59 + interval '1 day -1 millisecond') when (stage_62."s1_performedRange" is not null) then (cql_in_range(case when stage_62.n41 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n12) when stage_62.n42 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n13) when stage_62.n43 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n14) when stage_62.n44 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n15) when stage_62.n45 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n16) when stage_62.n46 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n17) when stage_62.n47 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n18) when stage_62.n48 then cql_date_end_after(stage_62."s0_c1", stage_62."s0_c2", stage_62.n19) else null end) + interval '1 day -1 millisecond') else null end as n64, cql_date_years(stage_62.n58, stage_62.n59, 1) as n65, cql_date_years(stage_62.n60, stage_62.n61, 1) as n66, stage_62."s1_performedDateTime" as "s1_performedDateTime", stage_62."s1_performedPeriod" as "s1_performedPeriod", stage_62."s1_performedAge" as "s1_performedAge", stage_62."s1_performedRange" as "s1_performedRange", stage_62."s1_pid" as "s1_pid", stage_62."s1_rid" as "s1_rid", stage_62.n3 as n3, stage_62.n4 as n4, stage_62.n20 as n20, stage_62.n21 as n21, stage_62.n31 as n31, stage_62.n58 as n58, stage_62.n59 as n59, stage_62.n60 as n60, stage_62.n61 as n61
  from stage_62
),
stage_72 as (
  select (stage_67.n63 is null) as n68, cql_wall(stage_67.n64, stage_67.n20) as n69, case when (struct_extract(stage_67."s1_performedDateTime", 'lo') is not null) then struct_extract(stage_67."s1_performedDateTime", 'lo') when (stage_67."s1_performedPeriod" is not null) then struct_extract(struct_extract(stage_67."s1_performedPeriod", 'end'), 'lo') when (stage_67."s1_performedAge" is not null) then cql_in_range((stage_67.n58 + stage_67.n65)) when (stage_67."s1_performedRange" is not null) then cql_in_range((stage_67.n60 + stage_67.n66)) else null end as n70, case when (struct_extract(stage_67."s1_performedDateTime", 'lo') is not null) then struct_extract(stage_67."s1_performedDateTime", 'hi') when (stage_67."s1_performedPeriod" is not null) then struct_extract(struct_extract(stage_67."s1_performedPeriod", 'end'), 'hi') when (stage_67."s1_performedAge" is not null) then (cql_in_range(cql_date_end_after(stage_67.n58, stage_67.n59, stage_67.n65)) + interval '1 day -1 millisecond') when (stage_67."s1_performedRange" is not null) then (cql_in_range(cql_date_end_after(stage_67.n60, stage_67.n61, stage_67.n66)) + interval '1 day -1 millisecond') else null end as n71, stage_67."s1_pid" as "s1_pid", stage_67."s1_rid" as "s1_rid", stage_67.n3 as n3, stage_67.n4 as n4, stage_67.n20 as n20, stage_67.n21 as n21, stage_67.n31 as n31, stage_67.n63 as n63, stage_67.n64 as n64
  from stage_67
),
stage_77 as (
  select (stage_72.n69 + to_milliseconds(1)) as n73, case when stage_72.n3 then null else case when stage_72.n4 then case when stage_72.n68 then 0::smallint else stage_72.n20 end else stage_72.n20 end end as n74, (stage_72.n70 is null) as n75, cql_wall(stage_72.n70, stage_72.n31) as n76, stage_72."s1_pid" as "s1_pid", stage_72."s1_rid" as "s1_rid", stage_72.n3 as n3, stage_72.n4 as n4, stage_72.n20 as n20, stage_72.n21 as n21, stage_72.n31 as n31, stage_72.n63 as n63, stage_72.n64 as n64, stage_72.n68 as n68, stage_72.n69 as n69, stage_72.n70 as n70, stage_72.n71 as n71
  from stage_72
),
stage_81 as (
  select date_trunc('day', cql_wall(case when stage_77.n3 then null else case when stage_77.n4 then case when stage_77.n68 then timestamp '0001-01-01 00:00:00.000' else stage_77.n64 end else cql_instant(((stage_77.n73 + cql_own_unit(cql_wall(stage_77.n63, stage_77.n20), stage_77.n69)) + to_milliseconds(-1)), stage_77.n20) end end, stage_77.n74)) as n78, date_trunc('day', cql_wall(case when stage_77.n3 then null else case when stage_77.n4 then case when stage_77.n68 then timestamp '0001-01-01 00:00:00.000' else stage_77.n63 end else cql_instant(stage_77.n73, stage_77.n20) end end, stage_77.n74)) as n79, case when stage_77.n3 then null else case when stage_77.n21 then case when stage_77.n75 then 0::smallint else stage_77.n31 end else stage_77.n31 end end as n80, stage_77."s1_pid" as "s1_pid", stage_77."s1_rid" as "s1_rid", stage_77.n3 as n3, stage_77.n21 as n21, stage_77.n31 as n31, stage_77.n70 as n70, stage_77.n71 as n71, stage_77.n75 as n75, stage_77.n76 as n76
  from stage_77
),
stage_84 as (
  select date_trunc('day', cql_wall(case when stage_81.n3 then null else case when stage_81.n21 then case when stage_81.n75 then timestamp '9999-12-31 23:59:59.999' else stage_81.n70 end else cql_instant((stage_81.n76 - cql_own_unit(stage_81.n76, cql_wall(stage_81.n71, stage_81.n31))), stage_81.n31) end end, stage_81.n80)) as n82, date_trunc('day', cql_wall(case when stage_81.n3 then null else case when stage_81.n21 then case when stage_81.n75 then timestamp '9999-12-31 23:59:59.999' else stage_81.n71 end else cql_instant((stage_81.n76 + to_milliseconds(-1)), stage_81.n31) end end, stage_81.n80)) as n83, stage_81."s1_pid" as "s1_pid", stage_81."s1_rid" as "s1_rid", stage_81.n78 as n78, stage_81.n79 as n79
  from stage_81
)
select stage_84."s1_pid" as "pid", stage_84."s1_rid" as "c0"
from stage_84
where case when ((stage_84.n78 < timestamp '2025-12-31 00:00:00.000') or ((stage_84.n79 = timestamp '2025-12-31 00:00:00.000') and (stage_84.n79 = stage_84.n78))) then true when (stage_84.n79 > timestamp '2025-12-31 00:00:00.000') then false else null end
  and case when ((timestamp '2025-01-01 00:00:00.000' < stage_84.n82) or ((timestamp '2025-01-01 00:00:00.000' = stage_84.n82) and (stage_84.n82 = stage_84.n83))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_84.n83) then false else null end;

-- CatchmentCommon.Hospice Assessments
create or replace temp table "CatchmentCommon.Hospice Assessments" as
with stage_11 as (
  select case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then false when ("observation_1"."effectivePeriod" is not null) then ("observation_1"."effectivePeriod" is null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then false else true end as n2, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then (struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') is not null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n3, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n4, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n5, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n6, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then true when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n7, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'end'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n8, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'end'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n9, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'end'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n10, "observation_1"."pid" as "s1_pid", "observation_1"."rid" as "s1_rid"
  from fhir."Observation" as "observation_1"
  where "observation_1"."code" in (select key from temp.code_set_member where set_id = 14)
    and ("observation_1"."status" in ('final', 'amended', 'corrected'))
    and "observation_1"."valueCodeableConcept" in (select key from temp.code_set_member where set_id = 15)
),
stage_16 as (
  select (stage_11.n4 is null) as n12, cql_wall(stage_11.n5, stage_11.n6) as n13, (stage_11.n8 is null) as n14, cql_wall(stage_11.n8, stage_11.n9) as n15, stage_11."s1_pid" as "s1_pid", stage_11."s1_rid" as "s1_rid", stage_11.n2 as n2, stage_11.n3 as n3, stage_11.n4 as n4, stage_11.n5 as n5, stage_11.n6 as n6, stage_11.n7 as n7, stage_11.n8 as n8, stage_11.n9 as n9, stage_11.n10 as n10
  from stage_11
),
stage_20 as (
  select (stage_16.n13 + to_milliseconds(1)) as n17, case when stage_16.n2 then null else case when stage_16.n3 then case when stage_16.n12 then 0::smallint else stage_16.n6 end else stage_16.n6 end end as n18, case when stage_16.n2 then null else case when stage_16.n7 then case when stage_16.n14 then 0::smallint else stage_16.n9 end else stage_16.n9 end end as n19, stage_16."s1_pid" as "s1_pid", stage_16."s1_rid" as "s1_rid", stage_16.n2 as n2, stage_16.n3 as n3, stage_16.n4 as n4, stage_16.n5 as n5, stage_16.n6 as n6, stage_16.n7 as n7, stage_16.n8 as n8, stage_16.n9 as n9, stage_16.n10 as n10, stage_16.n12 as n12, stage_16.n13 as n13, stage_16.n14 as n14, stage_16.n15 as n15
  from stage_16
),
stage_25 as (
  select date_trunc('day', cql_wall(case when stage_20.n2 then null else case when stage_20.n3 then case when stage_20.n12 then timestamp '0001-01-01 00:00:00.000' else stage_20.n5 end else cql_instant(((stage_20.n17 + cql_own_unit(cql_wall(stage_20.n4, stage_20.n6), stage_20.n13)) + to_milliseconds(-1)), stage_20.n6) end end, stage_20.n18)) as n21, date_trunc('day', cql_wall(case when stage_20.n2 then null else case when stage_20.n3 then case when stage_20.n12 then timestamp '0001-01-01 00:00:00.000' else stage_20.n4 end else cql_instant(stage_20.n17, stage_20.n6) end end, stage_20.n18)) as n22, date_trunc('day', cql_wall(case when stage_20.n2 then null else case when stage_20.n7 then case when stage_20.n14 then timestamp '9999-12-31 23:59:59.999' else stage_20.n8 end else cql_instant((stage_20.n15 - cql_own_unit(stage_20.n15, cql_wall(stage_20.n10, stage_20.n9))), stage_20.n9) end end, stage_20.n19)) as n23, date_trunc('day', cql_wall(case when stage_20.n2 then null else case when stage_20.n7 then case when stage_20.n14 then timestamp '9999-12-31 23:59:59.999' else stage_20.n10 end else cql_instant((stage_20.n15 + to_milliseconds(-1)), stage_20.n9) end end, stage_20.n19)) as n24, stage_20."s1_pid" as "s1_pid", stage_20."s1_rid" as "s1_rid"
  from stage_20
)
select stage_25."s1_pid" as "pid", stage_25."s1_rid" as "c0"
from stage_25
where case when ((stage_25.n21 < timestamp '2025-12-31 00:00:00.000') or ((stage_25.n22 = timestamp '2025-12-31 00:00:00.000') and (stage_25.n22 = stage_25.n21))) then true when (stage_25.n22 > timestamp '2025-12-31 00:00:00.000') then false else null end
  and case when ((timestamp '2025-01-01 00:00:00.000' < stage_25.n23) or ((timestamp '2025-01-01 00:00:00.000' = stage_25.n23) and (stage_25.n23 = stage_25.n24))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_25.n24) then false else null end;

-- CatchmentCommon.Hospice Diagnoses
create or replace temp table "CatchmentCommon.Hospice Diagnoses" as
with stage_40 as (
  select case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then false when ("condition_1"."onsetPeriod" is not null) then ("condition_1"."onsetPeriod" is null) when ("condition_1"."onsetAge" is not null) then false when ("condition_1"."onsetRange" is not null) then false else true end as n3, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then true when ("condition_1"."onsetPeriod" is not null) then (struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'lo') is not null) when ("condition_1"."onsetAge" is not null) then true when ("condition_1"."onsetRange" is not null) then true else null end as n4, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("condition_1"."onsetAge", 'code'), struct_extract("condition_1"."onsetAge", 'unit'), '1'))) as n5, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) * 7)) as bigint)) as n6, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 24)) as bigint)) as n7, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 1440)) as bigint)) as n8, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract("condition_1"."onsetAge", 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n9, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 86400000)) as bigint)) as n10, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'code'), struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'unit'), '1'))) as n11, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n12, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n13, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) * 7)) as bigint)) as n14, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n15, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 24)) as bigint)) as n16, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 1440)) as bigint)) as n17, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n18, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 86400000)) as bigint)) as n19, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then struct_extract("condition_1"."onsetDateTime", 'zone') when ("condition_1"."onsetPeriod" is not null) then struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'zone') when ("condition_1"."onsetAge" is not null) then 0::smallint when ("condition_1"."onsetRange" is not null) then 0::smallint else null end as n20, coalesce("condition_1"."clinicalStatus" in (select key from temp.code_set_member where set_id in (19, 20, 21)), false) as n21, case when (struct_extract("condition_1"."abatementDateTime", 'lo') is not null) then false when ("condition_1"."abatementPeriod" is not null) then ("condition_1"."abatementPeriod" is null) when ("condition_1"."abatementAge" is not null) then false when ("condition_1"."abatementRange" is not null) then false else true end as n22, case when (struct_extract("condition_1"."abatementDateTime", 'lo') is not null) then true when ("condition_1"."abatementPeriod" is not null) then true when ("condition_1"."abatementAge" is not null) then false when ("condition_1"."abatementRange" is not null) then false else null end as n23, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("condition_1"."abatementAge", 'code'), struct_extract("condition_1"."abatementAge", 'unit'), '1'))) as n24, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."abatementAge", 'value')) as bigint) * 7)) as bigint)) as n25, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."abatementAge", 'value')) as bigint) / 24)) as bigint)) as n26, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."abatementAge", 'value')) as bigint) / 1440)) as bigint)) as n27, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract("condition_1"."abatementAge", 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n28, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."abatementAge", 'value')) as bigint) / 86400000)) as bigint)) as n29, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'code'), struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'unit'), '1'))) as n30, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint)) as n31, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint)) as n32, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint) * 7)) as bigint)) as n33, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint)) as n34, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint) / 24)) as bigint)) as n35, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint) / 1440)) as bigint)) as n36, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n37, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."abatementRange", 'high'), 'value')) as bigint) / 86400000)) as bigint)) as n38, case when (struct_extract("condition_1"."abatementDateTime", 'lo') is not null) then struct_extract("condition_1"."abatementDateTime", 'zone') when ("condition_1"."abatementPeriod" is not null) then struct_extract(struct_extract("condition_1"."abatementPeriod", 'end'), 'zone') when ("condition_1"."abatementAge" is not null) then 0::smallint when ("condition_1"."abatementRange" is not null) then 0::smallint else null end as n39, "condition_1"."onsetDateTime" as "s1_onsetDateTime", "condition_1"."onsetPeriod" as "s1_onsetPeriod", "condition_1"."onsetAge" as "s1_onsetAge", "condition_1"."onsetRange" as "s1_onsetRange", "condition_1"."recordedDate" as "s1_recordedDate", "condition_1"."abatementDateTime" as "s1_abatementDateTime", "condition_1"."abatementPeriod" as "s1_abatementPeriod", "condition_1"."abatementAge" as "s1_abatementAge", "condition_1"."abatementRange" as "s1_abatementRange", "condition_1"."pid" as "s1_pid", "condition_1"."rid" as "s1_rid", "define_2"."c1" as "s0_c1", "define_2"."c2" as "s0_c2"
  from fhir."Condition" as "condition_1"
  left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "condition_1"."pid")
  where "condition_1"."code" in (select key from temp.code_set_member where set_id = 16)
    and (("condition_1"."verificationStatus" is null) or (not coalesce("condition_1"."verificationStatus" in (select key from temp.code_set_member where set_id in (17, 18)), false)))
),
stage_73 as (
  select (stage_40.n5 = 'year') as n41, (stage_40.n5 = 'month') as n42, (stage_40.n5 = 'week') as n43, (stage_40.n5 = 'day') as n44, (stage_40.n5 = 'hour') as n45, (stage_40.n5 = 'minute') as n46, (stage_40.n5 = 'second') as n47, (stage_40.n5 = 'millisecond') as n48, (stage_40.n11 = 'year') as n49, (stage_40.n11 = 'month') as n50, (stage_40.n11 = 'week') as n51, (stage_40.n11 = 'day') as n52, (stage_40.n11 = 'hour') as n53, (stage_40.n11 = 'minute') as n54, (stage_40.n11 = 'second') as n55, (stage_40.n11 = 'millisecond') as n56, (stage_40.n24 = 'year') as n57, (stage_40.n24 = 'month') as n58, (stage_40.n24 = 'week') as n59, (stage_40.n24 = 'day') as n60, (stage_40.n24 = 'hour') as n61, (stage_40.n24 = 'minute') as n62, (stage_40.n24 = 'second') as n63, (stage_40.n24 = 'millisecond') as n64, (stage_40.n30 = 'year') as n65, (stage_40.n30 = 'month') as n66, (stage_40.n30 = 'week') as n67, (stage_40.n30 = 'day') as n68, (stage_40.n30 = 'hour') as n69, (stage_40.n30 = 'minute') as n70, (stage_40.n30 = 'second') as n71, (stage_40.n30 = 'millisecond') as n72, stage_40."s1_onsetDateTime" as "s1_onsetDateTime", stage_40."s1_onsetPeriod" as "s1_onsetPeriod", stage_40."s1_onsetAge" as "s1_onsetAge", stage_40."s1_onsetRange" as "s1_onsetRange", stage_40."s1_recordedDate" as "s1_recordedDate", stage_40."s1_abatementDateTime" as "s1_abatementDateTime", stage_40."s1_abatementPeriod" as "s1_abatementPeriod", stage_40."s1_abatementAge" as "s1_abatementAge", stage_40."s1_abatementRange" as "s1_abatementRange", stage_40."s1_pid" as "s1_pid", stage_40."s1_rid" as "s1_rid", stage_40."s0_c1" as "s0_c1", stage_40."s0_c2" as "s0_c2", stage_40.n3 as n3, stage_40.n4 as n4, stage_40.n6 as n6, stage_40.n7 as n7, stage_40.n8 as n8, stage_40.n9 as n9, stage_40.n10 as n10, stage_40.n12 as n12, stage_40.n13 as n13, stage_40.n14 as n14, stage_40.n15 as n15, stage_40.n16 as n16, stage_40.n17 as n17, stage_40.n18 as n18, stage_40.n19 as n19, stage_40.n20 as n20, stage_40.n21 as n21, stage_40.n22 as n22, stage_40.n23 as n23, stage_40.n25 as n25, stage_40.n26 as n26, stage_40.n27 as n27, stage_40.n28 as n28, stage_40.n29 as n29, stage_40.n31 as n31, stage_40.n32 as n32, stage_40.n33 as n33, stage_40.n34 as n34, stage_40.n35 as n35, stage_40.n36 as n36, stage_40.n37 as n37, stage_40.n38 as n38, stage_40.n39 as n39
  from stage_40
),
stage_80 as (
  select case when (struct_extract(stage_73."s1_onsetDateTime", 'lo') is not null) then struct_extract(stage_73."s1_onsetDateTime", 'lo') when (stage_73."s1_onsetPeriod" is not null) then struct_extract(struct_extract(stage_73."s1_onsetPeriod", 'start'), 'lo') when (stage_73."s1_onsetAge" is not null) then cql_in_range(case when stage_73.n41 then (stage_73."s0_c1" + cql_date_years(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n42 then (stage_73."s0_c1" + cql_date_months(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n43 then (stage_73."s0_c1" + stage_73.n6) when stage_73.n44 then (stage_73."s0_c1" + cql_date_days(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n45 then (stage_73."s0_c1" + stage_73.n7) when stage_73.n46 then (stage_73."s0_c1" + stage_73.n8) when stage_73.n47 then (stage_73."s0_c1" + stage_73.n9) when stage_73.n48 then (stage_73."s0_c1" + stage_73.n10) else null end) when (stage_73."s1_onsetRange" is not null) then cql_in_range(case when stage_73.n49 then (stage_73."s0_c1" + stage_73.n12) when stage_73.n50 then (stage_73."s0_c1" + stage_73.n13) when stage_73.n51 then (stage_73."s0_c1" + stage_73.n14) when stage_73.n52 then (stage_73."s0_c1" + stage_73.n15) when stage_73.n53 then (stage_73."s0_c1" + stage_73.n16) when stage_73.n54 then (stage_73."s0_c1" + stage_73.n17) when stage_73.n55 then (stage_73."s0_c1" + stage_73.n18) when stage_73.n56 then (stage_73."s0_c1" + stage_73.n19) else null end) else null end as n74, case when (struct_extract(stage_73."s1_onsetDateTime", 'lo') is not null) then struct_extract(stage_73."s1_onsetDateTime", 'hi') when (stage_73."s1_onsetPeriod" is not null) then struct_extract(struct_extract(stage_73."s1_onsetPeriod", 'start'), 'hi') when (stage_73."s1_onsetAge" is not null) then (cql_in_range(case when stage_73.n41 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_years(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n42 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_months(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n43 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n6) when stage_73.n44 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_days(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_onsetAge", 'value')) as bigint))) when stage_73.n45 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n7) when stage_73.n46 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n8) when stage_73.n47 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n9) when stage_73.n48 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n10) else null end) + interval '1 day -1 millisecond') when (stage_73."s1_onsetRange" is not null) then (cql_in_range(case when stage_73.n49 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n12) when stage_73.n50 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n13) when stage_73.n51 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n14) when stage_73.n52 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n15) when stage_73.n53 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n16) when stage_73.n54 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n17) when stage_73.n55 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n18) when stage_73.n56 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n19) else null end) + interval '1 day -1 millisecond') else null end as n75, cql_in_range(case when stage_73.n57 then (stage_73."s0_c1" + cql_date_years(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n58 then (stage_73."s0_c1" + cql_date_months(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n59 then (stage_73."s0_c1" + stage_73.n25) when stage_73.n60 then (stage_73."s0_c1" + cql_date_days(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n61 then (stage_73."s0_c1" + stage_73.n26) when stage_73.n62 then (stage_73."s0_c1" + stage_73.n27) when stage_73.n63 then (stage_73."s0_c1" + stage_73.n28) when stage_73.n64 then (stage_73."s0_c1" + stage_73.n29) else null end) as n76, cql_in_range(case when stage_73.n57 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_years(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n58 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_months(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n59 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n25) when stage_73.n60 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", cql_date_days(stage_73."s0_c1", stage_73."s0_c2", cast(trunc(struct_extract(stage_73."s1_abatementAge", 'value')) as bigint))) when stage_73.n61 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n26) when stage_73.n62 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n27) when stage_73.n63 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n28) when stage_73.n64 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n29) else null end) as n77, cql_in_range(case when stage_73.n65 then (stage_73."s0_c1" + stage_73.n31) when stage_73.n66 then (stage_73."s0_c1" + stage_73.n32) when stage_73.n67 then (stage_73."s0_c1" + stage_73.n33) when stage_73.n68 then (stage_73."s0_c1" + stage_73.n34) when stage_73.n69 then (stage_73."s0_c1" + stage_73.n35) when stage_73.n70 then (stage_73."s0_c1" + stage_73.n36) when stage_73.n71 then (stage_73."s0_c1" + stage_73.n37) when stage_73.n72 then (stage_73."s0_c1" + stage_73.n38) else null end) as n78, cql_in_range(case when stage_73.n65 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n31) when stage_73.n66 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n32) when stage_73.n67 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n33) when stage_73.n68 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n34) when stage_73.n69 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n35) when stage_73.n70 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n36) when stage_73.n71 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n37) when stage_73.n72 then cql_date_end_after(stage_73."s0_c1", stage_73."s0_c2", stage_73.n38) else null end) as n79, stage_73."s1_recordedDate" as "s1_recordedDate", stage_73."s1_abatementDateTime" as "s1_abatementDateTime", stage_73."s1_abatementPeriod" as "s1_abatementPeriod", stage_73."s1_abatementAge" as "s1_abatementAge", stage_73."s1_abatementRange" as "s1_abatementRange", stage_73."s1_pid" as "s1_pid", stage_73."s1_rid" as "s1_rid", stage_73.n3 as n3, stage_73.n4 as n4, stage_73.n20 as n20, stage_73.n21 as n21, stage_73.n22 as n22, stage_73.n23 as n23, stage_73.n39 as n39
  from stage_73
),
stage_85 as (
  select (stage_80.n74 is null) as n81, cql_wall(stage_80.n75, stage_80.n20) as n82, cql_date_years(stage_80.n76, stage_80.n77, 1) as n83, cql_date_years(stage_80.n78, stage_80.n79, 1) as n84, stage_80."s1_recordedDate" as "s1_recordedDate", stage_80."s1_abatementDateTime" as "s1_abatementDateTime", stage_80."s1_abatementPeriod" as "s1_abatementPeriod", stage_80."s1_abatementAge" as "s1_abatementAge", stage_80."s1_abatementRange" as "s1_abatementRange", stage_80."s1_pid" as "s1_pid", stage_80."s1_rid" as "s1_rid", stage_80.n3 as n3, stage_80.n4 as n4, stage_80.n20 as n20, stage_80.n21 as n21, stage_80.n22 as n22, stage_80.n23 as n23, stage_80.n39 as n39, stage_80.n74 as n74, stage_80.n75 as n75, stage_80.n76 as n76, stage_80.n77 as n77, stage_80.n78 as n78, stage_80.n79 as n79
  from stage_80
),
stage_89 as (
  select (stage_85.n82 + to_milliseconds(1)) as n86, case when (struct_extract(stage_85."s1_abatementDateTime", 'lo') is not null) then struct_extract(stage_85."s1_abatementDateTime", 'lo') when (stage_85."s1_abatementPeriod" is not null) then struct_extract(struct_extract(stage_85."s1_abatementPeriod", 'end'), 'lo') when (stage_85."s1_abatementAge" is not null) then cql_in_range((stage_85.n76 + stage_85.n83)) when (stage_85."s1_abatementRange" is not null) then cql_in_range((stage_85.n78 + stage_85.n84)) else null end as n87, case when (struct_extract(stage_85."s1_abatementDateTime", 'lo') is not null) then struct_extract(stage_85."s1_abatementDateTime", 'hi') when (stage_85."s1_abatementPeriod" is not null) then struct_extract(struct_extract(stage_85."s1_abatementPeriod", 'end'), 'hi') when (stage_85."s1_abatementAge" is not null) then (cql_in_range(cql_date_end_after(stage_85.n76, stage_85.n77, stage_85.n83)) + interval '1 day -1 millisecond') when (stage_85."s1_abatementRange" is not null) then (cql_in_range(cql_date_end_after(stage_85.n78, stage_85.n79, stage_85.n84)) + interval '1 day -1 millisecond') else null end as n88, stage_85."s1_recordedDate" as "s1_recordedDate", stage_85."s1_pid" as "s1_pid", stage_85."s1_rid" as "s1_rid", stage_85.n3 as n3, stage_85.n4 as n4, stage_85.n20 as n20, stage_85.n21 as n21, stage_85.n22 as n22, stage_85.n23 as n23, stage_85.n39 as n39, stage_85.n74 as n74, stage_85.n75 as n75, stage_85.n81 as n81, stage_85.n82 as n82
  from stage_85
),
stage_93 as (
  select case when stage_89.n3 then null else case when stage_89.n4 then case when stage_89.n81 then timestamp '0001-01-01 00:00:00.000' else stage_89.n74 end else cql_instant(stage_89.n86, stage_89.n20) end end as n90, (stage_89.n87 is null) as n91, cql_wall(stage_89.n87, stage_89.n39) as n92, stage_89."s1_recordedDate" as "s1_recordedDate", stage_89."s1_pid" as "s1_pid", stage_89."s1_rid" as "s1_rid", stage_89.n3 as n3, stage_89.n4 as n4, stage_89.n20 as n20, stage_89.n21 as n21, stage_89.n22 as n22, stage_89.n23 as n23, stage_89.n39 as n39, stage_89.n74 as n74, stage_89.n75 as n75, stage_89.n81 as n81, stage_89.n82 as n82, stage_89.n86 as n86, stage_89.n87 as n87, stage_89.n88 as n88
  from stage_89
),
stage_98 as (
  select (stage_93.n90 is not null) as n94, case when stage_93.n22 then null else case when stage_93.n23 then case when stage_93.n91 then timestamp '9999-12-31 23:59:59.999' else stage_93.n87 end else cql_instant((stage_93.n92 - cql_own_unit(stage_93.n92, cql_wall(stage_93.n88, stage_93.n39))), stage_93.n39) end end as n95, case when stage_93.n22 then null else case when stage_93.n23 then case when stage_93.n91 then 0::smallint else stage_93.n39 end else stage_93.n39 end end as n96, case when stage_93.n22 then null else case when stage_93.n23 then case when stage_93.n91 then timestamp '9999-12-31 23:59:59.999' else stage_93.n88 end else cql_instant((stage_93.n92 + to_milliseconds(-1)), stage_93.n39) end end as n97, stage_93."s1_recordedDate" as "s1_recordedDate", stage_93."s1_pid" as "s1_pid", stage_93."s1_rid" as "s1_rid", stage_93.n3 as n3, stage_93.n4 as n4, stage_93.n20 as n20, stage_93.n21 as n21, stage_93.n74 as n74, stage_93.n75 as n75, stage_93.n81 as n81, stage_93.n82 as n82, stage_93.n86 as n86, stage_93.n90 as n90
  from stage_93
),
stage_102 as (
  select case when stage_98.n94 then stage_98.n90 else struct_extract(stage_98."s1_recordedDate", 'lo') end as n99, case when stage_98.n21 then true else (stage_98.n95 is not null) end as n100, (stage_98.n95 is null) as n101, stage_98."s1_recordedDate" as "s1_recordedDate", stage_98."s1_pid" as "s1_pid", stage_98."s1_rid" as "s1_rid", stage_98.n3 as n3, stage_98.n4 as n4, stage_98.n20 as n20, stage_98.n21 as n21, stage_98.n74 as n74, stage_98.n75 as n75, stage_98.n81 as n81, stage_98.n82 as n82, stage_98.n86 as n86, stage_98.n94 as n94, stage_98.n95 as n95, stage_98.n96 as n96, stage_98.n97 as n97
  from stage_98
),
stage_107 as (
  select (stage_102.n99 is null) as n103, case when stage_102.n21 then stage_102.n95 else case when stage_102.n101 then null else stage_102.n95 end end as n104, case when stage_102.n21 then stage_102.n96 else case when stage_102.n101 then null else stage_102.n96 end end as n105, case when stage_102.n21 then stage_102.n97 else case when stage_102.n101 then null else stage_102.n97 end end as n106, stage_102."s1_recordedDate" as "s1_recordedDate", stage_102."s1_pid" as "s1_pid", stage_102."s1_rid" as "s1_rid", stage_102.n3 as n3, stage_102.n4 as n4, stage_102.n20 as n20, stage_102.n74 as n74, stage_102.n75 as n75, stage_102.n81 as n81, stage_102.n82 as n82, stage_102.n86 as n86, stage_102.n94 as n94, stage_102.n99 as n99, stage_102.n100 as n100
  from stage_102
),
stage_111 as (
  select case when stage_107.n103 then 0::smallint else case when stage_107.n94 then case when stage_107.n3 then null else case when stage_107.n4 then case when stage_107.n81 then 0::smallint else stage_107.n20 end else stage_107.n20 end end else struct_extract(stage_107."s1_recordedDate", 'zone') end end as n108, (stage_107.n104 is null) as n109, cql_wall(stage_107.n104, stage_107.n105) as n110, stage_107."s1_recordedDate" as "s1_recordedDate", stage_107."s1_pid" as "s1_pid", stage_107."s1_rid" as "s1_rid", stage_107.n3 as n3, stage_107.n4 as n4, stage_107.n20 as n20, stage_107.n74 as n74, stage_107.n75 as n75, stage_107.n81 as n81, stage_107.n82 as n82, stage_107.n86 as n86, stage_107.n94 as n94, stage_107.n99 as n99, stage_107.n100 as n100, stage_107.n103 as n103, stage_107.n104 as n104, stage_107.n105 as n105, stage_107.n106 as n106
  from stage_107
),
stage_115 as (
  select date_trunc('day', cql_wall(case when stage_111.n103 then timestamp '0001-01-01 00:00:00.000' else case when stage_111.n94 then case when stage_111.n3 then null else case when stage_111.n4 then case when stage_111.n81 then timestamp '0001-01-01 00:00:00.000' else stage_111.n75 end else cql_instant(((stage_111.n86 + cql_own_unit(cql_wall(stage_111.n74, stage_111.n20), stage_111.n82)) + to_milliseconds(-1)), stage_111.n20) end end else struct_extract(stage_111."s1_recordedDate", 'hi') end end, stage_111.n108)) as n112, date_trunc('day', cql_wall(case when stage_111.n103 then timestamp '0001-01-01 00:00:00.000' else stage_111.n99 end, stage_111.n108)) as n113, case when stage_111.n100 then case when stage_111.n109 then 0::smallint else stage_111.n105 end else stage_111.n105 end as n114, stage_111."s1_pid" as "s1_pid", stage_111."s1_rid" as "s1_rid", stage_111.n100 as n100, stage_111.n104 as n104, stage_111.n105 as n105, stage_111.n106 as n106, stage_111.n109 as n109, stage_111.n110 as n110
  from stage_111
),
stage_118 as (
  select date_trunc('day', cql_wall(case when stage_115.n100 then case when stage_115.n109 then timestamp '9999-12-31 23:59:59.999' else stage_115.n104 end else cql_instant((stage_115.n110 - cql_own_unit(stage_115.n110, cql_wall(stage_115.n106, stage_115.n105))), stage_115.n105) end, stage_115.n114)) as n116, date_trunc('day', cql_wall(case when stage_115.n100 then case when stage_115.n109 then timestamp '9999-12-31 23:59:59.999' else stage_115.n106 end else cql_instant((stage_115.n110 + to_milliseconds(-1)), stage_115.n105) end, stage_115.n114)) as n117, stage_115."s1_pid" as "s1_pid", stage_115."s1_rid" as "s1_rid", stage_115.n112 as n112, stage_115.n113 as n113
  from stage_115
)
select stage_118."s1_pid" as "pid", stage_118."s1_rid" as "c0"
from stage_118
where case when ((stage_118.n112 < timestamp '2025-12-31 00:00:00.000') or ((stage_118.n113 = timestamp '2025-12-31 00:00:00.000') and (stage_118.n113 = stage_118.n112))) then true when (stage_118.n113 > timestamp '2025-12-31 00:00:00.000') then false else null end
  and case when ((timestamp '2025-01-01 00:00:00.000' < stage_118.n116) or ((timestamp '2025-01-01 00:00:00.000' = stage_118.n116) and (stage_118.n116 = stage_118.n117))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_118.n117) then false else null end;

-- CatchmentCommon.Has Hospice Care
create or replace temp table "CatchmentCommon.Has Hospice Care" as
select "patient_1"."pid" as "pid", (("patient_1"."pid" in (
  select "define_2"."pid" as "key"
  from "CatchmentCommon.Discharges to Hospice Care" as "define_2"
)) or ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "CatchmentCommon.Hospice Encounters" as "define_3"
)) or ("patient_1"."pid" in (
  select "define_4"."pid" as "key"
  from "CatchmentCommon.Hospice Orders" as "define_4"
)) or ("patient_1"."pid" in (
  select "define_5"."pid" as "key"
  from "CatchmentCommon.Hospice Procedures" as "define_5"
)) or ("patient_1"."pid" in (
  select "define_6"."pid" as "key"
  from "CatchmentCommon.Hospice Assessments" as "define_6"
)) or ("patient_1"."pid" in (
  select "define_7"."pid" as "key"
  from "CatchmentCommon.Hospice Diagnoses" as "define_7"
))) as "c0"
from fhir."Patient" as "patient_1";

-- ChildhoodImmunizationStatus.From Birth to Second Birthday
create or replace temp table "ChildhoodImmunizationStatus.From Birth to Second Birthday" as
select "patient_1"."pid" as "pid", "define_2"."c1" as "c0", "define_2"."c2" as "c1", cql_in_range(("define_2"."c1" + cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c2", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c3", true as "present"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- ChildhoodImmunizationStatus.Diagnoses That Rule Out a Vaccine
create or replace temp table "ChildhoodImmunizationStatus.Diagnoses That Rule Out a Vaccine" as
with stage_22 as (
  select case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then false when ("condition_1"."onsetPeriod" is not null) then ("condition_1"."onsetPeriod" is null) when ("condition_1"."onsetAge" is not null) then false when ("condition_1"."onsetRange" is not null) then false else true end as n4, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then true when ("condition_1"."onsetPeriod" is not null) then (struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'lo') is not null) when ("condition_1"."onsetAge" is not null) then true when ("condition_1"."onsetRange" is not null) then true else null end as n5, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("condition_1"."onsetAge", 'code'), struct_extract("condition_1"."onsetAge", 'unit'), '1'))) as n6, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) * 7)) as bigint)) as n7, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 24)) as bigint)) as n8, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 1440)) as bigint)) as n9, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract("condition_1"."onsetAge", 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n10, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 86400000)) as bigint)) as n11, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'code'), struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'unit'), '1'))) as n12, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n13, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n14, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) * 7)) as bigint)) as n15, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n16, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 24)) as bigint)) as n17, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 1440)) as bigint)) as n18, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n19, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 86400000)) as bigint)) as n20, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then struct_extract("condition_1"."onsetDateTime", 'zone') when ("condition_1"."onsetPeriod" is not null) then struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'zone') when ("condition_1"."onsetAge" is not null) then 0::smallint when ("condition_1"."onsetRange" is not null) then 0::smallint else null end as n21, "condition_1"."onsetDateTime" as "s1_onsetDateTime", "condition_1"."onsetPeriod" as "s1_onsetPeriod", "condition_1"."onsetAge" as "s1_onsetAge", "condition_1"."onsetRange" as "s1_onsetRange", "condition_1"."recordedDate" as "s1_recordedDate", "condition_1"."pid" as "s1_pid", "condition_1"."rid" as "s1_rid", "define_2"."c1" as "s0_c1", "define_2"."c2" as "s0_c2", "define_3"."c0" as "s2_c0", "define_3"."c1" as "s2_c1", "define_3"."c2" as "s2_c2", "define_3"."c3" as "s2_c3"
  from fhir."Condition" as "condition_1"
  left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "condition_1"."pid")
  left join "ChildhoodImmunizationStatus.From Birth to Second Birthday" as "define_3" on ("define_3"."pid" = "condition_1"."pid")
  where "condition_1"."code" in (select key from temp.code_set_member where set_id in (22, 23, 24, 25, 26))
    and (("condition_1"."verificationStatus" is null) or (not coalesce("condition_1"."verificationStatus" in (select key from temp.code_set_member where set_id in (17, 18)), false)))
),
stage_39 as (
  select (stage_22.n6 = 'year') as n23, (stage_22.n6 = 'month') as n24, (stage_22.n6 = 'week') as n25, (stage_22.n6 = 'day') as n26, (stage_22.n6 = 'hour') as n27, (stage_22.n6 = 'minute') as n28, (stage_22.n6 = 'second') as n29, (stage_22.n6 = 'millisecond') as n30, (stage_22.n12 = 'year') as n31, (stage_22.n12 = 'month') as n32, (stage_22.n12 = 'week') as n33, (stage_22.n12 = 'day') as n34, (stage_22.n12 = 'hour') as n35, (stage_22.n12 = 'minute') as n36, (stage_22.n12 = 'second') as n37, (stage_22.n12 = 'millisecond') as n38, stage_22."s1_onsetDateTime" as "s1_onsetDateTime", stage_22."s1_onsetPeriod" as "s1_onsetPeriod", stage_22."s1_onsetAge" as "s1_onsetAge", stage_22."s1_onsetRange" as "s1_onsetRange", stage_22."s1_recordedDate" as "s1_recordedDate", stage_22."s1_pid" as "s1_pid", stage_22."s1_rid" as "s1_rid", stage_22."s0_c1" as "s0_c1", stage_22."s0_c2" as "s0_c2", stage_22."s2_c0" as "s2_c0", stage_22."s2_c1" as "s2_c1", stage_22."s2_c2" as "s2_c2", stage_22."s2_c3" as "s2_c3", stage_22.n4 as n4, stage_22.n5 as n5, stage_22.n7 as n7, stage_22.n8 as n8, stage_22.n9 as n9, stage_22.n10 as n10, stage_22.n11 as n11, stage_22.n13 as n13, stage_22.n14 as n14, stage_22.n15 as n15, stage_22.n16 as n16, stage_22.n17 as n17, stage_22.n18 as n18, stage_22.n19 as n19, stage_22.n20 as n20, stage_22.n21 as n21
  from stage_22
),
stage_42 as (
  select case when (struct_extract(stage_39."s1_onsetDateTime", 'lo') is not null) then struct_extract(stage_39."s1_onsetDateTime", 'lo') when (stage_39."s1_onsetPeriod" is not null) then struct_extract(struct_extract(stage_39."s1_onsetPeriod", 'start'), 'lo') when (stage_39."s1_onsetAge" is not null) then cql_in_range(case when stage_39.n23 then (stage_39."s0_c1" + cql_date_years(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n24 then (stage_39."s0_c1" + cql_date_months(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n25 then (stage_39."s0_c1" + stage_39.n7) when stage_39.n26 then (stage_39."s0_c1" + cql_date_days(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n27 then (stage_39."s0_c1" + stage_39.n8) when stage_39.n28 then (stage_39."s0_c1" + stage_39.n9) when stage_39.n29 then (stage_39."s0_c1" + stage_39.n10) when stage_39.n30 then (stage_39."s0_c1" + stage_39.n11) else null end) when (stage_39."s1_onsetRange" is not null) then cql_in_range(case when stage_39.n31 then (stage_39."s0_c1" + stage_39.n13) when stage_39.n32 then (stage_39."s0_c1" + stage_39.n14) when stage_39.n33 then (stage_39."s0_c1" + stage_39.n15) when stage_39.n34 then (stage_39."s0_c1" + stage_39.n16) when stage_39.n35 then (stage_39."s0_c1" + stage_39.n17) when stage_39.n36 then (stage_39."s0_c1" + stage_39.n18) when stage_39.n37 then (stage_39."s0_c1" + stage_39.n19) when stage_39.n38 then (stage_39."s0_c1" + stage_39.n20) else null end) else null end as n40, case when (struct_extract(stage_39."s1_onsetDateTime", 'lo') is not null) then struct_extract(stage_39."s1_onsetDateTime", 'hi') when (stage_39."s1_onsetPeriod" is not null) then struct_extract(struct_extract(stage_39."s1_onsetPeriod", 'start'), 'hi') when (stage_39."s1_onsetAge" is not null) then (cql_in_range(case when stage_39.n23 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", cql_date_years(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n24 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", cql_date_months(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n25 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n7) when stage_39.n26 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", cql_date_days(stage_39."s0_c1", stage_39."s0_c2", cast(trunc(struct_extract(stage_39."s1_onsetAge", 'value')) as bigint))) when stage_39.n27 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n8) when stage_39.n28 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n9) when stage_39.n29 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n10) when stage_39.n30 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n11) else null end) + interval '1 day -1 millisecond') when (stage_39."s1_onsetRange" is not null) then (cql_in_range(case when stage_39.n31 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n13) when stage_39.n32 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n14) when stage_39.n33 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n15) when stage_39.n34 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n16) when stage_39.n35 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n17) when stage_39.n36 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n18) when stage_39.n37 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n19) when stage_39.n38 then cql_date_end_after(stage_39."s0_c1", stage_39."s0_c2", stage_39.n20) else null end) + interval '1 day -1 millisecond') else null end as n41, stage_39."s1_recordedDate" as "s1_recordedDate", stage_39."s1_pid" as "s1_pid", stage_39."s1_rid" as "s1_rid", stage_39."s2_c0" as "s2_c0", stage_39."s2_c1" as "s2_c1", stage_39."s2_c2" as "s2_c2", stage_39."s2_c3" as "s2_c3", stage_39.n4 as n4, stage_39.n5 as n5, stage_39.n21 as n21
  from stage_39
),
stage_45 as (
  select (stage_42.n40 is null) as n43, cql_wall(stage_42.n41, stage_42.n21) as n44, stage_42."s1_recordedDate" as "s1_recordedDate", stage_42."s1_pid" as "s1_pid", stage_42."s1_rid" as "s1_rid", stage_42."s2_c0" as "s2_c0", stage_42."s2_c1" as "s2_c1", stage_42."s2_c2" as "s2_c2", stage_42."s2_c3" as "s2_c3", stage_42.n4 as n4, stage_42.n5 as n5, stage_42.n21 as n21, stage_42.n40 as n40, stage_42.n41 as n41
  from stage_42
),
stage_47 as (
  select (stage_45.n44 + to_milliseconds(1)) as n46, stage_45."s1_recordedDate" as "s1_recordedDate", stage_45."s1_pid" as "s1_pid", stage_45."s1_rid" as "s1_rid", stage_45."s2_c0" as "s2_c0", stage_45."s2_c1" as "s2_c1", stage_45."s2_c2" as "s2_c2", stage_45."s2_c3" as "s2_c3", stage_45.n4 as n4, stage_45.n5 as n5, stage_45.n21 as n21, stage_45.n40 as n40, stage_45.n41 as n41, stage_45.n43 as n43, stage_45.n44 as n44
  from stage_45
),
stage_49 as (
  select case when stage_47.n4 then null else case when stage_47.n5 then case when stage_47.n43 then timestamp '0001-01-01 00:00:00.000' else stage_47.n40 end else cql_instant(stage_47.n46, stage_47.n21) end end as n48, stage_47."s1_recordedDate" as "s1_recordedDate", stage_47."s1_pid" as "s1_pid", stage_47."s1_rid" as "s1_rid", stage_47."s2_c0" as "s2_c0", stage_47."s2_c1" as "s2_c1", stage_47."s2_c2" as "s2_c2", stage_47."s2_c3" as "s2_c3", stage_47.n4 as n4, stage_47.n5 as n5, stage_47.n21 as n21, stage_47.n40 as n40, stage_47.n41 as n41, stage_47.n43 as n43, stage_47.n44 as n44, stage_47.n46 as n46
  from stage_47
),
stage_51 as (
  select (stage_49.n48 is not null) as n50, stage_49."s1_recordedDate" as "s1_recordedDate", stage_49."s1_pid" as "s1_pid", stage_49."s1_rid" as "s1_rid", stage_49."s2_c0" as "s2_c0", stage_49."s2_c1" as "s2_c1", stage_49."s2_c2" as "s2_c2", stage_49."s2_c3" as "s2_c3", stage_49.n4 as n4, stage_49.n5 as n5, stage_49.n21 as n21, stage_49.n40 as n40, stage_49.n41 as n41, stage_49.n43 as n43, stage_49.n44 as n44, stage_49.n46 as n46, stage_49.n48 as n48
  from stage_49
),
stage_53 as (
  select case when stage_51.n50 then stage_51.n48 else struct_extract(stage_51."s1_recordedDate", 'lo') end as n52, stage_51."s1_recordedDate" as "s1_recordedDate", stage_51."s1_pid" as "s1_pid", stage_51."s1_rid" as "s1_rid", stage_51."s2_c0" as "s2_c0", stage_51."s2_c1" as "s2_c1", stage_51."s2_c2" as "s2_c2", stage_51."s2_c3" as "s2_c3", stage_51.n4 as n4, stage_51.n5 as n5, stage_51.n21 as n21, stage_51.n40 as n40, stage_51.n41 as n41, stage_51.n43 as n43, stage_51.n44 as n44, stage_51.n46 as n46, stage_51.n50 as n50
  from stage_51
),
stage_55 as (
  select (stage_53.n52 is null) as n54, stage_53."s1_recordedDate" as "s1_recordedDate", stage_53."s1_pid" as "s1_pid", stage_53."s1_rid" as "s1_rid", stage_53."s2_c0" as "s2_c0", stage_53."s2_c1" as "s2_c1", stage_53."s2_c2" as "s2_c2", stage_53."s2_c3" as "s2_c3", stage_53.n4 as n4, stage_53.n5 as n5, stage_53.n21 as n21, stage_53.n40 as n40, stage_53.n41 as n41, stage_53.n43 as n43, stage_53.n44 as n44, stage_53.n46 as n46, stage_53.n50 as n50, stage_53.n52 as n52
  from stage_53
),
stage_57 as (
  select case when stage_55.n54 then 0::smallint else case when stage_55.n50 then case when stage_55.n4 then null else case when stage_55.n5 then case when stage_55.n43 then 0::smallint else stage_55.n21 end else stage_55.n21 end end else struct_extract(stage_55."s1_recordedDate", 'zone') end end as n56, stage_55."s1_recordedDate" as "s1_recordedDate", stage_55."s1_pid" as "s1_pid", stage_55."s1_rid" as "s1_rid", stage_55."s2_c0" as "s2_c0", stage_55."s2_c1" as "s2_c1", stage_55."s2_c2" as "s2_c2", stage_55."s2_c3" as "s2_c3", stage_55.n4 as n4, stage_55.n5 as n5, stage_55.n21 as n21, stage_55.n40 as n40, stage_55.n41 as n41, stage_55.n43 as n43, stage_55.n44 as n44, stage_55.n46 as n46, stage_55.n50 as n50, stage_55.n52 as n52, stage_55.n54 as n54
  from stage_55
),
stage_60 as (
  select date_trunc('day', cql_wall(case when stage_57.n54 then timestamp '0001-01-01 00:00:00.000' else stage_57.n52 end, stage_57.n56)) as n58, date_trunc('day', cql_wall(case when stage_57.n54 then timestamp '0001-01-01 00:00:00.000' else case when stage_57.n50 then case when stage_57.n4 then null else case when stage_57.n5 then case when stage_57.n43 then timestamp '0001-01-01 00:00:00.000' else stage_57.n41 end else cql_instant(((stage_57.n46 + cql_own_unit(cql_wall(stage_57.n40, stage_57.n21), stage_57.n44)) + to_milliseconds(-1)), stage_57.n21) end end else struct_extract(stage_57."s1_recordedDate", 'hi') end end, stage_57.n56)) as n59, stage_57."s1_pid" as "s1_pid", stage_57."s1_rid" as "s1_rid", stage_57."s2_c0" as "s2_c0", stage_57."s2_c1" as "s2_c1", stage_57."s2_c2" as "s2_c2", stage_57."s2_c3" as "s2_c3"
  from stage_57
)
select stage_60."s1_pid" as "pid", stage_60."s1_rid" as "c0"
from stage_60
where case when ((case when (stage_60."s2_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_60."s2_c1" end < stage_60.n58) or ((case when (stage_60."s2_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_60."s2_c0" end = stage_60.n58) and (case when (stage_60."s2_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_60."s2_c1" end = stage_60.n59))) then true when (case when (stage_60."s2_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_60."s2_c0" end > stage_60.n59) then false else null end
  and case when ((stage_60.n59 < case when (stage_60."s2_c2" is null) then timestamp '9999-12-31 00:00:00.000' else stage_60."s2_c2" end) or ((stage_60.n58 = case when (stage_60."s2_c2" is null) then timestamp '9999-12-31 00:00:00.000' else stage_60."s2_c2" end) and (stage_60.n59 = case when (stage_60."s2_c2" is null) then timestamp '9999-12-31 00:00:00.000' else stage_60."s2_c3" end))) then true when (stage_60.n58 > case when (stage_60."s2_c2" is null) then timestamp '9999-12-31 00:00:00.000' else stage_60."s2_c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Denominator Exclusions
create or replace temp table "ChildhoodImmunizationStatus.Denominator Exclusions" as
select "patient_1"."pid" as "pid", ("define_2"."c0" or ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "ChildhoodImmunizationStatus.Diagnoses That Rule Out a Vaccine" as "define_3"
))) as "value"
from fhir."Patient" as "patient_1"
left join "CatchmentCommon.Has Hospice Care" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday
create or replace temp table "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as
select "patient_1"."pid" as "pid", cql_in_range(("define_2"."c1" + cql_date_days("define_2"."c1", "define_2"."c2", 42))) as "c0", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_days("define_2"."c1", "define_2"."c2", 42))) as "c1", cql_in_range(("define_2"."c1" + cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c2", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c3", true as "present"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- ChildhoodImmunizationStatus.DTaP Doses
create or replace temp table "ChildhoodImmunizationStatus.DTaP Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 27)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.DTaP Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.DTaP Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.DTaP Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Four DTaP Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Four DTaP Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 4) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.DTaP Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.IPV Doses
create or replace temp table "ChildhoodImmunizationStatus.IPV Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 28)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.IPV Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.IPV Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.IPV Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Three IPV Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Three IPV Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 3) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.IPV Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.From First to Second Birthday
create or replace temp table "ChildhoodImmunizationStatus.From First to Second Birthday" as
select "patient_1"."pid" as "pid", cql_in_range(("define_2"."c1" + cql_date_years("define_2"."c1", "define_2"."c2", 1))) as "c0", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_years("define_2"."c1", "define_2"."c2", 1))) as "c1", cql_in_range(("define_2"."c1" + cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c2", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c3", true as "present"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- ChildhoodImmunizationStatus.MMR Doses
create or replace temp table "ChildhoodImmunizationStatus.MMR Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From First to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 29)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.MMR Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.MMR Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.MMR Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has One MMR Dose
create or replace temp table "ChildhoodImmunizationStatus.Has One MMR Dose" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 1) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.MMR Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Hib Doses
create or replace temp table "ChildhoodImmunizationStatus.Hib Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 30)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Hib Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Hib Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Hib Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Three Hib Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Three Hib Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 3) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Hib Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Hepatitis B Doses
create or replace temp table "ChildhoodImmunizationStatus.Hepatitis B Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From Birth to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 31)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Hepatitis B Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Hepatitis B Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Hepatitis B Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Three Hepatitis B Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Three Hepatitis B Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 3) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Hepatitis B Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Varicella Doses
create or replace temp table "ChildhoodImmunizationStatus.Varicella Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From First to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 32)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Varicella Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Varicella Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Varicella Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has One Varicella Dose
create or replace temp table "ChildhoodImmunizationStatus.Has One Varicella Dose" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 1) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Varicella Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Pneumococcal Doses
create or replace temp table "ChildhoodImmunizationStatus.Pneumococcal Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 33)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Pneumococcal Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Pneumococcal Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Pneumococcal Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Four Pneumococcal Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Four Pneumococcal Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 4) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Pneumococcal Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Hepatitis A Doses
create or replace temp table "ChildhoodImmunizationStatus.Hepatitis A Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From First to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 34)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Hepatitis A Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Hepatitis A Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Hepatitis A Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has One Hepatitis A Dose
create or replace temp table "ChildhoodImmunizationStatus.Has One Hepatitis A Dose" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 1) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Hepatitis A Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Two-Dose Rotavirus Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Two-Dose Rotavirus Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("immunization_2"."pid", date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))), date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone')))) date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) as "c0", date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) as "c1", "immunization_2"."pid" as "pid"
  from fhir."Immunization" as "immunization_2"
  left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_3" on ("define_3"."pid" = "immunization_2"."pid")
  where "immunization_2"."vaccineCode" in (select key from temp.code_set_member where set_id = 35)
    and ("immunization_2"."status" = 'completed')
    and case when ((case when ("define_3"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_3"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone')))) or ((case when ("define_3"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_3"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone')))) and (case when ("define_3"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_3"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_3"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_3"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone')))) then false else null end
    and case when ((date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) < case when ("define_3"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_3"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) = case when ("define_3"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_3"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'hi'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) = case when ("define_3"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_3"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_2"."occurrenceDateTime", 'lo'), struct_extract("immunization_2"."occurrenceDateTime", 'zone'))) > case when ("define_3"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_3"."c3" end) then false else null end
) as "block_1";

-- ChildhoodImmunizationStatus.Rotavirus Doses
create or replace temp table "ChildhoodImmunizationStatus.Rotavirus Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From 42 Days of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id in (35, 36))
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Rotavirus Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Rotavirus Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Rotavirus Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Complete Rotavirus Series
create or replace temp table "ChildhoodImmunizationStatus.Has Complete Rotavirus Series" as
select "patient_1"."pid" as "pid", ((cast(coalesce("block_2"."agg", 0) as integer) >= 2) or (cast(coalesce("block_4"."agg", 0) as integer) >= 3)) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Two-Dose Rotavirus Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid"
left join (
  select "define_5"."pid" as "key", count(case when ("define_5"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Rotavirus Dose Dates" as "define_5"
  group by "define_5"."pid"
) as "block_4" on "block_4"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.From Six Months of Age to Second Birthday
create or replace temp table "ChildhoodImmunizationStatus.From Six Months of Age to Second Birthday" as
select "patient_1"."pid" as "pid", cql_in_range(("define_2"."c1" + cql_date_months("define_2"."c1", "define_2"."c2", 6))) as "c0", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_months("define_2"."c1", "define_2"."c2", 6))) as "c1", cql_in_range(("define_2"."c1" + cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c2", cql_in_range(cql_date_end_after("define_2"."c1", "define_2"."c2", cql_date_years("define_2"."c1", "define_2"."c2", 2))) as "c3", true as "present"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- ChildhoodImmunizationStatus.Influenza Doses
create or replace temp table "ChildhoodImmunizationStatus.Influenza Doses" as
select "immunization_1"."pid" as "pid", "immunization_1"."rid" as "c0", struct_extract("immunization_1"."occurrenceDateTime", 'lo') as "c1", struct_extract("immunization_1"."occurrenceDateTime", 'hi') as "c2", struct_extract("immunization_1"."occurrenceDateTime", 'zone') as "c3"
from fhir."Immunization" as "immunization_1"
left join "ChildhoodImmunizationStatus.From Six Months of Age to Second Birthday" as "define_2" on ("define_2"."pid" = "immunization_1"."pid")
where "immunization_1"."vaccineCode" in (select key from temp.code_set_member where set_id = 37)
  and ("immunization_1"."status" = 'completed')
  and case when ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end < date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) or ((case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) and (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c1" end = date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))))) then true when (case when ("define_2"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_2"."c0" end > date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone')))) then false else null end
  and case when ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) < case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) or ((date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c2" end) and (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'hi'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) = case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end))) then true when (date_trunc('day', cql_wall(struct_extract("immunization_1"."occurrenceDateTime", 'lo'), struct_extract("immunization_1"."occurrenceDateTime", 'zone'))) > case when ("define_2"."c2" is null) then timestamp '9999-12-31 00:00:00.000' else "define_2"."c3" end) then false else null end;

-- ChildhoodImmunizationStatus.Influenza Dose Dates
create or replace temp table "ChildhoodImmunizationStatus.Influenza Dose Dates" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1"
from (
  select distinct on ("define_2"."pid", date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")), date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3"))) date_trunc('day', cql_wall("define_2"."c1", "define_2"."c3")) as "c0", date_trunc('day', cql_wall("define_2"."c2", "define_2"."c3")) as "c1", "define_2"."pid" as "pid"
  from "ChildhoodImmunizationStatus.Influenza Doses" as "define_2"
) as "block_1";

-- ChildhoodImmunizationStatus.Has Two Influenza Doses
create or replace temp table "ChildhoodImmunizationStatus.Has Two Influenza Doses" as
select "patient_1"."pid" as "pid", (cast(coalesce("block_2"."agg", 0) as integer) >= 2) as "c0"
from fhir."Patient" as "patient_1"
left join (
  select "define_3"."pid" as "key", count(case when ("define_3"."c0" is null) then null else true end) as "agg"
  from "ChildhoodImmunizationStatus.Influenza Dose Dates" as "define_3"
  group by "define_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- ChildhoodImmunizationStatus.Numerator
create or replace temp table "ChildhoodImmunizationStatus.Numerator" as
select "patient_1"."pid" as "pid", ("define_2"."c0" and "define_3"."c0" and "define_4"."c0" and "define_5"."c0" and "define_6"."c0" and "define_7"."c0" and "define_8"."c0" and "define_9"."c0" and "define_10"."c0" and "define_11"."c0") as "value"
from fhir."Patient" as "patient_1"
left join "ChildhoodImmunizationStatus.Has Four DTaP Doses" as "define_2" on ("define_2"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Three IPV Doses" as "define_3" on ("define_3"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has One MMR Dose" as "define_4" on ("define_4"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Three Hib Doses" as "define_5" on ("define_5"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Three Hepatitis B Doses" as "define_6" on ("define_6"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has One Varicella Dose" as "define_7" on ("define_7"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Four Pneumococcal Doses" as "define_8" on ("define_8"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has One Hepatitis A Dose" as "define_9" on ("define_9"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Complete Rotavirus Series" as "define_10" on ("define_10"."pid" = "patient_1"."pid")
left join "ChildhoodImmunizationStatus.Has Two Influenza Doses" as "define_11" on ("define_11"."pid" = "patient_1"."pid");

-- CatchmentCommon.SDE Ethnicity
create or replace temp table "CatchmentCommon.SDE Ethnicity" as
select "patient_1"."pid" as "pid", coalesce(len(flatten(cql_list_distinct(list_transform(list_filter("define_2"."c3", lambda x0: (struct_extract(x0, 'url') = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity')), lambda x0: cql_list_distinct(list_transform(list_filter(struct_extract(x0, 'extension'), lambda x1: (struct_extract(x1, 'url') = 'ombCategory')), lambda x1: struct_extract(x1, 'valueCoding'))))))) > 0, false) as "present"
from fhir."Patient" as "patient_1"
left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- CatchmentCommon.SDE Payer
create or replace temp table "CatchmentCommon.SDE Payer" as
select "block_1"."pid" as "pid"
from (
  select distinct on ("coverage_2"."pid", "coverage_2"."type") "coverage_2"."type" as "c0", "coverage_2"."pid" as "pid"
  from fhir."Coverage" as "coverage_2"
) as "block_1";

-- CatchmentCommon.SDE Race
create or replace temp table "CatchmentCommon.SDE Race" as
select "patient_1"."pid" as "pid", coalesce(len(flatten(cql_list_distinct(list_transform(list_filter("define_2"."c3", lambda x0: (struct_extract(x0, 'url') = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race')), lambda x0: cql_list_distinct(list_transform(list_filter(struct_extract(x0, 'extension'), lambda x1: (struct_extract(x1, 'url') = 'ombCategory')), lambda x1: struct_extract(x1, 'valueCoding'))))))) > 0, false) as "present"
from fhir."Patient" as "patient_1"
left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- CatchmentCommon.SDE Sex
create or replace temp table "CatchmentCommon.SDE Sex" as
select "patient_1"."pid" as "pid", ("define_2"."c4" is not null) as "present"
from fhir."Patient" as "patient_1"
left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");
