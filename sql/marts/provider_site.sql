-- grain: one row per practitioner with a role in effect at the end of the measurement period: where it is held, since when and until when
select provider_site.*
from intermediate.provider_site as provider_site
