-- grain: one row per record that somebody may look at beside another: what its source states
select
    statement.record_id as record_id,
    record.person_pid as pid,
    record.source as source,
    statement.* exclude (record_id),
from identity.statement as statement
inner join identity.record as record
    on record.record_id = statement.record_id
