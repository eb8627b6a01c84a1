-- grain: one row per patient, measure and group in the denominator
with
    gap_status as (select * from intermediate.gap_status),
    gap_latest as (select * from intermediate.gap_latest),
    gap_closes_with as (select * from intermediate.gap_closes_with),
    gap_missing as (select * from intermediate.gap_missing),
    resource as (select * from marts.resource),
    run as (select * from staging.run),

    informed as (
        select
            gap_status.*,
            resource.rid as latest_rid,
            resource.type as latest_type,
            resource.date as latest_date,
            resource.value as latest_value,
            resource.unit as latest_unit,
            resource.value_text as latest_text,
            coalesce(gap_latest.name, resource.display, resource.type) as latest_name,
            resource.date >= run.period_start as in_period,
            coalesce(gap_missing.closes_with, gap_closes_with.closes_with) as closes_with,
            gap_missing.missing as missing,
        from gap_status
        left join gap_latest using (measure_id, group_id, pid)
        left join gap_missing using (measure_id, group_id, pid)
        left join resource
            on resource.rid = gap_latest.rid
        left join gap_closes_with
            on gap_closes_with.measure_id = gap_status.measure_id
            and gap_closes_with.group_id = gap_status.group_id
        cross join run
    ),

    -- DEQM care-gap-reason
    reasoned as (
        select
            informed.*,
            case
                when informed.gap_status = 'not-applicable' then null
                when informed.latest_rid is null then case when informed.gap_status = 'open-gap' then 'NotFound' else 'Present' end
                when informed.gap_status = 'closed-gap' and informed.latest_text is not null then 'ValueInRange'
                when informed.gap_status = 'closed-gap' then 'DateInRange'
                when not informed.in_period then 'DateOutOfRange'
                -- what is on record is not at fault: something else that the measure requires is not there
                when informed.missing is not null then 'NotFound'
                when informed.latest_text is not null then 'ValueOutOfRange'
                when informed.latest_type = 'Observation' then 'Missing'
                when informed.latest_type = 'Immunization' then 'CountOutOfRange'
                else 'InvalidAttribute'
            end as gap_reason,
        from informed
    )

select
    reasoned.pid as pid,
    reasoned.measure_id as measure_id,
    reasoned.group_id as group_id,
    reasoned.gap_status as gap_status,
    reasoned.gap_reason as gap_reason,
    case
        when reasoned.gap_status = 'not-applicable' then 'excluded or excepted by the measure'
        when reasoned.gap_reason = 'NotFound' and reasoned.latest_rid is not null
            then concat_ws(
                ' ',
                'no ' || reasoned.missing || ' in the period; last',
                reasoned.latest_name,
                reasoned.latest_text,
                'on',
                strftime(reasoned.latest_date, '%Y-%m-%d')
            )
        when reasoned.gap_reason = 'NotFound' and reasoned.closes_with is not null then 'never recorded: ' || reasoned.closes_with
        when reasoned.gap_reason = 'NotFound' then 'no evidence'
        when reasoned.gap_reason = 'DateOutOfRange'
            then 'no ' || reasoned.latest_name || ' since ' || strftime(reasoned.latest_date, '%Y-%m-%d')
        when reasoned.latest_rid is not null
            then concat_ws(' ', 'last', reasoned.latest_name, reasoned.latest_text, 'on', strftime(reasoned.latest_date, '%Y-%m-%d'))
    end as detail,
    reasoned.latest_date as latest_date,
    reasoned.latest_value as latest_value,
    reasoned.latest_unit as latest_unit,
    reasoned.latest_rid as latest_rid,
    case when reasoned.gap_status = 'open-gap' then reasoned.closes_with end as closes_with,
from reasoned
