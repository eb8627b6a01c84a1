-- grain: one row, the evaluation run that the results belong to
select
    run.run_id as run_id,
    run.period_start as period_start,
    run.period_end as period_end,
    run.data_as_of as data_as_of,
    run.engine_version as engine_version,
from results.run as run
