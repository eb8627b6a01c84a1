-- grain: one row per patient with a known payer: the latest up to the end of the measurement period
with
    coverage as (select * from staging.coverage),
    run as (select * from staging.run)

select
    coverage.pid as pid,
    coverage.payer as payer,
from coverage
cross join run
where coverage.payer is not null
    and coalesce(coverage.known_on <= run.period_end, true)
qualify row_number() over (
    partition by coverage.pid
    order by coverage.precedence, coverage.known_from desc nulls last, coverage.payer
) = 1
