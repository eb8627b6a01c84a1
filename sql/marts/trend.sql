-- grain: one row per measure, group and end of measurement period
with
    trend_panel as (select * from marts.trend_panel)

select
    trend_panel.measure_id as measure_id,
    trend_panel.group_id as group_id,
    trend_panel.period_end as period_end,
    sum(trend_panel.performance_denominator)::bigint as performance_denominator,
    sum(trend_panel.performance_numerator)::bigint as performance_numerator,
    sum(trend_panel.performance_numerator) / nullif(sum(trend_panel.performance_denominator), 0) as performance_rate,
from trend_panel
group by trend_panel.measure_id, trend_panel.group_id, trend_panel.period_end
