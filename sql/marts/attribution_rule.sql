-- grain: one row, the rule by which patients are attributed
select attribution_rule.*
from staging.attribution_rule as attribution_rule
