-- grain: one row per source: how much of what it sent can be used
select * from quality.source order by source
