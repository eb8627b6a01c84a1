-- What CMS122, CMS130 and CMS165 share, read from the same typed tables as the compiled measures (docs/data-model.md),
-- the way an analyst writes it: what the measures ask for, and of the shapes of data those that the population has
-- (refuseUnread in hand-measure.ts stops where it has others: ages and ranges as onset, Timing, instant).
-- Parameters of the session: period_start, period_end (days), hand_set and hand_list_set (name, key).

-- Days are those that were stated, whatever the offset; a vague date (a year, a month) has a first and a last one.
create or replace temp macro first_of(stated) as (stated.lo + to_minutes(stated.zone))::date;
create or replace temp macro last_of(stated) as (stated.hi + to_minutes(stated.zone))::date;

-- On this side of a day for certain: a vague date that begins or ends with the day may be on the other side.
create or replace temp macro since(first, last, day) as (first > day or (first = day and last = day));
create or replace temp macro until(first, last, day) as (last < day or (last = day and first = day));
create or replace temp macro within(first, last, from_day, to_day) as (
    since(first, last, from_day) and until(first, last, to_day)
);

create or replace temp macro period_start() as getvariable('period_start')::date;
create or replace temp macro period_end() as getvariable('period_end')::date;
create or replace temp macro beginning() as struct_pack(lo := timestamp '0001-01-01', hi := timestamp '0001-01-01', zone := 0::smallint);
create or replace temp macro forever() as struct_pack(
    lo := timestamp '9999-12-31 23:59:59.999', hi := timestamp '9999-12-31 23:59:59.999', zone := 0::smallint
);


-- grain: one row per patient; complete years on the last day, for a birth date of any precision
create or replace temp view hand_patient as
select
    pid,
    date_diff('year', birthDate.lo, period_end()) - (strftime(birthDate.lo, '%m%d') > strftime(period_end(), '%m%d'))::int as age_at_most,
    date_diff('year', birthDate.hi, period_end()) - (strftime(birthDate.hi, '%m%d') > strftime(period_end(), '%m%d'))::int as age_at_least
from fhir."Patient";

-- grain: one row per finished encounter
create or replace temp view hand_encounter as
select
    pid, rid, id, type, class, hospitalization,
    starts.hi as starts_hi,
    first_of(starts) as starts_first,
    last_of(starts) as starts_last,
    first_of(ends) as ends_first,
    last_of(ends) as ends_last
from (
    select *, period."start" as starts, coalesce(period."end", forever()) as ends
    from fhir."Encounter"
    where status = 'finished' and period is not null
);

-- grain: one row per verified diagnosis; without onset it began before everything, without abatement an active one lasts
create or replace temp view hand_diagnosis as
select
    pid, rid, code, of_encounter,
    starts.lo as starts_lo,
    starts.hi as starts_hi,
    ends.lo as ends_lo,
    first_of(starts) as starts_first,
    last_of(starts) as starts_last,
    first_of(ends) as ends_first,
    last_of(ends) as ends_last
from (
    select
        *,
        category in (select key from hand_list_set where name = 'Encounter diagnosis category') as of_encounter,
        case
            when onsetDateTime is not null then onsetDateTime
            when onsetPeriod is not null then onsetPeriod."start"
            else beginning()
        end as starts,
        case
            when abatementDateTime is not null then abatementDateTime
            when abatementPeriod is not null then abatementPeriod."end"
            when clinicalStatus in (select key from hand_set where name = 'Active') then forever()
        end as ends
    from fhir."Condition"
    where (verificationStatus is null or verificationStatus in (select key from hand_set where name = 'Verified'))
        and category in (
            select key from hand_list_set where name in ('Encounter diagnosis category', 'Problem category')
        )
);

-- grain: one row per observation; latest is when it ended, or began where no end is known
create or replace temp view hand_any_observation as
select
    pid, rid, status, code, category, encounter, component, valueCodeableConcept, valueQuantity,
    first_of(starts) as starts_first,
    last_of(starts) as starts_last,
    first_of(ends) as ends_first,
    last_of(ends) as ends_last,
    first_of(latest) as latest_first,
    last_of(latest) as latest_last
from (
    select
        *,
        coalesce(effectiveDateTime, effectivePeriod."start") as starts,
        case
            when effectiveDateTime is not null then effectiveDateTime
            when effectivePeriod is not null then coalesce(effectivePeriod."end", forever())
        end as ends,
        coalesce(effectiveDateTime, effectivePeriod."end", effectivePeriod."start") as latest
    from fhir."Observation"
);

create or replace temp view hand_observation as
select * from hand_any_observation where status in ('final', 'amended', 'corrected');

-- grain: one row per completed procedure
create or replace temp view hand_procedure as
select
    pid, rid, code,
    ends.hi as ends_hi,
    first_of(starts) as starts_first,
    last_of(starts) as starts_last,
    first_of(ends) as ends_first,
    last_of(ends) as ends_last
from (
    select
        *,
        coalesce(performedDateTime, performedPeriod."start") as starts,
        case
            when performedDateTime is not null then performedDateTime
            when performedPeriod is not null then coalesce(performedPeriod."end", forever())
        end as ends
    from fhir."Procedure"
    where status = 'completed'
);

-- grain: one row per patient; hospice care in the period
create or replace temp table hand_hospice as
select pid from hand_encounter
where type in (select key from hand_list_set where name = 'Encounter Inpatient')
    and hospitalization.dischargeDisposition in (select key from hand_set where name = 'Discharge to hospice care')
    and within(ends_first, ends_last, period_start(), period_end())
union
select pid from hand_encounter
where type in (select key from hand_list_set where name = 'Hospice Encounter')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_observation
where code in (select key from hand_set where name = 'Hospice care assessment')
    and valueCodeableConcept in (select key from hand_set where name = 'Yes')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from fhir."ServiceRequest"
where code in (select key from hand_set where name = 'Hospice Care Ambulatory')
    and doNotPerform is distinct from true
    and status in ('active', 'completed')
    and intent in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
    and within(first_of(authoredOn), last_of(authoredOn), period_start(), period_end())
union
select pid from hand_procedure
where code in (select key from hand_set where name = 'Hospice Care Ambulatory')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_diagnosis
where code in (select key from hand_set where name = 'Hospice Diagnosis')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start());

-- grain: one row per patient; palliative care in the period
create or replace temp table hand_palliative_care as
select pid from hand_observation
where code in (select key from hand_set where name = 'Palliative care questionnaire')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_diagnosis
where code in (select key from hand_set where name = 'Palliative Care Diagnosis')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_encounter
where type in (select key from hand_list_set where name = 'Palliative Care Encounter')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_procedure
where code in (select key from hand_set where name = 'Palliative Care Intervention')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start());

-- grain: one row per patient; a sign of frailty in the period
create or replace temp table hand_frailty as
select pid from fhir."DeviceRequest"
where codeCodeableConcept in (select key from hand_set where name = 'Frailty Device')
    and status in ('active', 'completed')
    and intent in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
    and within(first_of(authoredOn), last_of(authoredOn), period_start(), period_end())
union
select pid from hand_observation
where code in (select key from hand_set where name = 'Medical equipment used')
    and valueCodeableConcept in (select key from hand_set where name = 'Frailty Device')
    and within(ends_first, ends_last, period_start(), period_end())
union
select pid from hand_diagnosis
where code in (select key from hand_set where name = 'Frailty Diagnosis')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_encounter
where type in (select key from hand_list_set where name = 'Frailty Encounter')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start())
union
select pid from hand_any_observation
where code in (select key from hand_set where name = 'Frailty Symptom')
    and status in ('preliminary', 'final', 'amended', 'corrected')
    and until(starts_first, starts_last, period_end()) and since(ends_first, ends_last, period_start());

-- grain: one row per patient; an advanced illness or a dementia drug in the period or the year before
create or replace temp table hand_advanced_illness as
with
drug_request as (
    select pid, dosageInstruction, dispenseRequest, authoredOn
    from fhir."MedicationRequest"
    where (
            medicationCodeableConcept in (select key from hand_set where name = 'Dementia Medications')
            or split_part(medicationReference.reference, '/', -1) in (
                select id from fhir."Medication"
                where code in (select key from hand_set where name = 'Dementia Medications')
            )
        )
        and doNotPerform is distinct from true
        and status = 'active'
        and intent in ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order')
),

supply as (
    select
        pid,
        dosageInstruction[1].timing.repeat.boundsPeriod as bounds,
        first_of(coalesce(
            dosageInstruction[1].timing.repeat.boundsPeriod."start",
            authoredOn,
            dispenseRequest.validityPeriod."start"
        )) as first_day,
        coalesce(
            case when dispenseRequest.expectedSupplyDuration.code = 'd' then dispenseRequest.expectedSupplyDuration.value end,
            dispenseRequest.quantity.value
            / (
                dosageInstruction[1].doseAndRate[1].doseQuantity.value
                * case
                    when dosageInstruction[1].timing.repeat.periodUnit = 'd'
                        then dosageInstruction[1].timing.repeat.frequency / dosageInstruction[1].timing.repeat.period
                    else 1
                end
            )
        ) * (1 + coalesce(dispenseRequest.numberOfRepeatsAllowed, 0)) as days
    from drug_request
)

select pid from supply
where first_day <= period_end()
    and coalesce(first_day + (days - 1)::integer, first_of(bounds."end")) >= period_start() - interval 1 year
union
select pid from hand_diagnosis
where code in (select key from hand_set where name = 'Advanced Illness')
    and within(starts_first, starts_last, (period_start() - interval 1 year)::date, period_end());

-- grain: one row per patient whose latest housing status up to the end of the period is a nursing home
create or replace temp table hand_nursing_home as
select pid from (
    select pid, arg_max(coalesce(valueCodeableConcept, 0), (ends_first, ends_last, rid)) as housing
    from hand_observation
    where code in (select key from hand_set where name = 'Housing status')
        and until(ends_first, ends_last, period_end())
    group by pid
)
where housing in (select key from hand_set where name = 'Lives in nursing home');
