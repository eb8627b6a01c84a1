-- CAT-DEPRESSION 1.0.0, measurement period 2025. Generated: npm run -s compiled
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
-- code set 22: Bipolar Disorder: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.67.1.101.1.128
-- code set 23: PHQ-9 total score: http://loinc.org|44261-6
-- code set 24: PHQ-9 for teens total score: http://loinc.org|89204-2
-- code set 25: PHQ-2 total score: http://loinc.org|55758-7
-- code set 26: Adult depression screening assessment: http://loinc.org|73832-8
-- code set 27: Adolescent depression screening assessment: http://loinc.org|73831-0
-- code set 28: Depression screening positive: http://snomed.info/sct|428181000124104
-- code set 29: Depression screening negative: http://snomed.info/sct|428171000124102
-- code set 30: Antidepressant Medication: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.196.12.1213
-- code set 31: Referral for Depression: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.526.3.1571
-- code set 32: Follow-Up Care for Depression: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.526.3.1568
-- code set 33: Depression screening: http://snomed.info/sct|171207006
-- code set 34: Patient Refusal: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.117.1.7.1.93
-- code set 35: Medical Reason: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.526.3.1007
-- code set 36: Asked But Declined: http://terminology.hl7.org/CodeSystem/data-absent-reason|asked-declined


-- DepressionScreeningAndFollowUp.Patient
create or replace temp table "DepressionScreeningAndFollowUp.Patient" as
select "patient_1"."pid" as "pid", "patient_1"."rid" as "c0", struct_extract("patient_1"."birthDate", 'lo') as "c1", struct_extract("patient_1"."birthDate", 'hi') as "c2", true as "present"
from fhir."Patient" as "patient_1";

-- DepressionScreeningAndFollowUp.Age 12 Years or Older at Start of Measurement Period
create or replace temp table "DepressionScreeningAndFollowUp.Age 12 Years or Older at Start of Measurement Period" as
select "patient_1"."pid" as "pid", case when (12 <= cql_years_between("define_2"."c2", timestamp '2025-01-01 00:00:00.000')) then true when (12 > cql_years_between("define_2"."c1", timestamp '2025-01-01 00:00:00.000')) then false else null end as "c0"
from fhir."Patient" as "patient_1"
left join "DepressionScreeningAndFollowUp.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- CatchmentCommon.Qualifying Encounters
create or replace temp table "CatchmentCommon.Qualifying Encounters" as
with stage_5 as (
  select date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'lo'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n2, date_trunc('day', cql_wall(struct_extract(struct_extract("encounter_1"."period", 'start'), 'hi'), struct_extract(struct_extract("encounter_1"."period", 'start'), 'zone'))) as n3, case when ("encounter_1"."period" is null) then null else case when (struct_extract(struct_extract("encounter_1"."period", 'end'), 'lo') is null) then 0::smallint else struct_extract(struct_extract("encounter_1"."period", 'end'), 'zone') end end as n4, "encounter_1"."period" as "s1_period", "encounter_1"."pid" as "s1_pid", "encounter_1"."rid" as "s1_rid"
  from fhir."Encounter" as "encounter_1"
  where ("encounter_1"."type" in (select key from temp.code_set_list_member where set_id in (0, 1, 2, 3, 4)) or "encounter_1"."class" in (select key from temp.code_set_member where set_id in (5, 6, 7)))
    and ("encounter_1"."status" = 'finished')
),
stage_8 as (
  select date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'hi') end end, stage_5.n4)) as n6, date_trunc('day', cql_wall(case when (stage_5."s1_period" is null) then null else case when (struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') is null) then timestamp '9999-12-31 23:59:59.999' else struct_extract(struct_extract(stage_5."s1_period", 'end'), 'lo') end end, stage_5.n4)) as n7, stage_5."s1_pid" as "s1_pid", stage_5."s1_rid" as "s1_rid", stage_5."s1_period" as "s1_period", stage_5.n2 as n2, stage_5.n3 as n3
  from stage_5
)
select stage_8."s1_pid" as "pid", stage_8."s1_rid" as "c0", stage_8."s1_period" as "c1", (stage_8."s1_period" is null) as "c2", struct_extract(struct_extract(stage_8."s1_period", 'start'), 'lo') as "c3", struct_extract(struct_extract(stage_8."s1_period", 'start'), 'hi') as "c4", struct_extract(struct_extract(stage_8."s1_period", 'start'), 'zone') as "c5", struct_extract(struct_extract(stage_8."s1_period", 'end'), 'lo') as "c6", struct_extract(struct_extract(stage_8."s1_period", 'end'), 'hi') as "c7", struct_extract(struct_extract(stage_8."s1_period", 'end'), 'zone') as "c8"
from stage_8
where case when ((timestamp '2025-01-01 00:00:00.000' < stage_8.n2) or ((timestamp '2025-01-01 00:00:00.000' = stage_8.n2) and (stage_8.n2 = stage_8.n3))) then true when (timestamp '2025-01-01 00:00:00.000' > stage_8.n3) then false else null end
  and case when ((stage_8.n6 < timestamp '2025-12-31 00:00:00.000') or ((stage_8.n7 = timestamp '2025-12-31 00:00:00.000') and (stage_8.n7 = stage_8.n6))) then true when (stage_8.n7 > timestamp '2025-12-31 00:00:00.000') then false else null end;

-- DepressionScreeningAndFollowUp.Initial Population
create or replace temp table "DepressionScreeningAndFollowUp.Initial Population" as
select "patient_1"."pid" as "pid", ("define_2"."c0" and ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "CatchmentCommon.Qualifying Encounters" as "define_3"
))) as "value"
from fhir."Patient" as "patient_1"
left join "DepressionScreeningAndFollowUp.Age 12 Years or Older at Start of Measurement Period" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

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

-- DepressionScreeningAndFollowUp.Bipolar Disorder Before Qualifying Encounter
create or replace temp table "DepressionScreeningAndFollowUp.Bipolar Disorder Before Qualifying Encounter" as
with stage_21 as (
  select case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then false when ("condition_1"."onsetPeriod" is not null) then ("condition_1"."onsetPeriod" is null) when ("condition_1"."onsetAge" is not null) then false when ("condition_1"."onsetRange" is not null) then false else true end as n3, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then true when ("condition_1"."onsetPeriod" is not null) then (struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'lo') is not null) when ("condition_1"."onsetAge" is not null) then true when ("condition_1"."onsetRange" is not null) then true else null end as n4, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("condition_1"."onsetAge", 'code'), struct_extract("condition_1"."onsetAge", 'unit'), '1'))) as n5, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) * 7)) as bigint)) as n6, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 24)) as bigint)) as n7, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 1440)) as bigint)) as n8, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract("condition_1"."onsetAge", 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n9, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract("condition_1"."onsetAge", 'value')) as bigint) / 86400000)) as bigint)) as n10, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'code'), struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'unit'), '1'))) as n11, cql_date_years("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n12, cql_date_months("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n13, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) * 7)) as bigint)) as n14, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint)) as n15, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 24)) as bigint)) as n16, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 1440)) as bigint)) as n17, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc((struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint)) as n18, cql_date_days("define_2"."c1", "define_2"."c2", cast(trunc((cast(trunc(struct_extract(struct_extract("condition_1"."onsetRange", 'low'), 'value')) as bigint) / 86400000)) as bigint)) as n19, case when (struct_extract("condition_1"."onsetDateTime", 'lo') is not null) then struct_extract("condition_1"."onsetDateTime", 'zone') when ("condition_1"."onsetPeriod" is not null) then struct_extract(struct_extract("condition_1"."onsetPeriod", 'start'), 'zone') when ("condition_1"."onsetAge" is not null) then 0::smallint when ("condition_1"."onsetRange" is not null) then 0::smallint else null end as n20, "condition_1"."pid" as "s0_pid", "condition_1"."onsetDateTime" as "s0_onsetDateTime", "condition_1"."onsetPeriod" as "s0_onsetPeriod", "condition_1"."onsetAge" as "s0_onsetAge", "condition_1"."onsetRange" as "s0_onsetRange", "condition_1"."recordedDate" as "s0_recordedDate", "condition_1"."rid" as "s0_rid", "define_2"."c1" as "s1_c1", "define_2"."c2" as "s1_c2"
  from fhir."Condition" as "condition_1"
  left join "CatchmentCommon.Patient" as "define_2" on ("define_2"."pid" = "condition_1"."pid")
  where "condition_1"."code" in (select key from temp.code_set_member where set_id = 22)
    and (("condition_1"."verificationStatus" is null) or (not coalesce("condition_1"."verificationStatus" in (select key from temp.code_set_member where set_id in (17, 18)), false)))
),
stage_38 as (
  select (stage_21.n5 = 'year') as n22, (stage_21.n5 = 'month') as n23, (stage_21.n5 = 'week') as n24, (stage_21.n5 = 'day') as n25, (stage_21.n5 = 'hour') as n26, (stage_21.n5 = 'minute') as n27, (stage_21.n5 = 'second') as n28, (stage_21.n5 = 'millisecond') as n29, (stage_21.n11 = 'year') as n30, (stage_21.n11 = 'month') as n31, (stage_21.n11 = 'week') as n32, (stage_21.n11 = 'day') as n33, (stage_21.n11 = 'hour') as n34, (stage_21.n11 = 'minute') as n35, (stage_21.n11 = 'second') as n36, (stage_21.n11 = 'millisecond') as n37, stage_21."s0_pid" as "s0_pid", stage_21."s0_onsetDateTime" as "s0_onsetDateTime", stage_21."s0_onsetPeriod" as "s0_onsetPeriod", stage_21."s0_onsetAge" as "s0_onsetAge", stage_21."s0_onsetRange" as "s0_onsetRange", stage_21."s0_recordedDate" as "s0_recordedDate", stage_21."s0_rid" as "s0_rid", stage_21."s1_c1" as "s1_c1", stage_21."s1_c2" as "s1_c2", stage_21.n3 as n3, stage_21.n4 as n4, stage_21.n6 as n6, stage_21.n7 as n7, stage_21.n8 as n8, stage_21.n9 as n9, stage_21.n10 as n10, stage_21.n12 as n12, stage_21.n13 as n13, stage_21.n14 as n14, stage_21.n15 as n15, stage_21.n16 as n16, stage_21.n17 as n17, stage_21.n18 as n18, stage_21.n19 as n19, stage_21.n20 as n20
  from stage_21
),
stage_41 as (
  select case when (struct_extract(stage_38."s0_onsetDateTime", 'lo') is not null) then struct_extract(stage_38."s0_onsetDateTime", 'lo') when (stage_38."s0_onsetPeriod" is not null) then struct_extract(struct_extract(stage_38."s0_onsetPeriod", 'start'), 'lo') when (stage_38."s0_onsetAge" is not null) then cql_in_range(case when stage_38.n22 then (stage_38."s1_c1" + cql_date_years(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n23 then (stage_38."s1_c1" + cql_date_months(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n24 then (stage_38."s1_c1" + stage_38.n6) when stage_38.n25 then (stage_38."s1_c1" + cql_date_days(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n26 then (stage_38."s1_c1" + stage_38.n7) when stage_38.n27 then (stage_38."s1_c1" + stage_38.n8) when stage_38.n28 then (stage_38."s1_c1" + stage_38.n9) when stage_38.n29 then (stage_38."s1_c1" + stage_38.n10) else null end) when (stage_38."s0_onsetRange" is not null) then cql_in_range(case when stage_38.n30 then (stage_38."s1_c1" + stage_38.n12) when stage_38.n31 then (stage_38."s1_c1" + stage_38.n13) when stage_38.n32 then (stage_38."s1_c1" + stage_38.n14) when stage_38.n33 then (stage_38."s1_c1" + stage_38.n15) when stage_38.n34 then (stage_38."s1_c1" + stage_38.n16) when stage_38.n35 then (stage_38."s1_c1" + stage_38.n17) when stage_38.n36 then (stage_38."s1_c1" + stage_38.n18) when stage_38.n37 then (stage_38."s1_c1" + stage_38.n19) else null end) else null end as n39, case when (struct_extract(stage_38."s0_onsetDateTime", 'lo') is not null) then struct_extract(stage_38."s0_onsetDateTime", 'hi') when (stage_38."s0_onsetPeriod" is not null) then struct_extract(struct_extract(stage_38."s0_onsetPeriod", 'start'), 'hi') when (stage_38."s0_onsetAge" is not null) then (cql_in_range(case when stage_38.n22 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", cql_date_years(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n23 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", cql_date_months(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n24 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n6) when stage_38.n25 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", cql_date_days(stage_38."s1_c1", stage_38."s1_c2", cast(trunc(struct_extract(stage_38."s0_onsetAge", 'value')) as bigint))) when stage_38.n26 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n7) when stage_38.n27 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n8) when stage_38.n28 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n9) when stage_38.n29 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n10) else null end) + interval '1 day -1 millisecond') when (stage_38."s0_onsetRange" is not null) then (cql_in_range(case when stage_38.n30 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n12) when stage_38.n31 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n13) when stage_38.n32 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n14) when stage_38.n33 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n15) when stage_38.n34 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n16) when stage_38.n35 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n17) when stage_38.n36 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n18) when stage_38.n37 then cql_date_end_after(stage_38."s1_c1", stage_38."s1_c2", stage_38.n19) else null end) + interval '1 day -1 millisecond') else null end as n40, stage_38."s0_pid" as "s0_pid", stage_38."s0_recordedDate" as "s0_recordedDate", stage_38."s0_rid" as "s0_rid", stage_38.n3 as n3, stage_38.n4 as n4, stage_38.n20 as n20
  from stage_38
),
stage_44 as (
  select (stage_41.n39 is null) as n42, cql_wall(stage_41.n40, stage_41.n20) as n43, stage_41."s0_pid" as "s0_pid", stage_41."s0_recordedDate" as "s0_recordedDate", stage_41."s0_rid" as "s0_rid", stage_41.n3 as n3, stage_41.n4 as n4, stage_41.n20 as n20, stage_41.n39 as n39, stage_41.n40 as n40
  from stage_41
),
stage_46 as (
  select (stage_44.n43 + to_milliseconds(1)) as n45, stage_44."s0_pid" as "s0_pid", stage_44."s0_recordedDate" as "s0_recordedDate", stage_44."s0_rid" as "s0_rid", stage_44.n3 as n3, stage_44.n4 as n4, stage_44.n20 as n20, stage_44.n39 as n39, stage_44.n40 as n40, stage_44.n42 as n42, stage_44.n43 as n43
  from stage_44
),
stage_48 as (
  select case when stage_46.n3 then null else case when stage_46.n4 then case when stage_46.n42 then timestamp '0001-01-01 00:00:00.000' else stage_46.n39 end else cql_instant(stage_46.n45, stage_46.n20) end end as n47, stage_46."s0_pid" as "s0_pid", stage_46."s0_recordedDate" as "s0_recordedDate", stage_46."s0_rid" as "s0_rid", stage_46.n3 as n3, stage_46.n4 as n4, stage_46.n20 as n20, stage_46.n39 as n39, stage_46.n40 as n40, stage_46.n42 as n42, stage_46.n43 as n43, stage_46.n45 as n45
  from stage_46
),
stage_50 as (
  select (stage_48.n47 is not null) as n49, stage_48."s0_pid" as "s0_pid", stage_48."s0_recordedDate" as "s0_recordedDate", stage_48."s0_rid" as "s0_rid", stage_48.n3 as n3, stage_48.n4 as n4, stage_48.n20 as n20, stage_48.n39 as n39, stage_48.n40 as n40, stage_48.n42 as n42, stage_48.n43 as n43, stage_48.n45 as n45, stage_48.n47 as n47
  from stage_48
),
stage_52 as (
  select case when stage_50.n49 then stage_50.n47 else struct_extract(stage_50."s0_recordedDate", 'lo') end as n51, stage_50."s0_pid" as "s0_pid", stage_50."s0_recordedDate" as "s0_recordedDate", stage_50."s0_rid" as "s0_rid", stage_50.n3 as n3, stage_50.n4 as n4, stage_50.n20 as n20, stage_50.n39 as n39, stage_50.n40 as n40, stage_50.n42 as n42, stage_50.n43 as n43, stage_50.n45 as n45, stage_50.n49 as n49
  from stage_50
),
stage_54 as (
  select (stage_52.n51 is null) as n53, stage_52."s0_pid" as "s0_pid", stage_52."s0_recordedDate" as "s0_recordedDate", stage_52."s0_rid" as "s0_rid", stage_52.n3 as n3, stage_52.n4 as n4, stage_52.n20 as n20, stage_52.n39 as n39, stage_52.n40 as n40, stage_52.n42 as n42, stage_52.n43 as n43, stage_52.n45 as n45, stage_52.n49 as n49, stage_52.n51 as n51
  from stage_52
),
stage_56 as (
  select case when stage_54.n53 then 0::smallint else case when stage_54.n49 then case when stage_54.n3 then null else case when stage_54.n4 then case when stage_54.n42 then 0::smallint else stage_54.n20 end else stage_54.n20 end end else struct_extract(stage_54."s0_recordedDate", 'zone') end end as n55, stage_54."s0_pid" as "s0_pid", stage_54."s0_recordedDate" as "s0_recordedDate", stage_54."s0_rid" as "s0_rid", stage_54.n3 as n3, stage_54.n4 as n4, stage_54.n20 as n20, stage_54.n39 as n39, stage_54.n40 as n40, stage_54.n42 as n42, stage_54.n43 as n43, stage_54.n45 as n45, stage_54.n49 as n49, stage_54.n51 as n51, stage_54.n53 as n53
  from stage_54
),
stage_59 as (
  select date_trunc('day', cql_wall(case when stage_56.n53 then timestamp '0001-01-01 00:00:00.000' else case when stage_56.n49 then case when stage_56.n3 then null else case when stage_56.n4 then case when stage_56.n42 then timestamp '0001-01-01 00:00:00.000' else stage_56.n40 end else cql_instant(((stage_56.n45 + cql_own_unit(cql_wall(stage_56.n39, stage_56.n20), stage_56.n43)) + to_milliseconds(-1)), stage_56.n20) end end else struct_extract(stage_56."s0_recordedDate", 'hi') end end, stage_56.n55)) as n57, date_trunc('day', cql_wall(case when stage_56.n53 then timestamp '0001-01-01 00:00:00.000' else stage_56.n51 end, stage_56.n55)) as n58, stage_56."s0_pid" as "s0_pid", stage_56."s0_rid" as "s0_rid"
  from stage_56
),
stage_61 as (
  select (stage_59.n58 = stage_59.n57) as n60, stage_59."s0_pid" as "s0_pid", stage_59."s0_rid" as "s0_rid", stage_59.n57 as n57, stage_59.n58 as n58
  from stage_59
),
stage_65 as (
  select (stage_61."s0_rid" in (
    select "outer_63"."o0" as "o0"
    from (select stage_61."s0_rid" as "o0", stage_61.n57 as "o1", stage_61.n58 as "o2", stage_61.n60 as "o3", stage_61."s0_pid" as "o4" from stage_61) as "outer_63"
    cross join "CatchmentCommon.Qualifying Encounters" as "define_64"
    where case when ("outer_63"."o1" < date_trunc('day', cql_wall("define_64"."c3", "define_64"."c5"))) then true when (("outer_63"."o2" > date_trunc('day', cql_wall("define_64"."c4", "define_64"."c5"))) or (("outer_63"."o2" = date_trunc('day', cql_wall("define_64"."c3", "define_64"."c5"))) and "outer_63"."o3" and (date_trunc('day', cql_wall("define_64"."c3", "define_64"."c5")) = date_trunc('day', cql_wall("define_64"."c4", "define_64"."c5"))))) then false else null end
      and ("define_64"."pid" = "outer_63"."o4")
  )) as n62, stage_61."s0_pid" as "s0_pid", stage_61."s0_rid" as "s0_rid"
  from stage_61
)
select stage_65."s0_pid" as "pid", stage_65."s0_rid" as "c0"
from stage_65
where stage_65.n62;

-- DepressionScreeningAndFollowUp.Denominator Exclusions
create or replace temp table "DepressionScreeningAndFollowUp.Denominator Exclusions" as
select "patient_1"."pid" as "pid", ("define_2"."c0" or ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Bipolar Disorder Before Qualifying Encounter" as "define_3"
))) as "value"
from fhir."Patient" as "patient_1"
left join "CatchmentCommon.Has Hospice Care" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- DepressionScreeningAndFollowUp.PHQ-9 Scores
create or replace temp table "DepressionScreeningAndFollowUp.PHQ-9 Scores" as
with stage_7 as (
  select case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then false when ("observation_1"."effectivePeriod" is not null) then ("observation_1"."effectivePeriod" is null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then false else true end as n2, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then (struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') is not null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n3, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n4, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n5, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n6, "observation_1"."pid" as "s1_pid", "observation_1"."rid" as "s1_rid", "observation_1"."effectiveDateTime" as "s1_effectiveDateTime", "observation_1"."effectivePeriod" as "s1_effectivePeriod", "observation_1"."effectiveInstant" as "s1_effectiveInstant", "observation_1"."valueQuantity" as "s1_valueQuantity", "observation_1"."valueInteger" as "s1_valueInteger"
  from fhir."Observation" as "observation_1"
  where "observation_1"."code" in (select key from temp.code_set_member where set_id in (23, 24))
    and ("observation_1"."status" in ('final', 'amended', 'corrected'))
    and (case when ("observation_1"."valueQuantity" is not null) then struct_extract("observation_1"."valueQuantity", 'value') when ("observation_1"."valueInteger" is not null) then cast("observation_1"."valueInteger" as decimal(28, 8)) else null end is not null)
),
stage_10 as (
  select (stage_7.n4 is null) as n8, cql_wall(stage_7.n5, stage_7.n6) as n9, stage_7."s1_pid" as "s1_pid", stage_7."s1_rid" as "s1_rid", stage_7."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_7."s1_effectivePeriod" as "s1_effectivePeriod", stage_7."s1_effectiveInstant" as "s1_effectiveInstant", stage_7."s1_valueQuantity" as "s1_valueQuantity", stage_7."s1_valueInteger" as "s1_valueInteger", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n4 as n4, stage_7.n5 as n5, stage_7.n6 as n6
  from stage_7
),
stage_13 as (
  select (stage_10.n9 + to_milliseconds(1)) as n11, case when stage_10.n2 then null else case when stage_10.n3 then case when stage_10.n8 then 0::smallint else stage_10.n6 end else stage_10.n6 end end as n12, stage_10."s1_pid" as "s1_pid", stage_10."s1_rid" as "s1_rid", stage_10."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_10."s1_effectivePeriod" as "s1_effectivePeriod", stage_10."s1_effectiveInstant" as "s1_effectiveInstant", stage_10."s1_valueQuantity" as "s1_valueQuantity", stage_10."s1_valueInteger" as "s1_valueInteger", stage_10.n2 as n2, stage_10.n3 as n3, stage_10.n4 as n4, stage_10.n5 as n5, stage_10.n6 as n6, stage_10.n8 as n8, stage_10.n9 as n9
  from stage_10
),
stage_16 as (
  select date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n4 end else cql_instant(stage_13.n11, stage_13.n6) end end, stage_13.n12)) as n14, date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n5 end else cql_instant(((stage_13.n11 + cql_own_unit(cql_wall(stage_13.n4, stage_13.n6), stage_13.n9)) + to_milliseconds(-1)), stage_13.n6) end end, stage_13.n12)) as n15, stage_13."s1_pid" as "s1_pid", stage_13."s1_rid" as "s1_rid", stage_13."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_13."s1_effectivePeriod" as "s1_effectivePeriod", stage_13."s1_effectiveInstant" as "s1_effectiveInstant", stage_13."s1_valueQuantity" as "s1_valueQuantity", stage_13."s1_valueInteger" as "s1_valueInteger"
  from stage_13
),
stage_18 as (
  select (stage_16.n14 = stage_16.n15) as n17, stage_16."s1_pid" as "s1_pid", stage_16."s1_rid" as "s1_rid", stage_16."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_16."s1_effectivePeriod" as "s1_effectivePeriod", stage_16."s1_effectiveInstant" as "s1_effectiveInstant", stage_16."s1_valueQuantity" as "s1_valueQuantity", stage_16."s1_valueInteger" as "s1_valueInteger", stage_16.n14 as n14, stage_16.n15 as n15
  from stage_16
),
stage_38 as (
  select (stage_18."s1_rid" in (
    with stage_25 as (
      select cql_days(cql_wall("define_21"."c3", "define_21"."c5"), cql_wall("define_21"."c4", "define_21"."c5"), -14) as n22, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c3" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n23, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c4" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n24, "define_21"."c3" as "s0_c3", "define_21"."c5" as "s0_c5", "define_21"."c4" as "s0_c4", "outer_20"."o0" as "s1_rid", "outer_20"."o1" as n26, "outer_20"."o2" as n27, "outer_20"."o3" as n28
      from (select stage_18."s1_rid" as "o0", stage_18.n14 as "o1", stage_18.n17 as "o2", stage_18.n15 as "o3", stage_18."s1_pid" as "o4" from stage_18) as "outer_20"
      cross join "CatchmentCommon.Qualifying Encounters" as "define_21"
      where ("define_21"."c3" is not null)
        and ("define_21"."pid" = "outer_20"."o4")
    ),
    stage_30 as (
      select cql_instant(cql_in_range((cql_wall(stage_25."s0_c3", stage_25."s0_c5") + stage_25.n22)), stage_25."s0_c5") as n29, stage_25."s0_c3" as "s0_c3", stage_25."s0_c5" as "s0_c5", stage_25."s0_c4" as "s0_c4", stage_25."s1_rid" as "s1_rid", stage_25.n26 as n26, stage_25.n27 as n27, stage_25.n28 as n28, stage_25.n22 as n22, stage_25.n23 as n23, stage_25.n24 as n24
      from stage_25
    ),
    stage_32 as (
      select (stage_30.n29 is null) as n31, stage_30."s0_c3" as "s0_c3", stage_30."s0_c5" as "s0_c5", stage_30."s0_c4" as "s0_c4", stage_30."s1_rid" as "s1_rid", stage_30.n26 as n26, stage_30.n27 as n27, stage_30.n28 as n28, stage_30.n22 as n22, stage_30.n23 as n23, stage_30.n24 as n24, stage_30.n29 as n29
      from stage_30
    ),
    stage_34 as (
      select case when stage_32.n31 then 0::smallint else stage_32."s0_c5" end as n33, stage_32."s0_c3" as "s0_c3", stage_32."s0_c5" as "s0_c5", stage_32."s0_c4" as "s0_c4", stage_32."s1_rid" as "s1_rid", stage_32.n26 as n26, stage_32.n27 as n27, stage_32.n28 as n28, stage_32.n22 as n22, stage_32.n23 as n23, stage_32.n24 as n24, stage_32.n29 as n29, stage_32.n31 as n31
      from stage_32
    ),
    stage_37 as (
      select date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else cql_instant(cql_in_range(cql_end_after(cql_wall(stage_34."s0_c3", stage_34."s0_c5"), cql_wall(stage_34."s0_c4", stage_34."s0_c5"), stage_34.n22)), stage_34."s0_c5") end, stage_34.n33)) as n35, date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else stage_34.n29 end, stage_34.n33)) as n36, stage_34."s1_rid" as "s1_rid", stage_34.n26 as n26, stage_34.n27 as n27, stage_34.n28 as n28, stage_34.n23 as n23, stage_34.n24 as n24
      from stage_34
    )
    select stage_37."s1_rid" as "o0"
    from stage_37
    where case when ((stage_37.n35 < stage_37.n26) or ((stage_37.n36 = stage_37.n26) and (stage_37.n36 = stage_37.n35) and stage_37.n27)) then true when (stage_37.n36 > stage_37.n28) then false else null end
      and case when ((stage_37.n28 < stage_37.n23) or ((stage_37.n26 = stage_37.n23) and stage_37.n27 and (stage_37.n23 = stage_37.n24))) then true when (stage_37.n26 > stage_37.n24) then false else null end
  )) as n19, stage_18."s1_pid" as "s1_pid", stage_18."s1_rid" as "s1_rid", stage_18."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_18."s1_effectivePeriod" as "s1_effectivePeriod", stage_18."s1_effectiveInstant" as "s1_effectiveInstant", stage_18."s1_valueQuantity" as "s1_valueQuantity", stage_18."s1_valueInteger" as "s1_valueInteger"
  from stage_18
)
select stage_38."s1_pid" as "pid", stage_38."s1_rid" as "c0", struct_extract(stage_38."s1_effectiveDateTime", 'lo') as "c1", struct_extract(stage_38."s1_effectiveDateTime", 'hi') as "c2", struct_extract(stage_38."s1_effectiveDateTime", 'zone') as "c3", stage_38."s1_effectivePeriod" as "c4", (stage_38."s1_effectivePeriod" is null) as "c5", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'lo') as "c6", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'hi') as "c7", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'zone') as "c8", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'lo') as "c9", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'hi') as "c10", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'zone') as "c11", struct_extract(stage_38."s1_effectiveInstant", 'lo') as "c12", struct_extract(stage_38."s1_effectiveInstant", 'hi') as "c13", struct_extract(stage_38."s1_effectiveInstant", 'zone') as "c14", stage_38."s1_valueQuantity" as "c15", (stage_38."s1_valueQuantity" is null) as "c16", struct_extract(stage_38."s1_valueQuantity", 'value') as "c17", stage_38."s1_valueInteger" as "c18"
from stage_38
where stage_38.n19;

-- DepressionScreeningAndFollowUp.PHQ-2 Scores
create or replace temp table "DepressionScreeningAndFollowUp.PHQ-2 Scores" as
with stage_7 as (
  select case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then false when ("observation_1"."effectivePeriod" is not null) then ("observation_1"."effectivePeriod" is null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then false else true end as n2, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then (struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') is not null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n3, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n4, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n5, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n6, "observation_1"."pid" as "s1_pid", "observation_1"."rid" as "s1_rid", "observation_1"."effectiveDateTime" as "s1_effectiveDateTime", "observation_1"."effectivePeriod" as "s1_effectivePeriod", "observation_1"."effectiveInstant" as "s1_effectiveInstant", "observation_1"."valueQuantity" as "s1_valueQuantity", "observation_1"."valueInteger" as "s1_valueInteger"
  from fhir."Observation" as "observation_1"
  where "observation_1"."code" in (select key from temp.code_set_member where set_id = 25)
    and ("observation_1"."status" in ('final', 'amended', 'corrected'))
    and (case when ("observation_1"."valueQuantity" is not null) then struct_extract("observation_1"."valueQuantity", 'value') when ("observation_1"."valueInteger" is not null) then cast("observation_1"."valueInteger" as decimal(28, 8)) else null end is not null)
),
stage_10 as (
  select (stage_7.n4 is null) as n8, cql_wall(stage_7.n5, stage_7.n6) as n9, stage_7."s1_pid" as "s1_pid", stage_7."s1_rid" as "s1_rid", stage_7."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_7."s1_effectivePeriod" as "s1_effectivePeriod", stage_7."s1_effectiveInstant" as "s1_effectiveInstant", stage_7."s1_valueQuantity" as "s1_valueQuantity", stage_7."s1_valueInteger" as "s1_valueInteger", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n4 as n4, stage_7.n5 as n5, stage_7.n6 as n6
  from stage_7
),
stage_13 as (
  select (stage_10.n9 + to_milliseconds(1)) as n11, case when stage_10.n2 then null else case when stage_10.n3 then case when stage_10.n8 then 0::smallint else stage_10.n6 end else stage_10.n6 end end as n12, stage_10."s1_pid" as "s1_pid", stage_10."s1_rid" as "s1_rid", stage_10."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_10."s1_effectivePeriod" as "s1_effectivePeriod", stage_10."s1_effectiveInstant" as "s1_effectiveInstant", stage_10."s1_valueQuantity" as "s1_valueQuantity", stage_10."s1_valueInteger" as "s1_valueInteger", stage_10.n2 as n2, stage_10.n3 as n3, stage_10.n4 as n4, stage_10.n5 as n5, stage_10.n6 as n6, stage_10.n8 as n8, stage_10.n9 as n9
  from stage_10
),
stage_16 as (
  select date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n4 end else cql_instant(stage_13.n11, stage_13.n6) end end, stage_13.n12)) as n14, date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n5 end else cql_instant(((stage_13.n11 + cql_own_unit(cql_wall(stage_13.n4, stage_13.n6), stage_13.n9)) + to_milliseconds(-1)), stage_13.n6) end end, stage_13.n12)) as n15, stage_13."s1_pid" as "s1_pid", stage_13."s1_rid" as "s1_rid", stage_13."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_13."s1_effectivePeriod" as "s1_effectivePeriod", stage_13."s1_effectiveInstant" as "s1_effectiveInstant", stage_13."s1_valueQuantity" as "s1_valueQuantity", stage_13."s1_valueInteger" as "s1_valueInteger"
  from stage_13
),
stage_18 as (
  select (stage_16.n14 = stage_16.n15) as n17, stage_16."s1_pid" as "s1_pid", stage_16."s1_rid" as "s1_rid", stage_16."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_16."s1_effectivePeriod" as "s1_effectivePeriod", stage_16."s1_effectiveInstant" as "s1_effectiveInstant", stage_16."s1_valueQuantity" as "s1_valueQuantity", stage_16."s1_valueInteger" as "s1_valueInteger", stage_16.n14 as n14, stage_16.n15 as n15
  from stage_16
),
stage_38 as (
  select (stage_18."s1_rid" in (
    with stage_25 as (
      select cql_days(cql_wall("define_21"."c3", "define_21"."c5"), cql_wall("define_21"."c4", "define_21"."c5"), -14) as n22, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c3" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n23, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c4" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n24, "define_21"."c3" as "s0_c3", "define_21"."c5" as "s0_c5", "define_21"."c4" as "s0_c4", "outer_20"."o0" as "s1_rid", "outer_20"."o1" as n26, "outer_20"."o2" as n27, "outer_20"."o3" as n28
      from (select stage_18."s1_rid" as "o0", stage_18.n14 as "o1", stage_18.n17 as "o2", stage_18.n15 as "o3", stage_18."s1_pid" as "o4" from stage_18) as "outer_20"
      cross join "CatchmentCommon.Qualifying Encounters" as "define_21"
      where ("define_21"."c3" is not null)
        and ("define_21"."pid" = "outer_20"."o4")
    ),
    stage_30 as (
      select cql_instant(cql_in_range((cql_wall(stage_25."s0_c3", stage_25."s0_c5") + stage_25.n22)), stage_25."s0_c5") as n29, stage_25."s0_c3" as "s0_c3", stage_25."s0_c5" as "s0_c5", stage_25."s0_c4" as "s0_c4", stage_25."s1_rid" as "s1_rid", stage_25.n26 as n26, stage_25.n27 as n27, stage_25.n28 as n28, stage_25.n22 as n22, stage_25.n23 as n23, stage_25.n24 as n24
      from stage_25
    ),
    stage_32 as (
      select (stage_30.n29 is null) as n31, stage_30."s0_c3" as "s0_c3", stage_30."s0_c5" as "s0_c5", stage_30."s0_c4" as "s0_c4", stage_30."s1_rid" as "s1_rid", stage_30.n26 as n26, stage_30.n27 as n27, stage_30.n28 as n28, stage_30.n22 as n22, stage_30.n23 as n23, stage_30.n24 as n24, stage_30.n29 as n29
      from stage_30
    ),
    stage_34 as (
      select case when stage_32.n31 then 0::smallint else stage_32."s0_c5" end as n33, stage_32."s0_c3" as "s0_c3", stage_32."s0_c5" as "s0_c5", stage_32."s0_c4" as "s0_c4", stage_32."s1_rid" as "s1_rid", stage_32.n26 as n26, stage_32.n27 as n27, stage_32.n28 as n28, stage_32.n22 as n22, stage_32.n23 as n23, stage_32.n24 as n24, stage_32.n29 as n29, stage_32.n31 as n31
      from stage_32
    ),
    stage_37 as (
      select date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else cql_instant(cql_in_range(cql_end_after(cql_wall(stage_34."s0_c3", stage_34."s0_c5"), cql_wall(stage_34."s0_c4", stage_34."s0_c5"), stage_34.n22)), stage_34."s0_c5") end, stage_34.n33)) as n35, date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else stage_34.n29 end, stage_34.n33)) as n36, stage_34."s1_rid" as "s1_rid", stage_34.n26 as n26, stage_34.n27 as n27, stage_34.n28 as n28, stage_34.n23 as n23, stage_34.n24 as n24
      from stage_34
    )
    select stage_37."s1_rid" as "o0"
    from stage_37
    where case when ((stage_37.n35 < stage_37.n26) or ((stage_37.n36 = stage_37.n26) and (stage_37.n36 = stage_37.n35) and stage_37.n27)) then true when (stage_37.n36 > stage_37.n28) then false else null end
      and case when ((stage_37.n28 < stage_37.n23) or ((stage_37.n26 = stage_37.n23) and stage_37.n27 and (stage_37.n23 = stage_37.n24))) then true when (stage_37.n26 > stage_37.n24) then false else null end
  )) as n19, stage_18."s1_pid" as "s1_pid", stage_18."s1_rid" as "s1_rid", stage_18."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_18."s1_effectivePeriod" as "s1_effectivePeriod", stage_18."s1_effectiveInstant" as "s1_effectiveInstant", stage_18."s1_valueQuantity" as "s1_valueQuantity", stage_18."s1_valueInteger" as "s1_valueInteger"
  from stage_18
)
select stage_38."s1_pid" as "pid", stage_38."s1_rid" as "c0", struct_extract(stage_38."s1_effectiveDateTime", 'lo') as "c1", struct_extract(stage_38."s1_effectiveDateTime", 'hi') as "c2", struct_extract(stage_38."s1_effectiveDateTime", 'zone') as "c3", stage_38."s1_effectivePeriod" as "c4", (stage_38."s1_effectivePeriod" is null) as "c5", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'lo') as "c6", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'hi') as "c7", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'zone') as "c8", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'lo') as "c9", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'hi') as "c10", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'zone') as "c11", struct_extract(stage_38."s1_effectiveInstant", 'lo') as "c12", struct_extract(stage_38."s1_effectiveInstant", 'hi') as "c13", struct_extract(stage_38."s1_effectiveInstant", 'zone') as "c14", stage_38."s1_valueQuantity" as "c15", (stage_38."s1_valueQuantity" is null) as "c16", struct_extract(stage_38."s1_valueQuantity", 'value') as "c17", stage_38."s1_valueInteger" as "c18"
from stage_38
where stage_38.n19;

-- DepressionScreeningAndFollowUp.Other Screening Results
create or replace temp table "DepressionScreeningAndFollowUp.Other Screening Results" as
with stage_7 as (
  select case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then false when ("observation_1"."effectivePeriod" is not null) then ("observation_1"."effectivePeriod" is null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then false else true end as n2, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then (struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') is not null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n3, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n4, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n5, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n6, "observation_1"."pid" as "s1_pid", "observation_1"."rid" as "s1_rid", "observation_1"."effectiveDateTime" as "s1_effectiveDateTime", "observation_1"."effectivePeriod" as "s1_effectivePeriod", "observation_1"."effectiveInstant" as "s1_effectiveInstant", "observation_1"."valueCodeableConcept" as "s1_valueCodeableConcept"
  from fhir."Observation" as "observation_1"
  where "observation_1"."code" in (select key from temp.code_set_member where set_id in (26, 27))
    and ("observation_1"."status" in ('final', 'amended', 'corrected'))
    and "observation_1"."valueCodeableConcept" in (select key from temp.code_set_member where set_id in (28, 29))
),
stage_10 as (
  select (stage_7.n4 is null) as n8, cql_wall(stage_7.n5, stage_7.n6) as n9, stage_7."s1_pid" as "s1_pid", stage_7."s1_rid" as "s1_rid", stage_7."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_7."s1_effectivePeriod" as "s1_effectivePeriod", stage_7."s1_effectiveInstant" as "s1_effectiveInstant", stage_7."s1_valueCodeableConcept" as "s1_valueCodeableConcept", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n4 as n4, stage_7.n5 as n5, stage_7.n6 as n6
  from stage_7
),
stage_13 as (
  select (stage_10.n9 + to_milliseconds(1)) as n11, case when stage_10.n2 then null else case when stage_10.n3 then case when stage_10.n8 then 0::smallint else stage_10.n6 end else stage_10.n6 end end as n12, stage_10."s1_pid" as "s1_pid", stage_10."s1_rid" as "s1_rid", stage_10."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_10."s1_effectivePeriod" as "s1_effectivePeriod", stage_10."s1_effectiveInstant" as "s1_effectiveInstant", stage_10."s1_valueCodeableConcept" as "s1_valueCodeableConcept", stage_10.n2 as n2, stage_10.n3 as n3, stage_10.n4 as n4, stage_10.n5 as n5, stage_10.n6 as n6, stage_10.n8 as n8, stage_10.n9 as n9
  from stage_10
),
stage_16 as (
  select date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n4 end else cql_instant(stage_13.n11, stage_13.n6) end end, stage_13.n12)) as n14, date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n5 end else cql_instant(((stage_13.n11 + cql_own_unit(cql_wall(stage_13.n4, stage_13.n6), stage_13.n9)) + to_milliseconds(-1)), stage_13.n6) end end, stage_13.n12)) as n15, stage_13."s1_pid" as "s1_pid", stage_13."s1_rid" as "s1_rid", stage_13."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_13."s1_effectivePeriod" as "s1_effectivePeriod", stage_13."s1_effectiveInstant" as "s1_effectiveInstant", stage_13."s1_valueCodeableConcept" as "s1_valueCodeableConcept"
  from stage_13
),
stage_18 as (
  select (stage_16.n14 = stage_16.n15) as n17, stage_16."s1_pid" as "s1_pid", stage_16."s1_rid" as "s1_rid", stage_16."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_16."s1_effectivePeriod" as "s1_effectivePeriod", stage_16."s1_effectiveInstant" as "s1_effectiveInstant", stage_16."s1_valueCodeableConcept" as "s1_valueCodeableConcept", stage_16.n14 as n14, stage_16.n15 as n15
  from stage_16
),
stage_38 as (
  select (stage_18."s1_rid" in (
    with stage_25 as (
      select cql_days(cql_wall("define_21"."c3", "define_21"."c5"), cql_wall("define_21"."c4", "define_21"."c5"), -14) as n22, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c3" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n23, date_trunc('day', cql_wall(case when ("define_21"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_21"."c4" end, case when ("define_21"."c3" is null) then 0::smallint else "define_21"."c5" end)) as n24, "define_21"."c3" as "s0_c3", "define_21"."c5" as "s0_c5", "define_21"."c4" as "s0_c4", "outer_20"."o0" as "s1_rid", "outer_20"."o1" as n26, "outer_20"."o2" as n27, "outer_20"."o3" as n28
      from (select stage_18."s1_rid" as "o0", stage_18.n14 as "o1", stage_18.n17 as "o2", stage_18.n15 as "o3", stage_18."s1_pid" as "o4" from stage_18) as "outer_20"
      cross join "CatchmentCommon.Qualifying Encounters" as "define_21"
      where ("define_21"."c3" is not null)
        and ("define_21"."pid" = "outer_20"."o4")
    ),
    stage_30 as (
      select cql_instant(cql_in_range((cql_wall(stage_25."s0_c3", stage_25."s0_c5") + stage_25.n22)), stage_25."s0_c5") as n29, stage_25."s0_c3" as "s0_c3", stage_25."s0_c5" as "s0_c5", stage_25."s0_c4" as "s0_c4", stage_25."s1_rid" as "s1_rid", stage_25.n26 as n26, stage_25.n27 as n27, stage_25.n28 as n28, stage_25.n22 as n22, stage_25.n23 as n23, stage_25.n24 as n24
      from stage_25
    ),
    stage_32 as (
      select (stage_30.n29 is null) as n31, stage_30."s0_c3" as "s0_c3", stage_30."s0_c5" as "s0_c5", stage_30."s0_c4" as "s0_c4", stage_30."s1_rid" as "s1_rid", stage_30.n26 as n26, stage_30.n27 as n27, stage_30.n28 as n28, stage_30.n22 as n22, stage_30.n23 as n23, stage_30.n24 as n24, stage_30.n29 as n29
      from stage_30
    ),
    stage_34 as (
      select case when stage_32.n31 then 0::smallint else stage_32."s0_c5" end as n33, stage_32."s0_c3" as "s0_c3", stage_32."s0_c5" as "s0_c5", stage_32."s0_c4" as "s0_c4", stage_32."s1_rid" as "s1_rid", stage_32.n26 as n26, stage_32.n27 as n27, stage_32.n28 as n28, stage_32.n22 as n22, stage_32.n23 as n23, stage_32.n24 as n24, stage_32.n29 as n29, stage_32.n31 as n31
      from stage_32
    ),
    stage_37 as (
      select date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else cql_instant(cql_in_range(cql_end_after(cql_wall(stage_34."s0_c3", stage_34."s0_c5"), cql_wall(stage_34."s0_c4", stage_34."s0_c5"), stage_34.n22)), stage_34."s0_c5") end, stage_34.n33)) as n35, date_trunc('day', cql_wall(case when stage_34.n31 then timestamp '0001-01-01 00:00:00.000' else stage_34.n29 end, stage_34.n33)) as n36, stage_34."s1_rid" as "s1_rid", stage_34.n26 as n26, stage_34.n27 as n27, stage_34.n28 as n28, stage_34.n23 as n23, stage_34.n24 as n24
      from stage_34
    )
    select stage_37."s1_rid" as "o0"
    from stage_37
    where case when ((stage_37.n35 < stage_37.n26) or ((stage_37.n36 = stage_37.n26) and (stage_37.n36 = stage_37.n35) and stage_37.n27)) then true when (stage_37.n36 > stage_37.n28) then false else null end
      and case when ((stage_37.n28 < stage_37.n23) or ((stage_37.n26 = stage_37.n23) and stage_37.n27 and (stage_37.n23 = stage_37.n24))) then true when (stage_37.n26 > stage_37.n24) then false else null end
  )) as n19, stage_18."s1_pid" as "s1_pid", stage_18."s1_rid" as "s1_rid", stage_18."s1_effectiveDateTime" as "s1_effectiveDateTime", stage_18."s1_effectivePeriod" as "s1_effectivePeriod", stage_18."s1_effectiveInstant" as "s1_effectiveInstant", stage_18."s1_valueCodeableConcept" as "s1_valueCodeableConcept"
  from stage_18
)
select stage_38."s1_pid" as "pid", stage_38."s1_rid" as "c0", struct_extract(stage_38."s1_effectiveDateTime", 'lo') as "c1", struct_extract(stage_38."s1_effectiveDateTime", 'hi') as "c2", struct_extract(stage_38."s1_effectiveDateTime", 'zone') as "c3", stage_38."s1_effectivePeriod" as "c4", (stage_38."s1_effectivePeriod" is null) as "c5", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'lo') as "c6", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'hi') as "c7", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'start'), 'zone') as "c8", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'lo') as "c9", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'hi') as "c10", struct_extract(struct_extract(stage_38."s1_effectivePeriod", 'end'), 'zone') as "c11", struct_extract(stage_38."s1_effectiveInstant", 'lo') as "c12", struct_extract(stage_38."s1_effectiveInstant", 'hi') as "c13", struct_extract(stage_38."s1_effectiveInstant", 'zone') as "c14", stage_38."s1_valueCodeableConcept" as "c15"
from stage_38
where stage_38.n19;

-- DepressionScreeningAndFollowUp.Depression Screenings
create or replace temp table "DepressionScreeningAndFollowUp.Depression Screenings" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1", "block_1"."c2" as "c2", "block_1"."c3" as "c3", "block_1"."c4" as "c4", "block_1"."c5" as "c5", "block_1"."c6" as "c6", "block_1"."c7" as "c7", "block_1"."c8" as "c8", "block_1"."c9" as "c9", "block_1"."c10" as "c10", "block_1"."c11" as "c11", "block_1"."c12" as "c12", "block_1"."c13" as "c13", "block_1"."c14" as "c14"
from (
  select distinct on ("block_2"."pid", "block_2"."c0") "block_2"."c0" as "c0", "block_2"."pid" as "pid", "block_2"."c1" as "c1", "block_2"."c2" as "c2", "block_2"."c3" as "c3", "block_2"."c4" as "c4", "block_2"."c5" as "c5", "block_2"."c6" as "c6", "block_2"."c7" as "c7", "block_2"."c8" as "c8", "block_2"."c9" as "c9", "block_2"."c10" as "c10", "block_2"."c11" as "c11", "block_2"."c12" as "c12", "block_2"."c13" as "c13", "block_2"."c14" as "c14"
  from (
    (select "block_3"."c0" as "c0", "block_3"."pid" as "pid", "block_3"."c1" as "c1", "block_3"."c2" as "c2", "block_3"."c3" as "c3", "block_3"."c4" as "c4", "block_3"."c5" as "c5", "block_3"."c6" as "c6", "block_3"."c7" as "c7", "block_3"."c8" as "c8", "block_3"."c9" as "c9", "block_3"."c10" as "c10", "block_3"."c11" as "c11", "block_3"."c12" as "c12", "block_3"."c13" as "c13", "block_3"."c14" as "c14"
    from (
      select distinct on ("block_4"."pid", "block_4"."c0") "block_4"."c0" as "c0", "block_4"."pid" as "pid", "block_4"."c1" as "c1", "block_4"."c2" as "c2", "block_4"."c3" as "c3", "block_4"."c4" as "c4", "block_4"."c5" as "c5", "block_4"."c6" as "c6", "block_4"."c7" as "c7", "block_4"."c8" as "c8", "block_4"."c9" as "c9", "block_4"."c10" as "c10", "block_4"."c11" as "c11", "block_4"."c12" as "c12", "block_4"."c13" as "c13", "block_4"."c14" as "c14"
      from (
        (select "define_5"."c0" as "c0", "define_5"."pid" as "pid", "define_5"."c1" as "c1", "define_5"."c2" as "c2", "define_5"."c3" as "c3", "define_5"."c4" as "c4", "define_5"."c5" as "c5", "define_5"."c6" as "c6", "define_5"."c7" as "c7", "define_5"."c8" as "c8", "define_5"."c9" as "c9", "define_5"."c10" as "c10", "define_5"."c11" as "c11", "define_5"."c12" as "c12", "define_5"."c13" as "c13", "define_5"."c14" as "c14"
        from "DepressionScreeningAndFollowUp.PHQ-9 Scores" as "define_5")
        union all
        (select "define_6"."c0" as "c0", "define_6"."pid" as "pid", "define_6"."c1" as "c1", "define_6"."c2" as "c2", "define_6"."c3" as "c3", "define_6"."c4" as "c4", "define_6"."c5" as "c5", "define_6"."c6" as "c6", "define_6"."c7" as "c7", "define_6"."c8" as "c8", "define_6"."c9" as "c9", "define_6"."c10" as "c10", "define_6"."c11" as "c11", "define_6"."c12" as "c12", "define_6"."c13" as "c13", "define_6"."c14" as "c14"
        from "DepressionScreeningAndFollowUp.PHQ-2 Scores" as "define_6")
      ) as "block_4"
    ) as "block_3")
    union all
    (select "define_7"."c0" as "c0", "define_7"."pid" as "pid", "define_7"."c1" as "c1", "define_7"."c2" as "c2", "define_7"."c3" as "c3", "define_7"."c4" as "c4", "define_7"."c5" as "c5", "define_7"."c6" as "c6", "define_7"."c7" as "c7", "define_7"."c8" as "c8", "define_7"."c9" as "c9", "define_7"."c10" as "c10", "define_7"."c11" as "c11", "define_7"."c12" as "c12", "define_7"."c13" as "c13", "define_7"."c14" as "c14"
    from "DepressionScreeningAndFollowUp.Other Screening Results" as "define_7")
  ) as "block_2"
) as "block_1";

-- DepressionScreeningAndFollowUp.Date of Most Recent Screening
create or replace temp table "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as
select "patient_1"."pid" as "pid", "block_2"."agg" as "c0", "block_2"."agg0" as "c1", ("block_2"."agg" is not null) as "present"
from fhir."Patient" as "patient_1"
left join (
  select "block_3"."pid" as "key", max("block_3"."c0") as "agg", max("block_3"."c1") as "agg0"
  from (
    with stage_10 as (
      select case when ("define_4"."c1" is not null) then false when (not "define_4"."c5") then "define_4"."c5" when ("define_4"."c12" is not null) then false else true end as n5, case when ("define_4"."c1" is not null) then true when (not "define_4"."c5") then ("define_4"."c6" is not null) when ("define_4"."c12" is not null) then true else null end as n6, case when ("define_4"."c1" is not null) then "define_4"."c1" when (not "define_4"."c5") then "define_4"."c6" when ("define_4"."c12" is not null) then "define_4"."c12" else null end as n7, case when ("define_4"."c1" is not null) then "define_4"."c2" when (not "define_4"."c5") then "define_4"."c7" when ("define_4"."c12" is not null) then "define_4"."c13" else null end as n8, case when ("define_4"."c1" is not null) then "define_4"."c3" when (not "define_4"."c5") then "define_4"."c8" when ("define_4"."c12" is not null) then "define_4"."c14" else null end as n9, "define_4"."pid" as "s0_pid"
      from "DepressionScreeningAndFollowUp.Depression Screenings" as "define_4"
    ),
    stage_13 as (
      select (stage_10.n7 is null) as n11, cql_wall(stage_10.n8, stage_10.n9) as n12, stage_10."s0_pid" as "s0_pid", stage_10.n5 as n5, stage_10.n6 as n6, stage_10.n7 as n7, stage_10.n8 as n8, stage_10.n9 as n9
      from stage_10
    ),
    stage_16 as (
      select (stage_13.n12 + to_milliseconds(1)) as n14, case when stage_13.n5 then null else case when stage_13.n6 then case when stage_13.n11 then 0::smallint else stage_13.n9 end else stage_13.n9 end end as n15, stage_13."s0_pid" as "s0_pid", stage_13.n5 as n5, stage_13.n6 as n6, stage_13.n7 as n7, stage_13.n8 as n8, stage_13.n9 as n9, stage_13.n11 as n11, stage_13.n12 as n12
      from stage_13
    ),
    stage_19 as (
      select date_trunc('day', cql_wall(case when stage_16.n5 then null else case when stage_16.n6 then case when stage_16.n11 then timestamp '0001-01-01 00:00:00.000' else stage_16.n7 end else cql_instant(stage_16.n14, stage_16.n9) end end, stage_16.n15)) as n17, date_trunc('day', cql_wall(case when stage_16.n5 then null else case when stage_16.n6 then case when stage_16.n11 then timestamp '0001-01-01 00:00:00.000' else stage_16.n8 end else cql_instant(((stage_16.n14 + cql_own_unit(cql_wall(stage_16.n7, stage_16.n9), stage_16.n12)) + to_milliseconds(-1)), stage_16.n9) end end, stage_16.n15)) as n18, stage_16."s0_pid" as "s0_pid"
      from stage_16
    )
    select distinct on (stage_19."s0_pid", stage_19.n17, stage_19.n18) stage_19.n17 as "c0", stage_19.n18 as "c1", stage_19."s0_pid" as "pid"
    from stage_19
  ) as "block_3"
  group by "block_3"."pid"
) as "block_2" on "block_2"."key" = "patient_1"."pid";

-- DepressionScreeningAndFollowUp.PHQ-9 Scores on Date of Most Recent Screening
create or replace temp table "DepressionScreeningAndFollowUp.PHQ-9 Scores on Date of Most Recent Screening" as
with stage_8 as (
  select case when ("define_1"."c1" is not null) then false when (not "define_1"."c5") then "define_1"."c5" when ("define_1"."c12" is not null) then false else true end as n3, case when ("define_1"."c1" is not null) then true when (not "define_1"."c5") then ("define_1"."c6" is not null) when ("define_1"."c12" is not null) then true else null end as n4, case when ("define_1"."c1" is not null) then "define_1"."c1" when (not "define_1"."c5") then "define_1"."c6" when ("define_1"."c12" is not null) then "define_1"."c12" else null end as n5, case when ("define_1"."c1" is not null) then "define_1"."c2" when (not "define_1"."c5") then "define_1"."c7" when ("define_1"."c12" is not null) then "define_1"."c13" else null end as n6, case when ("define_1"."c1" is not null) then "define_1"."c3" when (not "define_1"."c5") then "define_1"."c8" when ("define_1"."c12" is not null) then "define_1"."c14" else null end as n7, "define_1"."pid" as "s1_pid", "define_1"."c0" as "s1_c0", "define_1"."c15" as "s1_c15", "define_1"."c16" as "s1_c16", "define_1"."c17" as "s1_c17", "define_1"."c18" as "s1_c18", "define_1"."c1" as "s1_c1", "define_1"."c2" as "s1_c2", "define_1"."c3" as "s1_c3", "define_1"."c4" as "s1_c4", "define_1"."c5" as "s1_c5", "define_1"."c6" as "s1_c6", "define_1"."c7" as "s1_c7", "define_1"."c8" as "s1_c8", "define_1"."c9" as "s1_c9", "define_1"."c10" as "s1_c10", "define_1"."c11" as "s1_c11", "define_1"."c12" as "s1_c12", "define_1"."c13" as "s1_c13", "define_1"."c14" as "s1_c14", "define_2"."c0" as "s0_c0", "define_2"."c1" as "s0_c1"
  from "DepressionScreeningAndFollowUp.PHQ-9 Scores" as "define_1"
  left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_2" on ("define_2"."pid" = "define_1"."pid")
),
stage_11 as (
  select (stage_8.n5 is null) as n9, cql_wall(stage_8.n6, stage_8.n7) as n10, stage_8."s1_pid" as "s1_pid", stage_8."s1_c0" as "s1_c0", stage_8."s1_c15" as "s1_c15", stage_8."s1_c16" as "s1_c16", stage_8."s1_c17" as "s1_c17", stage_8."s1_c18" as "s1_c18", stage_8."s1_c1" as "s1_c1", stage_8."s1_c2" as "s1_c2", stage_8."s1_c3" as "s1_c3", stage_8."s1_c4" as "s1_c4", stage_8."s1_c5" as "s1_c5", stage_8."s1_c6" as "s1_c6", stage_8."s1_c7" as "s1_c7", stage_8."s1_c8" as "s1_c8", stage_8."s1_c9" as "s1_c9", stage_8."s1_c10" as "s1_c10", stage_8."s1_c11" as "s1_c11", stage_8."s1_c12" as "s1_c12", stage_8."s1_c13" as "s1_c13", stage_8."s1_c14" as "s1_c14", stage_8."s0_c0" as "s0_c0", stage_8."s0_c1" as "s0_c1", stage_8.n3 as n3, stage_8.n4 as n4, stage_8.n5 as n5, stage_8.n6 as n6, stage_8.n7 as n7
  from stage_8
),
stage_14 as (
  select (stage_11.n10 + to_milliseconds(1)) as n12, case when stage_11.n3 then null else case when stage_11.n4 then case when stage_11.n9 then 0::smallint else stage_11.n7 end else stage_11.n7 end end as n13, stage_11."s1_pid" as "s1_pid", stage_11."s1_c0" as "s1_c0", stage_11."s1_c15" as "s1_c15", stage_11."s1_c16" as "s1_c16", stage_11."s1_c17" as "s1_c17", stage_11."s1_c18" as "s1_c18", stage_11."s1_c1" as "s1_c1", stage_11."s1_c2" as "s1_c2", stage_11."s1_c3" as "s1_c3", stage_11."s1_c4" as "s1_c4", stage_11."s1_c5" as "s1_c5", stage_11."s1_c6" as "s1_c6", stage_11."s1_c7" as "s1_c7", stage_11."s1_c8" as "s1_c8", stage_11."s1_c9" as "s1_c9", stage_11."s1_c10" as "s1_c10", stage_11."s1_c11" as "s1_c11", stage_11."s1_c12" as "s1_c12", stage_11."s1_c13" as "s1_c13", stage_11."s1_c14" as "s1_c14", stage_11."s0_c0" as "s0_c0", stage_11."s0_c1" as "s0_c1", stage_11.n3 as n3, stage_11.n4 as n4, stage_11.n5 as n5, stage_11.n6 as n6, stage_11.n7 as n7, stage_11.n9 as n9, stage_11.n10 as n10
  from stage_11
),
stage_17 as (
  select date_trunc('day', date_trunc('day', cql_wall(case when stage_14.n3 then null else case when stage_14.n4 then case when stage_14.n9 then timestamp '0001-01-01 00:00:00.000' else stage_14.n5 end else cql_instant(stage_14.n12, stage_14.n7) end end, stage_14.n13))) as n15, date_trunc('day', date_trunc('day', cql_wall(case when stage_14.n3 then null else case when stage_14.n4 then case when stage_14.n9 then timestamp '0001-01-01 00:00:00.000' else stage_14.n6 end else cql_instant(((stage_14.n12 + cql_own_unit(cql_wall(stage_14.n5, stage_14.n7), stage_14.n10)) + to_milliseconds(-1)), stage_14.n7) end end, stage_14.n13))) as n16, stage_14."s1_pid" as "s1_pid", stage_14."s1_c0" as "s1_c0", stage_14."s1_c15" as "s1_c15", stage_14."s1_c16" as "s1_c16", stage_14."s1_c17" as "s1_c17", stage_14."s1_c18" as "s1_c18", stage_14."s1_c1" as "s1_c1", stage_14."s1_c2" as "s1_c2", stage_14."s1_c3" as "s1_c3", stage_14."s1_c4" as "s1_c4", stage_14."s1_c5" as "s1_c5", stage_14."s1_c6" as "s1_c6", stage_14."s1_c7" as "s1_c7", stage_14."s1_c8" as "s1_c8", stage_14."s1_c9" as "s1_c9", stage_14."s1_c10" as "s1_c10", stage_14."s1_c11" as "s1_c11", stage_14."s1_c12" as "s1_c12", stage_14."s1_c13" as "s1_c13", stage_14."s1_c14" as "s1_c14", stage_14."s0_c0" as "s0_c0", stage_14."s0_c1" as "s0_c1"
  from stage_14
)
select stage_17."s1_pid" as "pid", stage_17."s1_c0" as "c0", stage_17."s1_c15" as "c1", stage_17."s1_c16" as "c2", stage_17."s1_c17" as "c3", stage_17."s1_c18" as "c4", stage_17."s1_c1" as "c5", stage_17."s1_c2" as "c6", stage_17."s1_c3" as "c7", stage_17."s1_c4" as "c8", stage_17."s1_c5" as "c9", stage_17."s1_c6" as "c10", stage_17."s1_c7" as "c11", stage_17."s1_c8" as "c12", stage_17."s1_c9" as "c13", stage_17."s1_c10" as "c14", stage_17."s1_c11" as "c15", stage_17."s1_c12" as "c16", stage_17."s1_c13" as "c17", stage_17."s1_c14" as "c18"
from stage_17
where case when ((stage_17.n15 = date_trunc('day', stage_17."s0_c0")) and (stage_17.n15 = stage_17.n16) and (date_trunc('day', stage_17."s0_c0") = date_trunc('day', stage_17."s0_c1"))) then true when ((stage_17.n16 < date_trunc('day', stage_17."s0_c0")) or (stage_17.n15 > date_trunc('day', stage_17."s0_c1"))) then false else null end;

-- DepressionScreeningAndFollowUp.Positive PHQ-9 Scores
create or replace temp table "DepressionScreeningAndFollowUp.Positive PHQ-9 Scores" as
select "define_1"."pid" as "pid", "define_1"."c0" as "c0", "define_1"."c5" as "c1", "define_1"."c6" as "c2", "define_1"."c7" as "c3", "define_1"."c8" as "c4", "define_1"."c9" as "c5", "define_1"."c10" as "c6", "define_1"."c11" as "c7", "define_1"."c12" as "c8", "define_1"."c13" as "c9", "define_1"."c14" as "c10", "define_1"."c15" as "c11", "define_1"."c16" as "c12", "define_1"."c17" as "c13", "define_1"."c18" as "c14"
from "DepressionScreeningAndFollowUp.PHQ-9 Scores on Date of Most Recent Screening" as "define_1"
where (case when (not "define_1"."c2") then "define_1"."c3" when ("define_1"."c4" is not null) then cast("define_1"."c4" as decimal(28, 8)) else null end >= cast(10 as decimal(28, 8)));

-- DepressionScreeningAndFollowUp.Positive PHQ-2 Scores
create or replace temp table "DepressionScreeningAndFollowUp.Positive PHQ-2 Scores" as
with stage_9 as (
  select case when ("define_1"."c1" is not null) then false when (not "define_1"."c5") then "define_1"."c5" when ("define_1"."c12" is not null) then false else true end as n4, case when ("define_1"."c1" is not null) then true when (not "define_1"."c5") then ("define_1"."c6" is not null) when ("define_1"."c12" is not null) then true else null end as n5, case when ("define_1"."c1" is not null) then "define_1"."c1" when (not "define_1"."c5") then "define_1"."c6" when ("define_1"."c12" is not null) then "define_1"."c12" else null end as n6, case when ("define_1"."c1" is not null) then "define_1"."c2" when (not "define_1"."c5") then "define_1"."c7" when ("define_1"."c12" is not null) then "define_1"."c13" else null end as n7, case when ("define_1"."c1" is not null) then "define_1"."c3" when (not "define_1"."c5") then "define_1"."c8" when ("define_1"."c12" is not null) then "define_1"."c14" else null end as n8, "define_1"."pid" as "s1_pid", "define_1"."c0" as "s1_c0", "define_1"."c1" as "s1_c1", "define_1"."c2" as "s1_c2", "define_1"."c3" as "s1_c3", "define_1"."c4" as "s1_c4", "define_1"."c5" as "s1_c5", "define_1"."c6" as "s1_c6", "define_1"."c7" as "s1_c7", "define_1"."c8" as "s1_c8", "define_1"."c9" as "s1_c9", "define_1"."c10" as "s1_c10", "define_1"."c11" as "s1_c11", "define_1"."c12" as "s1_c12", "define_1"."c13" as "s1_c13", "define_1"."c14" as "s1_c14", "define_2"."c0" as "s0_c0", "define_2"."c1" as "s0_c1"
  from "DepressionScreeningAndFollowUp.PHQ-2 Scores" as "define_1"
  left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_2" on ("define_2"."pid" = "define_1"."pid")
  where (case when (not "define_1"."c16") then "define_1"."c17" when ("define_1"."c18" is not null) then cast("define_1"."c18" as decimal(28, 8)) else null end >= cast(3 as decimal(28, 8)))
    and (not ("define_1"."pid" in (
    select "define_3"."pid" as "key"
    from "DepressionScreeningAndFollowUp.PHQ-9 Scores on Date of Most Recent Screening" as "define_3"
  )))
),
stage_12 as (
  select (stage_9.n6 is null) as n10, cql_wall(stage_9.n7, stage_9.n8) as n11, stage_9."s1_pid" as "s1_pid", stage_9."s1_c0" as "s1_c0", stage_9."s1_c1" as "s1_c1", stage_9."s1_c2" as "s1_c2", stage_9."s1_c3" as "s1_c3", stage_9."s1_c4" as "s1_c4", stage_9."s1_c5" as "s1_c5", stage_9."s1_c6" as "s1_c6", stage_9."s1_c7" as "s1_c7", stage_9."s1_c8" as "s1_c8", stage_9."s1_c9" as "s1_c9", stage_9."s1_c10" as "s1_c10", stage_9."s1_c11" as "s1_c11", stage_9."s1_c12" as "s1_c12", stage_9."s1_c13" as "s1_c13", stage_9."s1_c14" as "s1_c14", stage_9."s0_c0" as "s0_c0", stage_9."s0_c1" as "s0_c1", stage_9.n4 as n4, stage_9.n5 as n5, stage_9.n6 as n6, stage_9.n7 as n7, stage_9.n8 as n8
  from stage_9
),
stage_15 as (
  select (stage_12.n11 + to_milliseconds(1)) as n13, case when stage_12.n4 then null else case when stage_12.n5 then case when stage_12.n10 then 0::smallint else stage_12.n8 end else stage_12.n8 end end as n14, stage_12."s1_pid" as "s1_pid", stage_12."s1_c0" as "s1_c0", stage_12."s1_c1" as "s1_c1", stage_12."s1_c2" as "s1_c2", stage_12."s1_c3" as "s1_c3", stage_12."s1_c4" as "s1_c4", stage_12."s1_c5" as "s1_c5", stage_12."s1_c6" as "s1_c6", stage_12."s1_c7" as "s1_c7", stage_12."s1_c8" as "s1_c8", stage_12."s1_c9" as "s1_c9", stage_12."s1_c10" as "s1_c10", stage_12."s1_c11" as "s1_c11", stage_12."s1_c12" as "s1_c12", stage_12."s1_c13" as "s1_c13", stage_12."s1_c14" as "s1_c14", stage_12."s0_c0" as "s0_c0", stage_12."s0_c1" as "s0_c1", stage_12.n4 as n4, stage_12.n5 as n5, stage_12.n6 as n6, stage_12.n7 as n7, stage_12.n8 as n8, stage_12.n10 as n10, stage_12.n11 as n11
  from stage_12
),
stage_18 as (
  select date_trunc('day', date_trunc('day', cql_wall(case when stage_15.n4 then null else case when stage_15.n5 then case when stage_15.n10 then timestamp '0001-01-01 00:00:00.000' else stage_15.n6 end else cql_instant(stage_15.n13, stage_15.n8) end end, stage_15.n14))) as n16, date_trunc('day', date_trunc('day', cql_wall(case when stage_15.n4 then null else case when stage_15.n5 then case when stage_15.n10 then timestamp '0001-01-01 00:00:00.000' else stage_15.n7 end else cql_instant(((stage_15.n13 + cql_own_unit(cql_wall(stage_15.n6, stage_15.n8), stage_15.n11)) + to_milliseconds(-1)), stage_15.n8) end end, stage_15.n14))) as n17, stage_15."s1_pid" as "s1_pid", stage_15."s1_c0" as "s1_c0", stage_15."s1_c1" as "s1_c1", stage_15."s1_c2" as "s1_c2", stage_15."s1_c3" as "s1_c3", stage_15."s1_c4" as "s1_c4", stage_15."s1_c5" as "s1_c5", stage_15."s1_c6" as "s1_c6", stage_15."s1_c7" as "s1_c7", stage_15."s1_c8" as "s1_c8", stage_15."s1_c9" as "s1_c9", stage_15."s1_c10" as "s1_c10", stage_15."s1_c11" as "s1_c11", stage_15."s1_c12" as "s1_c12", stage_15."s1_c13" as "s1_c13", stage_15."s1_c14" as "s1_c14", stage_15."s0_c0" as "s0_c0", stage_15."s0_c1" as "s0_c1"
  from stage_15
)
select stage_18."s1_pid" as "pid", stage_18."s1_c0" as "c0", stage_18."s1_c1" as "c1", stage_18."s1_c2" as "c2", stage_18."s1_c3" as "c3", stage_18."s1_c4" as "c4", stage_18."s1_c5" as "c5", stage_18."s1_c6" as "c6", stage_18."s1_c7" as "c7", stage_18."s1_c8" as "c8", stage_18."s1_c9" as "c9", stage_18."s1_c10" as "c10", stage_18."s1_c11" as "c11", stage_18."s1_c12" as "c12", stage_18."s1_c13" as "c13", stage_18."s1_c14" as "c14"
from stage_18
where case when ((stage_18.n16 = date_trunc('day', stage_18."s0_c0")) and (stage_18.n16 = stage_18.n17) and (date_trunc('day', stage_18."s0_c0") = date_trunc('day', stage_18."s0_c1"))) then true when ((stage_18.n17 < date_trunc('day', stage_18."s0_c0")) or (stage_18.n16 > date_trunc('day', stage_18."s0_c1"))) then false else null end;

-- DepressionScreeningAndFollowUp.Other Positive Screening Results
create or replace temp table "DepressionScreeningAndFollowUp.Other Positive Screening Results" as
with stage_8 as (
  select case when ("define_1"."c1" is not null) then false when (not "define_1"."c5") then "define_1"."c5" when ("define_1"."c12" is not null) then false else true end as n3, case when ("define_1"."c1" is not null) then true when (not "define_1"."c5") then ("define_1"."c6" is not null) when ("define_1"."c12" is not null) then true else null end as n4, case when ("define_1"."c1" is not null) then "define_1"."c1" when (not "define_1"."c5") then "define_1"."c6" when ("define_1"."c12" is not null) then "define_1"."c12" else null end as n5, case when ("define_1"."c1" is not null) then "define_1"."c2" when (not "define_1"."c5") then "define_1"."c7" when ("define_1"."c12" is not null) then "define_1"."c13" else null end as n6, case when ("define_1"."c1" is not null) then "define_1"."c3" when (not "define_1"."c5") then "define_1"."c8" when ("define_1"."c12" is not null) then "define_1"."c14" else null end as n7, "define_1"."pid" as "s1_pid", "define_1"."c0" as "s1_c0", "define_1"."c1" as "s1_c1", "define_1"."c2" as "s1_c2", "define_1"."c3" as "s1_c3", "define_1"."c4" as "s1_c4", "define_1"."c5" as "s1_c5", "define_1"."c6" as "s1_c6", "define_1"."c7" as "s1_c7", "define_1"."c8" as "s1_c8", "define_1"."c9" as "s1_c9", "define_1"."c10" as "s1_c10", "define_1"."c11" as "s1_c11", "define_1"."c12" as "s1_c12", "define_1"."c13" as "s1_c13", "define_1"."c14" as "s1_c14", "define_2"."c0" as "s0_c0", "define_2"."c1" as "s0_c1"
  from "DepressionScreeningAndFollowUp.Other Screening Results" as "define_1"
  left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_2" on ("define_2"."pid" = "define_1"."pid")
  where "define_1"."c15" in (select key from temp.code_set_member where set_id = 28)
),
stage_11 as (
  select (stage_8.n5 is null) as n9, cql_wall(stage_8.n6, stage_8.n7) as n10, stage_8."s1_pid" as "s1_pid", stage_8."s1_c0" as "s1_c0", stage_8."s1_c1" as "s1_c1", stage_8."s1_c2" as "s1_c2", stage_8."s1_c3" as "s1_c3", stage_8."s1_c4" as "s1_c4", stage_8."s1_c5" as "s1_c5", stage_8."s1_c6" as "s1_c6", stage_8."s1_c7" as "s1_c7", stage_8."s1_c8" as "s1_c8", stage_8."s1_c9" as "s1_c9", stage_8."s1_c10" as "s1_c10", stage_8."s1_c11" as "s1_c11", stage_8."s1_c12" as "s1_c12", stage_8."s1_c13" as "s1_c13", stage_8."s1_c14" as "s1_c14", stage_8."s0_c0" as "s0_c0", stage_8."s0_c1" as "s0_c1", stage_8.n3 as n3, stage_8.n4 as n4, stage_8.n5 as n5, stage_8.n6 as n6, stage_8.n7 as n7
  from stage_8
),
stage_14 as (
  select (stage_11.n10 + to_milliseconds(1)) as n12, case when stage_11.n3 then null else case when stage_11.n4 then case when stage_11.n9 then 0::smallint else stage_11.n7 end else stage_11.n7 end end as n13, stage_11."s1_pid" as "s1_pid", stage_11."s1_c0" as "s1_c0", stage_11."s1_c1" as "s1_c1", stage_11."s1_c2" as "s1_c2", stage_11."s1_c3" as "s1_c3", stage_11."s1_c4" as "s1_c4", stage_11."s1_c5" as "s1_c5", stage_11."s1_c6" as "s1_c6", stage_11."s1_c7" as "s1_c7", stage_11."s1_c8" as "s1_c8", stage_11."s1_c9" as "s1_c9", stage_11."s1_c10" as "s1_c10", stage_11."s1_c11" as "s1_c11", stage_11."s1_c12" as "s1_c12", stage_11."s1_c13" as "s1_c13", stage_11."s1_c14" as "s1_c14", stage_11."s0_c0" as "s0_c0", stage_11."s0_c1" as "s0_c1", stage_11.n3 as n3, stage_11.n4 as n4, stage_11.n5 as n5, stage_11.n6 as n6, stage_11.n7 as n7, stage_11.n9 as n9, stage_11.n10 as n10
  from stage_11
),
stage_17 as (
  select date_trunc('day', date_trunc('day', cql_wall(case when stage_14.n3 then null else case when stage_14.n4 then case when stage_14.n9 then timestamp '0001-01-01 00:00:00.000' else stage_14.n5 end else cql_instant(stage_14.n12, stage_14.n7) end end, stage_14.n13))) as n15, date_trunc('day', date_trunc('day', cql_wall(case when stage_14.n3 then null else case when stage_14.n4 then case when stage_14.n9 then timestamp '0001-01-01 00:00:00.000' else stage_14.n6 end else cql_instant(((stage_14.n12 + cql_own_unit(cql_wall(stage_14.n5, stage_14.n7), stage_14.n10)) + to_milliseconds(-1)), stage_14.n7) end end, stage_14.n13))) as n16, stage_14."s1_pid" as "s1_pid", stage_14."s1_c0" as "s1_c0", stage_14."s1_c1" as "s1_c1", stage_14."s1_c2" as "s1_c2", stage_14."s1_c3" as "s1_c3", stage_14."s1_c4" as "s1_c4", stage_14."s1_c5" as "s1_c5", stage_14."s1_c6" as "s1_c6", stage_14."s1_c7" as "s1_c7", stage_14."s1_c8" as "s1_c8", stage_14."s1_c9" as "s1_c9", stage_14."s1_c10" as "s1_c10", stage_14."s1_c11" as "s1_c11", stage_14."s1_c12" as "s1_c12", stage_14."s1_c13" as "s1_c13", stage_14."s1_c14" as "s1_c14", stage_14."s0_c0" as "s0_c0", stage_14."s0_c1" as "s0_c1"
  from stage_14
)
select stage_17."s1_pid" as "pid", stage_17."s1_c0" as "c0", stage_17."s1_c1" as "c1", stage_17."s1_c2" as "c2", stage_17."s1_c3" as "c3", stage_17."s1_c4" as "c4", stage_17."s1_c5" as "c5", stage_17."s1_c6" as "c6", stage_17."s1_c7" as "c7", stage_17."s1_c8" as "c8", stage_17."s1_c9" as "c9", stage_17."s1_c10" as "c10", stage_17."s1_c11" as "c11", stage_17."s1_c12" as "c12", stage_17."s1_c13" as "c13", stage_17."s1_c14" as "c14"
from stage_17
where case when ((stage_17.n15 = date_trunc('day', stage_17."s0_c0")) and (stage_17.n15 = stage_17.n16) and (date_trunc('day', stage_17."s0_c0") = date_trunc('day', stage_17."s0_c1"))) then true when ((stage_17.n16 < date_trunc('day', stage_17."s0_c0")) or (stage_17.n15 > date_trunc('day', stage_17."s0_c1"))) then false else null end;

-- DepressionScreeningAndFollowUp.Most Recent Positive Screening
create or replace temp table "DepressionScreeningAndFollowUp.Most Recent Positive Screening" as
select "block_1"."pid" as "pid", "block_1"."c0" as "c0", "block_1"."c1" as "c1", "block_1"."c2" as "c2", "block_1"."c3" as "c3", "block_1"."c4" as "c4", "block_1"."c5" as "c5", "block_1"."c6" as "c6", "block_1"."c7" as "c7", "block_1"."c8" as "c8", "block_1"."c9" as "c9", "block_1"."c10" as "c10", "block_1"."c11" as "c11", "block_1"."c12" as "c12", "block_1"."c13" as "c13", "block_1"."c14" as "c14"
from (
  select distinct on ("block_2"."pid", "block_2"."c0") "block_2"."c0" as "c0", "block_2"."pid" as "pid", "block_2"."c1" as "c1", "block_2"."c2" as "c2", "block_2"."c3" as "c3", "block_2"."c4" as "c4", "block_2"."c5" as "c5", "block_2"."c6" as "c6", "block_2"."c7" as "c7", "block_2"."c8" as "c8", "block_2"."c9" as "c9", "block_2"."c10" as "c10", "block_2"."c11" as "c11", "block_2"."c12" as "c12", "block_2"."c13" as "c13", "block_2"."c14" as "c14"
  from (
    (select "block_3"."c0" as "c0", "block_3"."pid" as "pid", "block_3"."c1" as "c1", "block_3"."c2" as "c2", "block_3"."c3" as "c3", "block_3"."c4" as "c4", "block_3"."c5" as "c5", "block_3"."c6" as "c6", "block_3"."c7" as "c7", "block_3"."c8" as "c8", "block_3"."c9" as "c9", "block_3"."c10" as "c10", "block_3"."c11" as "c11", "block_3"."c12" as "c12", "block_3"."c13" as "c13", "block_3"."c14" as "c14"
    from (
      select distinct on ("block_4"."pid", "block_4"."c0") "block_4"."c0" as "c0", "block_4"."pid" as "pid", "block_4"."c1" as "c1", "block_4"."c2" as "c2", "block_4"."c3" as "c3", "block_4"."c4" as "c4", "block_4"."c5" as "c5", "block_4"."c6" as "c6", "block_4"."c7" as "c7", "block_4"."c8" as "c8", "block_4"."c9" as "c9", "block_4"."c10" as "c10", "block_4"."c11" as "c11", "block_4"."c12" as "c12", "block_4"."c13" as "c13", "block_4"."c14" as "c14"
      from (
        (select "define_5"."c0" as "c0", "define_5"."pid" as "pid", "define_5"."c1" as "c1", "define_5"."c2" as "c2", "define_5"."c3" as "c3", "define_5"."c4" as "c4", "define_5"."c5" as "c5", "define_5"."c6" as "c6", "define_5"."c7" as "c7", "define_5"."c8" as "c8", "define_5"."c9" as "c9", "define_5"."c10" as "c10", "define_5"."c11" as "c11", "define_5"."c12" as "c12", "define_5"."c13" as "c13", "define_5"."c14" as "c14"
        from "DepressionScreeningAndFollowUp.Positive PHQ-9 Scores" as "define_5")
        union all
        (select "define_6"."c0" as "c0", "define_6"."pid" as "pid", "define_6"."c1" as "c1", "define_6"."c2" as "c2", "define_6"."c3" as "c3", "define_6"."c4" as "c4", "define_6"."c5" as "c5", "define_6"."c6" as "c6", "define_6"."c7" as "c7", "define_6"."c8" as "c8", "define_6"."c9" as "c9", "define_6"."c10" as "c10", "define_6"."c11" as "c11", "define_6"."c12" as "c12", "define_6"."c13" as "c13", "define_6"."c14" as "c14"
        from "DepressionScreeningAndFollowUp.Positive PHQ-2 Scores" as "define_6")
      ) as "block_4"
    ) as "block_3")
    union all
    (select "define_7"."c0" as "c0", "define_7"."pid" as "pid", "define_7"."c1" as "c1", "define_7"."c2" as "c2", "define_7"."c3" as "c3", "define_7"."c4" as "c4", "define_7"."c5" as "c5", "define_7"."c6" as "c6", "define_7"."c7" as "c7", "define_7"."c8" as "c8", "define_7"."c9" as "c9", "define_7"."c10" as "c10", "define_7"."c11" as "c11", "define_7"."c12" as "c12", "define_7"."c13" as "c13", "define_7"."c14" as "c14"
    from "DepressionScreeningAndFollowUp.Other Positive Screening Results" as "define_7")
  ) as "block_2"
) as "block_1";

-- DepressionScreeningAndFollowUp.Most Recent Screening Is Negative
create or replace temp table "DepressionScreeningAndFollowUp.Most Recent Screening Is Negative" as
select "patient_1"."pid" as "pid", (("patient_1"."pid" in (
  select "define_2"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Depression Screenings" as "define_2"
)) and (not ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Most Recent Positive Screening" as "define_3"
)))) as "c0"
from fhir."Patient" as "patient_1";

-- DepressionScreeningAndFollowUp.Visits With Positive Screening
create or replace temp table "DepressionScreeningAndFollowUp.Visits With Positive Screening" as
with stage_5 as (
  select cql_days(cql_wall("define_1"."c3", "define_1"."c5"), cql_wall("define_1"."c4", "define_1"."c5"), -14) as n2, date_trunc('day', cql_wall(case when ("define_1"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_1"."c3" end, case when ("define_1"."c3" is null) then 0::smallint else "define_1"."c5" end)) as n3, date_trunc('day', cql_wall(case when ("define_1"."c3" is null) then timestamp '9999-12-31 23:59:59.999' else "define_1"."c4" end, case when ("define_1"."c3" is null) then 0::smallint else "define_1"."c5" end)) as n4, "define_1"."pid" as "s0_pid", "define_1"."c3" as "s0_c3", "define_1"."c5" as "s0_c5", "define_1"."c4" as "s0_c4", "define_1"."c0" as "s0_c0", "define_1"."c1" as "s0_c1", "define_1"."c2" as "s0_c2", "define_1"."c6" as "s0_c6", "define_1"."c7" as "s0_c7", "define_1"."c8" as "s0_c8"
  from "CatchmentCommon.Qualifying Encounters" as "define_1"
),
stage_7 as (
  select cql_instant(cql_in_range((cql_wall(stage_5."s0_c3", stage_5."s0_c5") + stage_5.n2)), stage_5."s0_c5") as n6, stage_5."s0_pid" as "s0_pid", stage_5."s0_c3" as "s0_c3", stage_5."s0_c5" as "s0_c5", stage_5."s0_c4" as "s0_c4", stage_5."s0_c0" as "s0_c0", stage_5."s0_c1" as "s0_c1", stage_5."s0_c2" as "s0_c2", stage_5."s0_c6" as "s0_c6", stage_5."s0_c7" as "s0_c7", stage_5."s0_c8" as "s0_c8", stage_5.n2 as n2, stage_5.n3 as n3, stage_5.n4 as n4
  from stage_5
),
stage_9 as (
  select (stage_7.n6 is null) as n8, stage_7."s0_pid" as "s0_pid", stage_7."s0_c3" as "s0_c3", stage_7."s0_c5" as "s0_c5", stage_7."s0_c4" as "s0_c4", stage_7."s0_c0" as "s0_c0", stage_7."s0_c1" as "s0_c1", stage_7."s0_c2" as "s0_c2", stage_7."s0_c6" as "s0_c6", stage_7."s0_c7" as "s0_c7", stage_7."s0_c8" as "s0_c8", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n4 as n4, stage_7.n6 as n6
  from stage_7
),
stage_11 as (
  select case when stage_9.n8 then 0::smallint else stage_9."s0_c5" end as n10, stage_9."s0_pid" as "s0_pid", stage_9."s0_c3" as "s0_c3", stage_9."s0_c5" as "s0_c5", stage_9."s0_c4" as "s0_c4", stage_9."s0_c0" as "s0_c0", stage_9."s0_c1" as "s0_c1", stage_9."s0_c2" as "s0_c2", stage_9."s0_c6" as "s0_c6", stage_9."s0_c7" as "s0_c7", stage_9."s0_c8" as "s0_c8", stage_9.n2 as n2, stage_9.n3 as n3, stage_9.n4 as n4, stage_9.n6 as n6, stage_9.n8 as n8
  from stage_9
),
stage_14 as (
  select date_trunc('day', cql_wall(case when stage_11.n8 then timestamp '0001-01-01 00:00:00.000' else cql_instant(cql_in_range(cql_end_after(cql_wall(stage_11."s0_c3", stage_11."s0_c5"), cql_wall(stage_11."s0_c4", stage_11."s0_c5"), stage_11.n2)), stage_11."s0_c5") end, stage_11.n10)) as n12, date_trunc('day', cql_wall(case when stage_11.n8 then timestamp '0001-01-01 00:00:00.000' else stage_11.n6 end, stage_11.n10)) as n13, stage_11."s0_pid" as "s0_pid", stage_11."s0_c3" as "s0_c3", stage_11."s0_c0" as "s0_c0", stage_11."s0_c1" as "s0_c1", stage_11."s0_c2" as "s0_c2", stage_11."s0_c4" as "s0_c4", stage_11."s0_c5" as "s0_c5", stage_11."s0_c6" as "s0_c6", stage_11."s0_c7" as "s0_c7", stage_11."s0_c8" as "s0_c8", stage_11.n3 as n3, stage_11.n4 as n4
  from stage_11
),
stage_18 as (
  select (stage_14.n13 = stage_14.n12) as n15, (stage_14.n3 = stage_14.n4) as n16, (stage_14."s0_c3" is not null) as n17, stage_14."s0_pid" as "s0_pid", stage_14."s0_c0" as "s0_c0", stage_14."s0_c1" as "s0_c1", stage_14."s0_c2" as "s0_c2", stage_14."s0_c3" as "s0_c3", stage_14."s0_c4" as "s0_c4", stage_14."s0_c5" as "s0_c5", stage_14."s0_c6" as "s0_c6", stage_14."s0_c7" as "s0_c7", stage_14."s0_c8" as "s0_c8", stage_14.n3 as n3, stage_14.n4 as n4, stage_14.n12 as n12, stage_14.n13 as n13
  from stage_14
),
stage_47 as (
  select coalesce("exists_46"."found", false) as n19, stage_18."s0_pid" as "s0_pid", stage_18."s0_c0" as "s0_c0", stage_18."s0_c1" as "s0_c1", stage_18."s0_c2" as "s0_c2", stage_18."s0_c3" as "s0_c3", stage_18."s0_c4" as "s0_c4", stage_18."s0_c5" as "s0_c5", stage_18."s0_c6" as "s0_c6", stage_18."s0_c7" as "s0_c7", stage_18."s0_c8" as "s0_c8"
  from stage_18
  left join (
    with stage_27 as (
      select case when ("define_21"."c1" is not null) then false when (not "define_21"."c5") then "define_21"."c5" when ("define_21"."c12" is not null) then false else true end as n22, case when ("define_21"."c1" is not null) then true when (not "define_21"."c5") then ("define_21"."c6" is not null) when ("define_21"."c12" is not null) then true else null end as n23, case when ("define_21"."c1" is not null) then "define_21"."c1" when (not "define_21"."c5") then "define_21"."c6" when ("define_21"."c12" is not null) then "define_21"."c12" else null end as n24, case when ("define_21"."c1" is not null) then "define_21"."c2" when (not "define_21"."c5") then "define_21"."c7" when ("define_21"."c12" is not null) then "define_21"."c13" else null end as n25, case when ("define_21"."c1" is not null) then "define_21"."c3" when (not "define_21"."c5") then "define_21"."c8" when ("define_21"."c12" is not null) then "define_21"."c14" else null end as n26, "outer_20"."o7" as "s0_pid", "outer_20"."o0" as n28, "outer_20"."o1" as n29, "outer_20"."o2" as n30, "outer_20"."o3" as n31, "outer_20"."o4" as n32, "outer_20"."o5" as n33, "outer_20"."o6" as n34
      from (select distinct stage_18.n12 as "o0", stage_18.n13 as "o1", stage_18.n15 as "o2", stage_18.n3 as "o3", stage_18.n16 as "o4", stage_18.n4 as "o5", stage_18.n17 as "o6", stage_18."s0_pid" as "o7" from stage_18) as "outer_20"
      cross join "DepressionScreeningAndFollowUp.Most Recent Positive Screening" as "define_21"
      where "outer_20"."o6"
        and ("define_21"."pid" = "outer_20"."o7")
    ),
    stage_37 as (
      select (stage_27.n24 is null) as n35, cql_wall(stage_27.n25, stage_27.n26) as n36, stage_27."s0_pid" as "s0_pid", stage_27.n28 as n28, stage_27.n29 as n29, stage_27.n30 as n30, stage_27.n31 as n31, stage_27.n32 as n32, stage_27.n33 as n33, stage_27.n34 as n34, stage_27.n22 as n22, stage_27.n23 as n23, stage_27.n24 as n24, stage_27.n25 as n25, stage_27.n26 as n26
      from stage_27
    ),
    stage_40 as (
      select (stage_37.n36 + to_milliseconds(1)) as n38, case when stage_37.n22 then null else case when stage_37.n23 then case when stage_37.n35 then 0::smallint else stage_37.n26 end else stage_37.n26 end end as n39, stage_37."s0_pid" as "s0_pid", stage_37.n28 as n28, stage_37.n29 as n29, stage_37.n30 as n30, stage_37.n31 as n31, stage_37.n32 as n32, stage_37.n33 as n33, stage_37.n34 as n34, stage_37.n22 as n22, stage_37.n23 as n23, stage_37.n24 as n24, stage_37.n25 as n25, stage_37.n26 as n26, stage_37.n35 as n35, stage_37.n36 as n36
      from stage_37
    ),
    stage_43 as (
      select date_trunc('day', cql_wall(case when stage_40.n22 then null else case when stage_40.n23 then case when stage_40.n35 then timestamp '0001-01-01 00:00:00.000' else stage_40.n24 end else cql_instant(stage_40.n38, stage_40.n26) end end, stage_40.n39)) as n41, date_trunc('day', cql_wall(case when stage_40.n22 then null else case when stage_40.n23 then case when stage_40.n35 then timestamp '0001-01-01 00:00:00.000' else stage_40.n25 end else cql_instant(((stage_40.n38 + cql_own_unit(cql_wall(stage_40.n24, stage_40.n26), stage_40.n36)) + to_milliseconds(-1)), stage_40.n26) end end, stage_40.n39)) as n42, stage_40."s0_pid" as "s0_pid", stage_40.n28 as n28, stage_40.n29 as n29, stage_40.n30 as n30, stage_40.n31 as n31, stage_40.n32 as n32, stage_40.n33 as n33, stage_40.n34 as n34
      from stage_40
    ),
    stage_45 as (
      select (stage_43.n41 = stage_43.n42) as n44, stage_43."s0_pid" as "s0_pid", stage_43.n28 as n28, stage_43.n29 as n29, stage_43.n30 as n30, stage_43.n31 as n31, stage_43.n32 as n32, stage_43.n33 as n33, stage_43.n34 as n34, stage_43.n41 as n41, stage_43.n42 as n42
      from stage_43
    )
    select distinct stage_45.n28 as "o0", stage_45.n29 as "o1", stage_45.n30 as "o2", stage_45.n31 as "o3", stage_45.n32 as "o4", stage_45.n33 as "o5", stage_45.n34 as "o6", stage_45."s0_pid" as "o7", true as "found"
    from stage_45
    where case when ((stage_45.n28 < stage_45.n41) or ((stage_45.n29 = stage_45.n41) and stage_45.n30 and stage_45.n44)) then true when (stage_45.n29 > stage_45.n42) then false else null end
      and case when ((stage_45.n42 < stage_45.n31) or ((stage_45.n41 = stage_45.n31) and stage_45.n44 and stage_45.n32)) then true when (stage_45.n41 > stage_45.n33) then false else null end
  ) as "exists_46" on "exists_46"."o0" is not distinct from stage_18.n12 and "exists_46"."o1" is not distinct from stage_18.n13 and "exists_46"."o2" is not distinct from stage_18.n15 and "exists_46"."o3" is not distinct from stage_18.n3 and "exists_46"."o4" is not distinct from stage_18.n16 and "exists_46"."o5" is not distinct from stage_18.n4 and "exists_46"."o6" is not distinct from stage_18.n17 and "exists_46"."o7" is not distinct from stage_18."s0_pid"
)
select stage_47."s0_pid" as "pid", stage_47."s0_c0" as "c0", stage_47."s0_c1" as "c1", stage_47."s0_c2" as "c2", stage_47."s0_c3" as "c3", stage_47."s0_c4" as "c4", stage_47."s0_c5" as "c5", stage_47."s0_c6" as "c6", stage_47."s0_c7" as "c7", stage_47."s0_c8" as "c8"
from stage_47
where stage_47.n19;

-- DepressionScreeningAndFollowUp.Antidepressants Ordered After Positive Screening
create or replace temp table "DepressionScreeningAndFollowUp.Antidepressants Ordered After Positive Screening" as
with stage_6 as (
  select "block_1"."pid" as "s8_pid", "block_1"."c3" as "s8_c3", "block_1"."c5" as "s8_c5", "block_1"."c4" as "s8_c4", "block_1"."c0" as "s8_c0"
  from (
    select distinct on ("block_2"."pid", "block_2"."c0") "block_2"."c0" as "c0", "block_2"."pid" as "pid", "block_2"."c1" as "c1", "block_2"."c2" as "c2", "block_2"."c3" as "c3", "block_2"."c4" as "c4", "block_2"."c5" as "c5", "block_2"."c6" as "c6"
    from (
      (select "medicationrequest_3"."rid" as "c0", "medicationrequest_3"."pid" as "pid", "medicationrequest_3"."status" as "c1", "medicationrequest_3"."intent" as "c2", struct_extract("medicationrequest_3"."authoredOn", 'lo') as "c3", struct_extract("medicationrequest_3"."authoredOn", 'hi') as "c4", struct_extract("medicationrequest_3"."authoredOn", 'zone') as "c5", "medicationrequest_3"."doNotPerform" as "c6"
      from fhir."MedicationRequest" as "medicationrequest_3"
      where "medicationrequest_3"."medicationCodeableConcept" in (select key from temp.code_set_member where set_id = 30))
      union all
      (select "medicationrequest_4"."rid" as "c0", "medicationrequest_4"."pid" as "pid", "medicationrequest_4"."status" as "c1", "medicationrequest_4"."intent" as "c2", struct_extract("medicationrequest_4"."authoredOn", 'lo') as "c3", struct_extract("medicationrequest_4"."authoredOn", 'hi') as "c4", struct_extract("medicationrequest_4"."authoredOn", 'zone') as "c5", "medicationrequest_4"."doNotPerform" as "c6"
      from fhir."MedicationRequest" as "medicationrequest_4"
      where ("medicationrequest_4"."medicationReference" is not null)
        and (split_part(struct_extract("medicationrequest_4"."medicationReference", 'reference'), '/', -1) in (
        select "medication_5"."id" as "key"
        from fhir."Medication" as "medication_5"
        where "medication_5"."code" in (select key from temp.code_set_member where set_id = 30)
      )))
    ) as "block_2"
  ) as "block_1"
  where ("block_1"."c1" in ('active', 'completed'))
    and ("block_1"."c2" in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'))
    and (not ("block_1"."c6" is not distinct from true))
),
stage_9 as (
  select date_trunc('day', cql_wall(stage_6."s8_c3", stage_6."s8_c5")) as n7, date_trunc('day', cql_wall(stage_6."s8_c4", stage_6."s8_c5")) as n8, stage_6."s8_pid" as "s8_pid", stage_6."s8_c0" as "s8_c0"
  from stage_6
),
stage_31 as (
  select coalesce("exists_30"."found", false) as n10, stage_9."s8_pid" as "s8_pid", stage_9."s8_c0" as "s8_c0"
  from stage_9
  left join (
    with stage_15 as (
      select case when "define_12"."c2" then null else case when ("define_12"."c6" is null) then 0::smallint else "define_12"."c8" end end as n14, "define_12"."c2" as "s7_c2", "define_12"."c6" as "s7_c6", "define_12"."c7" as "s7_c7", "outer_11"."o2" as "s8_pid", "outer_11"."o0" as n16, "outer_11"."o1" as n17
      from (select distinct stage_9.n7 as "o0", stage_9.n8 as "o1", stage_9."s8_pid" as "o2" from stage_9) as "outer_11"
      cross join "DepressionScreeningAndFollowUp.Visits With Positive Screening" as "define_12"
      left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_13" on ("define_13"."pid" = "define_12"."pid")
      where case when ((case when ("define_13"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_13"."c1" end < "outer_11"."o0") or ((case when ("define_13"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_13"."c0" end = "outer_11"."o0") and (case when ("define_13"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_13"."c1" end = "outer_11"."o1"))) then true when (case when ("define_13"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_13"."c0" end > "outer_11"."o1") then false else null end
        and ("define_12"."pid" = "outer_11"."o2")
    ),
    stage_20 as (
      select date_trunc('day', cql_wall(case when stage_15."s7_c2" then null else case when (stage_15."s7_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_15."s7_c6" end end, stage_15.n14)) as n18, date_trunc('day', cql_wall(case when stage_15."s7_c2" then null else case when (stage_15."s7_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_15."s7_c7" end end, stage_15.n14)) as n19, stage_15."s8_pid" as "s8_pid", stage_15.n16 as n16, stage_15.n17 as n17
      from stage_15
    ),
    stage_22 as (
      select cql_date_days(stage_20.n18, stage_20.n19, 2) as n21, stage_20."s8_pid" as "s8_pid", stage_20.n16 as n16, stage_20.n17 as n17, stage_20.n18 as n18, stage_20.n19 as n19
      from stage_20
    ),
    stage_24 as (
      select cql_in_range((stage_22.n18 + stage_22.n21)) as n23, stage_22."s8_pid" as "s8_pid", stage_22.n16 as n16, stage_22.n17 as n17, stage_22.n18 as n18, stage_22.n19 as n19, stage_22.n21 as n21
      from stage_22
    ),
    stage_26 as (
      select (stage_24.n23 is null) as n25, stage_24."s8_pid" as "s8_pid", stage_24.n16 as n16, stage_24.n17 as n17, stage_24.n18 as n18, stage_24.n19 as n19, stage_24.n21 as n21, stage_24.n23 as n23
      from stage_24
    ),
    stage_29 as (
      select case when stage_26.n25 then timestamp '9999-12-31 00:00:00.000' else stage_26.n23 end as n27, case when stage_26.n25 then timestamp '9999-12-31 00:00:00.000' else cql_in_range(cql_date_end_after(stage_26.n18, stage_26.n19, stage_26.n21)) end as n28, stage_26."s8_pid" as "s8_pid", stage_26.n16 as n16, stage_26.n17 as n17
      from stage_26
    )
    select distinct stage_29.n16 as "o0", stage_29.n17 as "o1", stage_29."s8_pid" as "o2", true as "found"
    from stage_29
    where case when ((stage_29.n17 < stage_29.n27) or ((stage_29.n16 = stage_29.n27) and (stage_29.n17 = stage_29.n28))) then true when (stage_29.n16 > stage_29.n28) then false else null end
  ) as "exists_30" on "exists_30"."o0" is not distinct from stage_9.n7 and "exists_30"."o1" is not distinct from stage_9.n8 and "exists_30"."o2" is not distinct from stage_9."s8_pid"
)
select stage_31."s8_pid" as "pid", stage_31."s8_c0" as "c0"
from stage_31
where stage_31.n10;

-- DepressionScreeningAndFollowUp.Referrals Ordered After Positive Screening
create or replace temp table "DepressionScreeningAndFollowUp.Referrals Ordered After Positive Screening" as
with stage_2 as (
  select "servicerequest_1"."pid" as "s2_pid", "servicerequest_1"."authoredOn" as "s2_authoredOn", "servicerequest_1"."rid" as "s2_rid"
  from fhir."ServiceRequest" as "servicerequest_1"
  where "servicerequest_1"."code" in (select key from temp.code_set_member where set_id in (31, 32))
    and ("servicerequest_1"."status" in ('active', 'completed'))
    and ("servicerequest_1"."intent" in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'))
    and (not ("servicerequest_1"."doNotPerform" is not distinct from true))
),
stage_5 as (
  select date_trunc('day', cql_wall(struct_extract(stage_2."s2_authoredOn", 'lo'), struct_extract(stage_2."s2_authoredOn", 'zone'))) as n3, date_trunc('day', cql_wall(struct_extract(stage_2."s2_authoredOn", 'hi'), struct_extract(stage_2."s2_authoredOn", 'zone'))) as n4, stage_2."s2_pid" as "s2_pid", stage_2."s2_rid" as "s2_rid"
  from stage_2
),
stage_26 as (
  select (stage_5."s2_rid" in (
    with stage_11 as (
      select case when "define_8"."c2" then null else case when ("define_8"."c6" is null) then 0::smallint else "define_8"."c8" end end as n10, "define_8"."c2" as "s1_c2", "define_8"."c6" as "s1_c6", "define_8"."c7" as "s1_c7", "outer_7"."o0" as "s2_rid", "outer_7"."o1" as n12, "outer_7"."o2" as n13
      from (select stage_5."s2_rid" as "o0", stage_5.n3 as "o1", stage_5.n4 as "o2", stage_5."s2_pid" as "o3" from stage_5) as "outer_7"
      cross join "DepressionScreeningAndFollowUp.Visits With Positive Screening" as "define_8"
      left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_9" on ("define_9"."pid" = "define_8"."pid")
      where case when ((case when ("define_9"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_9"."c1" end < "outer_7"."o1") or ((case when ("define_9"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_9"."c0" end = "outer_7"."o1") and (case when ("define_9"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_9"."c1" end = "outer_7"."o2"))) then true when (case when ("define_9"."c0" is null) then timestamp '0001-01-01 00:00:00.000' else "define_9"."c0" end > "outer_7"."o2") then false else null end
        and ("define_8"."pid" = "outer_7"."o3")
    ),
    stage_16 as (
      select date_trunc('day', cql_wall(case when stage_11."s1_c2" then null else case when (stage_11."s1_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_11."s1_c6" end end, stage_11.n10)) as n14, date_trunc('day', cql_wall(case when stage_11."s1_c2" then null else case when (stage_11."s1_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_11."s1_c7" end end, stage_11.n10)) as n15, stage_11."s2_rid" as "s2_rid", stage_11.n12 as n12, stage_11.n13 as n13
      from stage_11
    ),
    stage_18 as (
      select cql_date_days(stage_16.n14, stage_16.n15, 2) as n17, stage_16."s2_rid" as "s2_rid", stage_16.n12 as n12, stage_16.n13 as n13, stage_16.n14 as n14, stage_16.n15 as n15
      from stage_16
    ),
    stage_20 as (
      select cql_in_range((stage_18.n14 + stage_18.n17)) as n19, stage_18."s2_rid" as "s2_rid", stage_18.n12 as n12, stage_18.n13 as n13, stage_18.n14 as n14, stage_18.n15 as n15, stage_18.n17 as n17
      from stage_18
    ),
    stage_22 as (
      select (stage_20.n19 is null) as n21, stage_20."s2_rid" as "s2_rid", stage_20.n12 as n12, stage_20.n13 as n13, stage_20.n14 as n14, stage_20.n15 as n15, stage_20.n17 as n17, stage_20.n19 as n19
      from stage_20
    ),
    stage_25 as (
      select case when stage_22.n21 then timestamp '9999-12-31 00:00:00.000' else stage_22.n19 end as n23, case when stage_22.n21 then timestamp '9999-12-31 00:00:00.000' else cql_in_range(cql_date_end_after(stage_22.n14, stage_22.n15, stage_22.n17)) end as n24, stage_22."s2_rid" as "s2_rid", stage_22.n12 as n12, stage_22.n13 as n13
      from stage_22
    )
    select stage_25."s2_rid" as "o0"
    from stage_25
    where case when ((stage_25.n13 < stage_25.n23) or ((stage_25.n12 = stage_25.n23) and (stage_25.n13 = stage_25.n24))) then true when (stage_25.n12 > stage_25.n24) then false else null end
  )) as n6, stage_5."s2_pid" as "s2_pid", stage_5."s2_rid" as "s2_rid"
  from stage_5
)
select stage_26."s2_pid" as "pid", stage_26."s2_rid" as "c0"
from stage_26
where stage_26.n6;

-- DepressionScreeningAndFollowUp.Follow-Up Care After Positive Screening
create or replace temp table "DepressionScreeningAndFollowUp.Follow-Up Care After Positive Screening" as
with stage_7 as (
  select case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then false when ("procedure_1"."performedPeriod" is not null) then ("procedure_1"."performedPeriod" is null) when ("procedure_1"."performedAge" is not null) then false when ("procedure_1"."performedRange" is not null) then false else true end as n2, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then true when ("procedure_1"."performedPeriod" is not null) then (struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'lo') is not null) when ("procedure_1"."performedAge" is not null) then true when ("procedure_1"."performedRange" is not null) then true else null end as n3, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("procedure_1"."performedAge", 'code'), struct_extract("procedure_1"."performedAge", 'unit'), '1'))) as n4, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'code'), struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'unit'), '1'))) as n5, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then struct_extract("procedure_1"."performedDateTime", 'zone') when ("procedure_1"."performedPeriod" is not null) then struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'zone') when ("procedure_1"."performedAge" is not null) then 0::smallint when ("procedure_1"."performedRange" is not null) then 0::smallint else null end as n6, "procedure_1"."pid" as "s2_pid", "procedure_1"."performedDateTime" as "s2_performedDateTime", "procedure_1"."performedPeriod" as "s2_performedPeriod", "procedure_1"."performedAge" as "s2_performedAge", "procedure_1"."performedRange" as "s2_performedRange", "procedure_1"."rid" as "s2_rid"
  from fhir."Procedure" as "procedure_1"
  where "procedure_1"."code" in (select key from temp.code_set_member where set_id = 32)
    and ("procedure_1"."status" = 'completed')
),
stage_24 as (
  select (stage_7.n4 = 'year') as n8, (stage_7.n4 = 'month') as n9, (stage_7.n4 = 'week') as n10, (stage_7.n4 = 'day') as n11, (stage_7.n4 = 'hour') as n12, (stage_7.n4 = 'minute') as n13, (stage_7.n4 = 'second') as n14, (stage_7.n4 = 'millisecond') as n15, (stage_7.n5 = 'year') as n16, (stage_7.n5 = 'month') as n17, (stage_7.n5 = 'week') as n18, (stage_7.n5 = 'day') as n19, (stage_7.n5 = 'hour') as n20, (stage_7.n5 = 'minute') as n21, (stage_7.n5 = 'second') as n22, (stage_7.n5 = 'millisecond') as n23, stage_7."s2_pid" as "s2_pid", stage_7."s2_performedDateTime" as "s2_performedDateTime", stage_7."s2_performedPeriod" as "s2_performedPeriod", stage_7."s2_performedAge" as "s2_performedAge", stage_7."s2_performedRange" as "s2_performedRange", stage_7."s2_rid" as "s2_rid", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n6 as n6
  from stage_7
),
stage_27 as (
  select cast(trunc((cast(trunc((struct_extract(stage_24."s2_performedAge", 'value') * 1000)) as bigint) / 86400000)) as bigint) as n25, cast(trunc((cast(trunc((struct_extract(struct_extract(stage_24."s2_performedRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint) as n26, stage_24."s2_pid" as "s2_pid", stage_24."s2_performedDateTime" as "s2_performedDateTime", stage_24."s2_performedPeriod" as "s2_performedPeriod", stage_24."s2_performedAge" as "s2_performedAge", stage_24."s2_performedRange" as "s2_performedRange", stage_24."s2_rid" as "s2_rid", stage_24.n2 as n2, stage_24.n3 as n3, stage_24.n6 as n6, stage_24.n8 as n8, stage_24.n9 as n9, stage_24.n10 as n10, stage_24.n11 as n11, stage_24.n12 as n12, stage_24.n13 as n13, stage_24.n14 as n14, stage_24.n15 as n15, stage_24.n16 as n16, stage_24.n17 as n17, stage_24.n18 as n18, stage_24.n19 as n19, stage_24.n20 as n20, stage_24.n21 as n21, stage_24.n22 as n22, stage_24.n23 as n23
  from stage_24
),
stage_46 as (
  select (struct_extract(stage_27."s2_performedDateTime", 'lo') is not null) as n28, struct_extract(stage_27."s2_performedDateTime", 'lo') as n29, (stage_27."s2_performedPeriod" is not null) as n30, struct_extract(struct_extract(stage_27."s2_performedPeriod", 'start'), 'lo') as n31, (stage_27."s2_performedAge" is not null) as n32, cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) as n33, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) * 7)) as bigint) as n34, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 24)) as bigint) as n35, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 1440)) as bigint) as n36, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 86400000)) as bigint) as n37, (stage_27."s2_performedRange" is not null) as n38, cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) as n39, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) * 7)) as bigint) as n40, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 24)) as bigint) as n41, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 1440)) as bigint) as n42, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 86400000)) as bigint) as n43, struct_extract(stage_27."s2_performedDateTime", 'hi') as n44, struct_extract(struct_extract(stage_27."s2_performedPeriod", 'start'), 'hi') as n45, stage_27."s2_pid" as "s2_pid", stage_27."s2_rid" as "s2_rid", stage_27.n2 as n2, stage_27.n3 as n3, stage_27.n6 as n6, stage_27.n8 as n8, stage_27.n9 as n9, stage_27.n10 as n10, stage_27.n11 as n11, stage_27.n12 as n12, stage_27.n13 as n13, stage_27.n14 as n14, stage_27.n15 as n15, stage_27.n16 as n16, stage_27.n17 as n17, stage_27.n18 as n18, stage_27.n19 as n19, stage_27.n20 as n20, stage_27.n21 as n21, stage_27.n22 as n22, stage_27.n23 as n23, stage_27.n25 as n25, stage_27.n26 as n26
  from stage_27
),
stage_77 as (
  select (stage_46."s2_rid" in (
    with stage_55 as (
      select case when "outer_48"."o3" then "outer_48"."o4" when "outer_48"."o5" then "outer_48"."o6" when "outer_48"."o7" then cql_in_range(case when "outer_48"."o8" then ("define_50"."c1" + cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o10" then ("define_50"."c1" + cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o11" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o12")) when "outer_48"."o13" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o14" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o15")) when "outer_48"."o16" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o17")) when "outer_48"."o18" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o19")) when "outer_48"."o20" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o21")) else null end) when "outer_48"."o22" then cql_in_range(case when "outer_48"."o23" then ("define_50"."c1" + cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o25" then ("define_50"."c1" + cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o26" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o27")) when "outer_48"."o28" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o29" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o30")) when "outer_48"."o31" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o32")) when "outer_48"."o33" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o34")) when "outer_48"."o35" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o36")) else null end) else null end as n52, case when "outer_48"."o3" then "outer_48"."o37" when "outer_48"."o5" then "outer_48"."o38" when "outer_48"."o7" then (cql_in_range(case when "outer_48"."o8" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o10" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o11" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o12")) when "outer_48"."o13" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o14" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o15")) when "outer_48"."o16" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o17")) when "outer_48"."o18" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o19")) when "outer_48"."o20" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o21")) else null end) + interval '1 day -1 millisecond') when "outer_48"."o22" then (cql_in_range(case when "outer_48"."o23" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o25" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o26" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o27")) when "outer_48"."o28" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o29" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o30")) when "outer_48"."o31" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o32")) when "outer_48"."o33" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o34")) when "outer_48"."o35" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o36")) else null end) + interval '1 day -1 millisecond') else null end as n53, case when "define_49"."c2" then null else case when ("define_49"."c6" is null) then 0::smallint else "define_49"."c8" end end as n54, "define_49"."c2" as "s1_c2", "define_49"."c6" as "s1_c6", "define_49"."c7" as "s1_c7", "define_51"."c0" as "s4_c0", "define_51"."c1" as "s4_c1", "outer_48"."o0" as "s2_rid", "outer_48"."o1" as n56, "outer_48"."o2" as n57, "outer_48"."o39" as n58
      from (select stage_46."s2_rid" as "o0", stage_46.n2 as "o1", stage_46.n3 as "o2", stage_46.n28 as "o3", stage_46.n29 as "o4", stage_46.n30 as "o5", stage_46.n31 as "o6", stage_46.n32 as "o7", stage_46.n8 as "o8", stage_46.n33 as "o9", stage_46.n9 as "o10", stage_46.n10 as "o11", stage_46.n34 as "o12", stage_46.n11 as "o13", stage_46.n12 as "o14", stage_46.n35 as "o15", stage_46.n13 as "o16", stage_46.n36 as "o17", stage_46.n14 as "o18", stage_46.n25 as "o19", stage_46.n15 as "o20", stage_46.n37 as "o21", stage_46.n38 as "o22", stage_46.n16 as "o23", stage_46.n39 as "o24", stage_46.n17 as "o25", stage_46.n18 as "o26", stage_46.n40 as "o27", stage_46.n19 as "o28", stage_46.n20 as "o29", stage_46.n41 as "o30", stage_46.n21 as "o31", stage_46.n42 as "o32", stage_46.n22 as "o33", stage_46.n26 as "o34", stage_46.n23 as "o35", stage_46.n43 as "o36", stage_46.n44 as "o37", stage_46.n45 as "o38", stage_46.n6 as "o39", stage_46."s2_pid" as "o40" from stage_46) as "outer_48"
      cross join "DepressionScreeningAndFollowUp.Visits With Positive Screening" as "define_49"
      left join "CatchmentCommon.Patient" as "define_50" on ("define_50"."pid" = "define_49"."pid")
      left join "DepressionScreeningAndFollowUp.Date of Most Recent Screening" as "define_51" on ("define_51"."pid" = "define_49"."pid")
      where ("define_49"."pid" = "outer_48"."o40")
    ),
    stage_63 as (
      select (stage_55.n52 is null) as n59, cql_wall(stage_55.n53, stage_55.n58) as n60, date_trunc('day', cql_wall(case when stage_55."s1_c2" then null else case when (stage_55."s1_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_55."s1_c6" end end, stage_55.n54)) as n61, date_trunc('day', cql_wall(case when stage_55."s1_c2" then null else case when (stage_55."s1_c6" is null) then timestamp '9999-12-31 23:59:59.999' else stage_55."s1_c7" end end, stage_55.n54)) as n62, stage_55."s4_c0" as "s4_c0", stage_55."s4_c1" as "s4_c1", stage_55."s2_rid" as "s2_rid", stage_55.n56 as n56, stage_55.n57 as n57, stage_55.n58 as n58, stage_55.n52 as n52, stage_55.n53 as n53
      from stage_55
    ),
    stage_67 as (
      select (stage_63.n60 + to_milliseconds(1)) as n64, case when stage_63.n56 then null else case when stage_63.n57 then case when stage_63.n59 then 0::smallint else stage_63.n58 end else stage_63.n58 end end as n65, cql_date_days(stage_63.n61, stage_63.n62, 2) as n66, stage_63."s4_c0" as "s4_c0", stage_63."s4_c1" as "s4_c1", stage_63."s2_rid" as "s2_rid", stage_63.n56 as n56, stage_63.n57 as n57, stage_63.n58 as n58, stage_63.n52 as n52, stage_63.n53 as n53, stage_63.n59 as n59, stage_63.n60 as n60, stage_63.n61 as n61, stage_63.n62 as n62
      from stage_63
    ),
    stage_71 as (
      select date_trunc('day', cql_wall(case when stage_67.n56 then null else case when stage_67.n57 then case when stage_67.n59 then timestamp '0001-01-01 00:00:00.000' else stage_67.n52 end else cql_instant(stage_67.n64, stage_67.n58) end end, stage_67.n65)) as n68, date_trunc('day', cql_wall(case when stage_67.n56 then null else case when stage_67.n57 then case when stage_67.n59 then timestamp '0001-01-01 00:00:00.000' else stage_67.n53 end else cql_instant(((stage_67.n64 + cql_own_unit(cql_wall(stage_67.n52, stage_67.n58), stage_67.n60)) + to_milliseconds(-1)), stage_67.n58) end end, stage_67.n65)) as n69, cql_in_range((stage_67.n61 + stage_67.n66)) as n70, stage_67."s4_c0" as "s4_c0", stage_67."s4_c1" as "s4_c1", stage_67."s2_rid" as "s2_rid", stage_67.n61 as n61, stage_67.n62 as n62, stage_67.n66 as n66
      from stage_67
    ),
    stage_73 as (
      select (stage_71.n70 is null) as n72, stage_71."s4_c0" as "s4_c0", stage_71."s4_c1" as "s4_c1", stage_71."s2_rid" as "s2_rid", stage_71.n61 as n61, stage_71.n62 as n62, stage_71.n66 as n66, stage_71.n68 as n68, stage_71.n69 as n69, stage_71.n70 as n70
      from stage_71
    ),
    stage_76 as (
      select case when stage_73.n72 then timestamp '9999-12-31 00:00:00.000' else stage_73.n70 end as n74, case when stage_73.n72 then timestamp '9999-12-31 00:00:00.000' else cql_in_range(cql_date_end_after(stage_73.n61, stage_73.n62, stage_73.n66)) end as n75, stage_73."s4_c0" as "s4_c0", stage_73."s4_c1" as "s4_c1", stage_73."s2_rid" as "s2_rid", stage_73.n68 as n68, stage_73.n69 as n69
      from stage_73
    )
    select stage_76."s2_rid" as "o0"
    from stage_76
    where case when ((case when (stage_76."s4_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_76."s4_c1" end < stage_76.n68) or ((case when (stage_76."s4_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_76."s4_c0" end = stage_76.n68) and (case when (stage_76."s4_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_76."s4_c1" end = stage_76.n69))) then true when (case when (stage_76."s4_c0" is null) then timestamp '0001-01-01 00:00:00.000' else stage_76."s4_c0" end > stage_76.n69) then false else null end
      and case when ((stage_76.n69 < stage_76.n74) or ((stage_76.n68 = stage_76.n74) and (stage_76.n69 = stage_76.n75))) then true when (stage_76.n68 > stage_76.n75) then false else null end
  )) as n47, stage_46."s2_pid" as "s2_pid", stage_46."s2_rid" as "s2_rid"
  from stage_46
)
select stage_77."s2_pid" as "pid", stage_77."s2_rid" as "c0"
from stage_77
where stage_77.n47;

-- DepressionScreeningAndFollowUp.Most Recent Screening Is Positive and Has Follow-Up Plan
create or replace temp table "DepressionScreeningAndFollowUp.Most Recent Screening Is Positive and Has Follow-Up Plan" as
select "patient_1"."pid" as "pid", (("patient_1"."pid" in (
  select "define_2"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Antidepressants Ordered After Positive Screening" as "define_2"
)) or ("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Referrals Ordered After Positive Screening" as "define_3"
)) or ("patient_1"."pid" in (
  select "define_4"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Follow-Up Care After Positive Screening" as "define_4"
))) as "c0"
from fhir."Patient" as "patient_1";

-- DepressionScreeningAndFollowUp.Numerator
create or replace temp table "DepressionScreeningAndFollowUp.Numerator" as
select "patient_1"."pid" as "pid", ("define_2"."c0" or "define_3"."c0") as "value"
from fhir."Patient" as "patient_1"
left join "DepressionScreeningAndFollowUp.Most Recent Screening Is Negative" as "define_2" on ("define_2"."pid" = "patient_1"."pid")
left join "DepressionScreeningAndFollowUp.Most Recent Screening Is Positive and Has Follow-Up Plan" as "define_3" on ("define_3"."pid" = "patient_1"."pid");

-- DepressionScreeningAndFollowUp.Screenings Not Done for Patient or Medical Reason
create or replace temp table "DepressionScreeningAndFollowUp.Screenings Not Done for Patient or Medical Reason" as
with stage_7 as (
  select case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then false when ("procedure_1"."performedPeriod" is not null) then ("procedure_1"."performedPeriod" is null) when ("procedure_1"."performedAge" is not null) then false when ("procedure_1"."performedRange" is not null) then false else true end as n2, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then true when ("procedure_1"."performedPeriod" is not null) then (struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'lo') is not null) when ("procedure_1"."performedAge" is not null) then true when ("procedure_1"."performedRange" is not null) then true else null end as n3, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract("procedure_1"."performedAge", 'code'), struct_extract("procedure_1"."performedAge", 'unit'), '1'))) as n4, cql_calendar_unit(cql_calendar_unit(coalesce(struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'code'), struct_extract(struct_extract("procedure_1"."performedRange", 'low'), 'unit'), '1'))) as n5, case when (struct_extract("procedure_1"."performedDateTime", 'lo') is not null) then struct_extract("procedure_1"."performedDateTime", 'zone') when ("procedure_1"."performedPeriod" is not null) then struct_extract(struct_extract("procedure_1"."performedPeriod", 'start'), 'zone') when ("procedure_1"."performedAge" is not null) then 0::smallint when ("procedure_1"."performedRange" is not null) then 0::smallint else null end as n6, "procedure_1"."pid" as "s2_pid", "procedure_1"."performedDateTime" as "s2_performedDateTime", "procedure_1"."performedPeriod" as "s2_performedPeriod", "procedure_1"."performedAge" as "s2_performedAge", "procedure_1"."performedRange" as "s2_performedRange", "procedure_1"."rid" as "s2_rid"
  from fhir."Procedure" as "procedure_1"
  where "procedure_1"."code" in (select key from temp.code_set_member where set_id = 33)
    and ("procedure_1"."status" = 'not-done')
    and "procedure_1"."statusReason" in (select key from temp.code_set_member where set_id in (34, 35))
),
stage_24 as (
  select (stage_7.n4 = 'year') as n8, (stage_7.n4 = 'month') as n9, (stage_7.n4 = 'week') as n10, (stage_7.n4 = 'day') as n11, (stage_7.n4 = 'hour') as n12, (stage_7.n4 = 'minute') as n13, (stage_7.n4 = 'second') as n14, (stage_7.n4 = 'millisecond') as n15, (stage_7.n5 = 'year') as n16, (stage_7.n5 = 'month') as n17, (stage_7.n5 = 'week') as n18, (stage_7.n5 = 'day') as n19, (stage_7.n5 = 'hour') as n20, (stage_7.n5 = 'minute') as n21, (stage_7.n5 = 'second') as n22, (stage_7.n5 = 'millisecond') as n23, stage_7."s2_pid" as "s2_pid", stage_7."s2_performedDateTime" as "s2_performedDateTime", stage_7."s2_performedPeriod" as "s2_performedPeriod", stage_7."s2_performedAge" as "s2_performedAge", stage_7."s2_performedRange" as "s2_performedRange", stage_7."s2_rid" as "s2_rid", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n6 as n6
  from stage_7
),
stage_27 as (
  select cast(trunc((cast(trunc((struct_extract(stage_24."s2_performedAge", 'value') * 1000)) as bigint) / 86400000)) as bigint) as n25, cast(trunc((cast(trunc((struct_extract(struct_extract(stage_24."s2_performedRange", 'low'), 'value') * 1000)) as bigint) / 86400000)) as bigint) as n26, stage_24."s2_pid" as "s2_pid", stage_24."s2_performedDateTime" as "s2_performedDateTime", stage_24."s2_performedPeriod" as "s2_performedPeriod", stage_24."s2_performedAge" as "s2_performedAge", stage_24."s2_performedRange" as "s2_performedRange", stage_24."s2_rid" as "s2_rid", stage_24.n2 as n2, stage_24.n3 as n3, stage_24.n6 as n6, stage_24.n8 as n8, stage_24.n9 as n9, stage_24.n10 as n10, stage_24.n11 as n11, stage_24.n12 as n12, stage_24.n13 as n13, stage_24.n14 as n14, stage_24.n15 as n15, stage_24.n16 as n16, stage_24.n17 as n17, stage_24.n18 as n18, stage_24.n19 as n19, stage_24.n20 as n20, stage_24.n21 as n21, stage_24.n22 as n22, stage_24.n23 as n23
  from stage_24
),
stage_46 as (
  select (struct_extract(stage_27."s2_performedDateTime", 'lo') is not null) as n28, struct_extract(stage_27."s2_performedDateTime", 'lo') as n29, (stage_27."s2_performedPeriod" is not null) as n30, struct_extract(struct_extract(stage_27."s2_performedPeriod", 'start'), 'lo') as n31, (stage_27."s2_performedAge" is not null) as n32, cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) as n33, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) * 7)) as bigint) as n34, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 24)) as bigint) as n35, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 1440)) as bigint) as n36, cast(trunc((cast(trunc(struct_extract(stage_27."s2_performedAge", 'value')) as bigint) / 86400000)) as bigint) as n37, (stage_27."s2_performedRange" is not null) as n38, cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) as n39, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) * 7)) as bigint) as n40, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 24)) as bigint) as n41, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 1440)) as bigint) as n42, cast(trunc((cast(trunc(struct_extract(struct_extract(stage_27."s2_performedRange", 'low'), 'value')) as bigint) / 86400000)) as bigint) as n43, struct_extract(stage_27."s2_performedDateTime", 'hi') as n44, struct_extract(struct_extract(stage_27."s2_performedPeriod", 'start'), 'hi') as n45, stage_27."s2_pid" as "s2_pid", stage_27."s2_rid" as "s2_rid", stage_27.n2 as n2, stage_27.n3 as n3, stage_27.n6 as n6, stage_27.n8 as n8, stage_27.n9 as n9, stage_27.n10 as n10, stage_27.n11 as n11, stage_27.n12 as n12, stage_27.n13 as n13, stage_27.n14 as n14, stage_27.n15 as n15, stage_27.n16 as n16, stage_27.n17 as n17, stage_27.n18 as n18, stage_27.n19 as n19, stage_27.n20 as n20, stage_27.n21 as n21, stage_27.n22 as n22, stage_27.n23 as n23, stage_27.n25 as n25, stage_27.n26 as n26
  from stage_27
),
stage_76 as (
  select (stage_46."s2_rid" in (
    with stage_55 as (
      select case when "outer_48"."o3" then "outer_48"."o4" when "outer_48"."o5" then "outer_48"."o6" when "outer_48"."o7" then cql_in_range(case when "outer_48"."o8" then ("define_50"."c1" + cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o10" then ("define_50"."c1" + cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o11" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o12")) when "outer_48"."o13" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o14" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o15")) when "outer_48"."o16" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o17")) when "outer_48"."o18" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o19")) when "outer_48"."o20" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o21")) else null end) when "outer_48"."o22" then cql_in_range(case when "outer_48"."o23" then ("define_50"."c1" + cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o25" then ("define_50"."c1" + cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o26" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o27")) when "outer_48"."o28" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o29" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o30")) when "outer_48"."o31" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o32")) when "outer_48"."o33" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o34")) when "outer_48"."o35" then ("define_50"."c1" + cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o36")) else null end) else null end as n51, case when "outer_48"."o3" then "outer_48"."o37" when "outer_48"."o5" then "outer_48"."o38" when "outer_48"."o7" then (cql_in_range(case when "outer_48"."o8" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o10" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o11" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o12")) when "outer_48"."o13" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o9")) when "outer_48"."o14" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o15")) when "outer_48"."o16" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o17")) when "outer_48"."o18" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o19")) when "outer_48"."o20" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o21")) else null end) + interval '1 day -1 millisecond') when "outer_48"."o22" then (cql_in_range(case when "outer_48"."o23" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_years("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o25" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_months("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o26" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o27")) when "outer_48"."o28" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o24")) when "outer_48"."o29" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o30")) when "outer_48"."o31" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o32")) when "outer_48"."o33" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o34")) when "outer_48"."o35" then cql_date_end_after("define_50"."c1", "define_50"."c2", cql_date_days("define_50"."c1", "define_50"."c2", "outer_48"."o36")) else null end) + interval '1 day -1 millisecond') else null end as n52, date_trunc('day', cql_wall(case when ("define_49"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_49"."c6" end, case when ("define_49"."c6" is null) then 0::smallint else "define_49"."c8" end)) as n53, date_trunc('day', cql_wall(case when ("define_49"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_49"."c7" end, case when ("define_49"."c6" is null) then 0::smallint else "define_49"."c8" end)) as n54, "define_49"."c2" as "s1_c2", "define_49"."c3" as "s1_c3", "define_49"."c4" as "s1_c4", "define_49"."c5" as "s1_c5", "outer_48"."o0" as "s2_rid", "outer_48"."o1" as n56, "outer_48"."o2" as n57, "outer_48"."o39" as n58
      from (select stage_46."s2_rid" as "o0", stage_46.n2 as "o1", stage_46.n3 as "o2", stage_46.n28 as "o3", stage_46.n29 as "o4", stage_46.n30 as "o5", stage_46.n31 as "o6", stage_46.n32 as "o7", stage_46.n8 as "o8", stage_46.n33 as "o9", stage_46.n9 as "o10", stage_46.n10 as "o11", stage_46.n34 as "o12", stage_46.n11 as "o13", stage_46.n12 as "o14", stage_46.n35 as "o15", stage_46.n13 as "o16", stage_46.n36 as "o17", stage_46.n14 as "o18", stage_46.n25 as "o19", stage_46.n15 as "o20", stage_46.n37 as "o21", stage_46.n38 as "o22", stage_46.n16 as "o23", stage_46.n39 as "o24", stage_46.n17 as "o25", stage_46.n18 as "o26", stage_46.n40 as "o27", stage_46.n19 as "o28", stage_46.n20 as "o29", stage_46.n41 as "o30", stage_46.n21 as "o31", stage_46.n42 as "o32", stage_46.n22 as "o33", stage_46.n26 as "o34", stage_46.n23 as "o35", stage_46.n43 as "o36", stage_46.n44 as "o37", stage_46.n45 as "o38", stage_46.n6 as "o39", stage_46."s2_pid" as "o40" from stage_46) as "outer_48"
      cross join "CatchmentCommon.Qualifying Encounters" as "define_49"
      left join "CatchmentCommon.Patient" as "define_50" on ("define_50"."pid" = "define_49"."pid")
      where ("define_49"."pid" = "outer_48"."o40")
    ),
    stage_61 as (
      select (stage_55.n51 is null) as n59, cql_wall(stage_55.n52, stage_55.n58) as n60, stage_55."s1_c2" as "s1_c2", stage_55."s1_c3" as "s1_c3", stage_55."s1_c4" as "s1_c4", stage_55."s1_c5" as "s1_c5", stage_55."s2_rid" as "s2_rid", stage_55.n56 as n56, stage_55.n57 as n57, stage_55.n58 as n58, stage_55.n51 as n51, stage_55.n52 as n52, stage_55.n53 as n53, stage_55.n54 as n54
      from stage_55
    ),
    stage_64 as (
      select (stage_61.n60 + to_milliseconds(1)) as n62, case when stage_61.n56 then null else case when stage_61.n57 then case when stage_61.n59 then 0::smallint else stage_61.n58 end else stage_61.n58 end end as n63, stage_61."s1_c2" as "s1_c2", stage_61."s1_c3" as "s1_c3", stage_61."s1_c4" as "s1_c4", stage_61."s1_c5" as "s1_c5", stage_61."s2_rid" as "s2_rid", stage_61.n56 as n56, stage_61.n57 as n57, stage_61.n58 as n58, stage_61.n51 as n51, stage_61.n52 as n52, stage_61.n53 as n53, stage_61.n54 as n54, stage_61.n59 as n59, stage_61.n60 as n60
      from stage_61
    ),
    stage_67 as (
      select case when stage_64.n56 then null else case when stage_64.n57 then case when stage_64.n59 then timestamp '0001-01-01 00:00:00.000' else stage_64.n51 end else cql_instant(stage_64.n62, stage_64.n58) end end as n65, date_trunc('day', cql_wall(case when stage_64.n56 then null else case when stage_64.n57 then case when stage_64.n59 then timestamp '0001-01-01 00:00:00.000' else stage_64.n52 end else cql_instant(((stage_64.n62 + cql_own_unit(cql_wall(stage_64.n51, stage_64.n58), stage_64.n60)) + to_milliseconds(-1)), stage_64.n58) end end, stage_64.n63)) as n66, stage_64."s1_c2" as "s1_c2", stage_64."s1_c3" as "s1_c3", stage_64."s1_c4" as "s1_c4", stage_64."s1_c5" as "s1_c5", stage_64."s2_rid" as "s2_rid", stage_64.n53 as n53, stage_64.n54 as n54, stage_64.n63 as n63
      from stage_64
    ),
    stage_70 as (
      select date_trunc('day', cql_wall(stage_67.n65, stage_67.n63)) as n68, (date_trunc('day', cql_wall(stage_67."s1_c3", stage_67."s1_c5")) > stage_67.n66) as n69, stage_67."s1_c2" as "s1_c2", stage_67."s1_c3" as "s1_c3", stage_67."s1_c4" as "s1_c4", stage_67."s1_c5" as "s1_c5", stage_67."s2_rid" as "s2_rid", stage_67.n53 as n53, stage_67.n54 as n54, stage_67.n65 as n65, stage_67.n66 as n66
      from stage_67
    ),
    stage_73 as (
      select (date_trunc('day', cql_wall(stage_70."s1_c4", stage_70."s1_c5")) < stage_70.n68) as n71, (stage_70.n68 = stage_70.n66) as n72, stage_70."s1_c2" as "s1_c2", stage_70."s1_c3" as "s1_c3", stage_70."s1_c5" as "s1_c5", stage_70."s1_c4" as "s1_c4", stage_70."s2_rid" as "s2_rid", stage_70.n53 as n53, stage_70.n54 as n54, stage_70.n65 as n65, stage_70.n66 as n66, stage_70.n68 as n68, stage_70.n69 as n69
      from stage_70
    ),
    stage_75 as (
      select ((date_trunc('day', cql_wall(stage_73."s1_c3", stage_73."s1_c5")) = stage_73.n68) and (date_trunc('day', cql_wall(stage_73."s1_c3", stage_73."s1_c5")) = date_trunc('day', cql_wall(stage_73."s1_c4", stage_73."s1_c5"))) and stage_73.n72) as n74, stage_73."s1_c2" as "s1_c2", stage_73."s1_c3" as "s1_c3", stage_73."s2_rid" as "s2_rid", stage_73.n53 as n53, stage_73.n54 as n54, stage_73.n65 as n65, stage_73.n66 as n66, stage_73.n68 as n68, stage_73.n69 as n69, stage_73.n71 as n71, stage_73.n72 as n72
      from stage_73
    )
    select stage_75."s2_rid" as "o0"
    from stage_75
    where case when (stage_75."s1_c2" and (stage_75.n65 is not null)) then false else (case when (stage_75."s1_c3" is not null) then case when (stage_75.n71 or stage_75.n74) then true when stage_75.n69 then false else null end else case when stage_75.n71 then true when (stage_75.n69 or stage_75.n74) then false else null end end and case when ((stage_75.n66 < stage_75.n53) or ((stage_75.n68 = stage_75.n53) and stage_75.n72 and (stage_75.n53 = stage_75.n54))) then true when (stage_75.n68 > stage_75.n54) then false else null end) end
  )) as n47, stage_46."s2_pid" as "s2_pid", stage_46."s2_rid" as "s2_rid"
  from stage_46
)
select stage_76."s2_pid" as "pid", stage_76."s2_rid" as "c0"
from stage_76
where stage_76.n47;

-- DepressionScreeningAndFollowUp.Screenings Asked But Declined
create or replace temp table "DepressionScreeningAndFollowUp.Screenings Asked But Declined" as
with stage_7 as (
  select case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then false when ("observation_1"."effectivePeriod" is not null) then ("observation_1"."effectivePeriod" is null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then false else true end as n2, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then true when ("observation_1"."effectivePeriod" is not null) then (struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') is not null) when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then true else null end as n3, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'lo') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'lo') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'lo') else null end as n4, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'hi') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'hi') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'hi') else null end as n5, case when (struct_extract("observation_1"."effectiveDateTime", 'lo') is not null) then struct_extract("observation_1"."effectiveDateTime", 'zone') when ("observation_1"."effectivePeriod" is not null) then struct_extract(struct_extract("observation_1"."effectivePeriod", 'start'), 'zone') when (struct_extract("observation_1"."effectiveInstant", 'lo') is not null) then struct_extract("observation_1"."effectiveInstant", 'zone') else null end as n6, "observation_1"."pid" as "s1_pid", "observation_1"."rid" as "s1_rid"
  from fhir."Observation" as "observation_1"
  where "observation_1"."code" in (select key from temp.code_set_member where set_id in (23, 24, 25, 26, 27))
    and ("observation_1"."status" in ('final', 'amended', 'corrected', 'cancelled'))
    and "observation_1"."dataAbsentReason" in (select key from temp.code_set_member where set_id = 36)
),
stage_10 as (
  select (stage_7.n4 is null) as n8, cql_wall(stage_7.n5, stage_7.n6) as n9, stage_7."s1_pid" as "s1_pid", stage_7."s1_rid" as "s1_rid", stage_7.n2 as n2, stage_7.n3 as n3, stage_7.n4 as n4, stage_7.n5 as n5, stage_7.n6 as n6
  from stage_7
),
stage_13 as (
  select (stage_10.n9 + to_milliseconds(1)) as n11, case when stage_10.n2 then null else case when stage_10.n3 then case when stage_10.n8 then 0::smallint else stage_10.n6 end else stage_10.n6 end end as n12, stage_10."s1_pid" as "s1_pid", stage_10."s1_rid" as "s1_rid", stage_10.n2 as n2, stage_10.n3 as n3, stage_10.n4 as n4, stage_10.n5 as n5, stage_10.n6 as n6, stage_10.n8 as n8, stage_10.n9 as n9
  from stage_10
),
stage_16 as (
  select case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n4 end else cql_instant(stage_13.n11, stage_13.n6) end end as n14, date_trunc('day', cql_wall(case when stage_13.n2 then null else case when stage_13.n3 then case when stage_13.n8 then timestamp '0001-01-01 00:00:00.000' else stage_13.n5 end else cql_instant(((stage_13.n11 + cql_own_unit(cql_wall(stage_13.n4, stage_13.n6), stage_13.n9)) + to_milliseconds(-1)), stage_13.n6) end end, stage_13.n12)) as n15, stage_13."s1_pid" as "s1_pid", stage_13."s1_rid" as "s1_rid", stage_13.n12 as n12
  from stage_13
),
stage_18 as (
  select date_trunc('day', cql_wall(stage_16.n14, stage_16.n12)) as n17, stage_16."s1_pid" as "s1_pid", stage_16."s1_rid" as "s1_rid", stage_16.n14 as n14, stage_16.n15 as n15
  from stage_16
),
stage_20 as (
  select (stage_18.n17 = stage_18.n15) as n19, stage_18."s1_pid" as "s1_pid", stage_18."s1_rid" as "s1_rid", stage_18.n14 as n14, stage_18.n15 as n15, stage_18.n17 as n17
  from stage_18
),
stage_22 as (
  select (stage_20.n14 is not null) as n21, stage_20."s1_pid" as "s1_pid", stage_20."s1_rid" as "s1_rid", stage_20.n15 as n15, stage_20.n17 as n17, stage_20.n19 as n19
  from stage_20
),
stage_26 as (
  select (stage_22."s1_rid" in (
    select "outer_24"."o0" as "o0"
    from (select stage_22."s1_rid" as "o0", stage_22.n21 as "o1", stage_22.n17 as "o2", stage_22.n19 as "o3", stage_22.n15 as "o4", stage_22."s1_pid" as "o5" from stage_22) as "outer_24"
    cross join "CatchmentCommon.Qualifying Encounters" as "define_25"
    where case when ("define_25"."c2" and "outer_24"."o1") then false else (case when ("define_25"."c3" is not null) then case when ((date_trunc('day', cql_wall("define_25"."c4", "define_25"."c5")) < "outer_24"."o2") or ((date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) = "outer_24"."o2") and (date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) = date_trunc('day', cql_wall("define_25"."c4", "define_25"."c5"))) and "outer_24"."o3")) then true when (date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) > "outer_24"."o4") then false else null end else case when (date_trunc('day', cql_wall("define_25"."c4", "define_25"."c5")) < "outer_24"."o2") then true when ((date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) > "outer_24"."o4") or ((date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) = "outer_24"."o2") and (date_trunc('day', cql_wall("define_25"."c3", "define_25"."c5")) = date_trunc('day', cql_wall("define_25"."c4", "define_25"."c5"))) and "outer_24"."o3")) then false else null end end and case when (("outer_24"."o4" < date_trunc('day', cql_wall(case when ("define_25"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_25"."c6" end, case when ("define_25"."c6" is null) then 0::smallint else "define_25"."c8" end))) or (("outer_24"."o2" = date_trunc('day', cql_wall(case when ("define_25"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_25"."c6" end, case when ("define_25"."c6" is null) then 0::smallint else "define_25"."c8" end))) and "outer_24"."o3" and (date_trunc('day', cql_wall(case when ("define_25"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_25"."c6" end, case when ("define_25"."c6" is null) then 0::smallint else "define_25"."c8" end)) = date_trunc('day', cql_wall(case when ("define_25"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_25"."c7" end, case when ("define_25"."c6" is null) then 0::smallint else "define_25"."c8" end))))) then true when ("outer_24"."o2" > date_trunc('day', cql_wall(case when ("define_25"."c6" is null) then timestamp '9999-12-31 23:59:59.999' else "define_25"."c7" end, case when ("define_25"."c6" is null) then 0::smallint else "define_25"."c8" end))) then false else null end) end
      and ("define_25"."pid" = "outer_24"."o5")
  )) as n23, stage_22."s1_pid" as "s1_pid", stage_22."s1_rid" as "s1_rid"
  from stage_22
)
select stage_26."s1_pid" as "pid", stage_26."s1_rid" as "c0"
from stage_26
where stage_26.n23;

-- DepressionScreeningAndFollowUp.Denominator Exceptions
create or replace temp table "DepressionScreeningAndFollowUp.Denominator Exceptions" as
select "patient_1"."pid" as "pid", ((not ("patient_1"."pid" in (
  select "define_2"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Depression Screenings" as "define_2"
))) and (("patient_1"."pid" in (
  select "define_3"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Screenings Not Done for Patient or Medical Reason" as "define_3"
)) or ("patient_1"."pid" in (
  select "define_4"."pid" as "key"
  from "DepressionScreeningAndFollowUp.Screenings Asked But Declined" as "define_4"
)))) as "value"
from fhir."Patient" as "patient_1";

-- DepressionScreeningAndFollowUp.Age 12 to 17 Years
create or replace temp table "DepressionScreeningAndFollowUp.Age 12 to 17 Years" as
select "patient_1"."pid" as "pid", (case when (12 <= cql_years_between("define_2"."c2", timestamp '2025-01-01 00:00:00.000')) then true when (12 > cql_years_between("define_2"."c1", timestamp '2025-01-01 00:00:00.000')) then false else null end and case when (cql_years_between("define_2"."c1", timestamp '2025-01-01 00:00:00.000') <= 17) then true when (cql_years_between("define_2"."c2", timestamp '2025-01-01 00:00:00.000') > 17) then false else null end) as "value"
from fhir."Patient" as "patient_1"
left join "DepressionScreeningAndFollowUp.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

-- DepressionScreeningAndFollowUp.Age 18 Years or Older
create or replace temp table "DepressionScreeningAndFollowUp.Age 18 Years or Older" as
select "patient_1"."pid" as "pid", case when (18 <= cql_years_between("define_2"."c2", timestamp '2025-01-01 00:00:00.000')) then true when (18 > cql_years_between("define_2"."c1", timestamp '2025-01-01 00:00:00.000')) then false else null end as "value"
from fhir."Patient" as "patient_1"
left join "DepressionScreeningAndFollowUp.Patient" as "define_2" on ("define_2"."pid" = "patient_1"."pid");

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
