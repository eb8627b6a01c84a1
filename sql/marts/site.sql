-- grain: one row per organisation: its name, and the one that it is part of in the end
select site.*
from intermediate.site as site
