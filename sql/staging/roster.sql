-- grain: one row per roster and person that it names
select
    roster.roster as roster,
    roster.effective_from as effective_from,
    record.person_pid as pid,
    min(roster.provider_id) as provider_id,
    min(roster.site_id) as site_id,
from attribution.roster as roster
inner join identity.record as record
    on record.record_id = roster.record_id
group by roster.roster, roster.effective_from, record.person_pid
