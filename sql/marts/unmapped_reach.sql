-- grain: one row per unmapped code and value set: the patients whom the code would add to it
select * from quality.unmapped_reach order by type, system, code, canonical
