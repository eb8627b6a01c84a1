-- grain: one row per pair of records: the points and findings of the comparison, and whether it waits, is merged or apart
select identity_pair.*
from staging.identity_pair as identity_pair
