-- grain: one row per cohort, also without members
with
    chronic_condition as (select * from seeds.chronic_condition),
    cohort_member as (select * from intermediate.cohort_member),

    counted as (
        select
            cohort_member.cohort_id as cohort_id,
            count(*) as members,
        from cohort_member
        group by cohort_member.cohort_id
    )

select
    chronic_condition.cohort_id as cohort_id,
    chronic_condition.title as title,
    'Within ' || chronic_condition.lookback_months || ' months: ' || chronic_condition.institutional_days
        || ' inpatient, skilled nursing or home health day or ' || chronic_condition.outpatient_days
        || ' other encounter days with a diagnosis of "' || chronic_condition.ccw_title
        || '", or an active problem on the problem list' as description,
    'Adapted from CMS Chronic Conditions Warehouse, condition ' || chronic_condition.ccw_code || ', '
        || chronic_condition.ccw_version as source,
    coalesce(counted.members, 0) as members,
from chronic_condition
left join counted using (cohort_id)
