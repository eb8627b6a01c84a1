-- grain: one row per patient: whom each step of an attribution rule would name, so that a rule can be tried before it holds
select attribution_choice.*
from intermediate.attribution_choice as attribution_choice
