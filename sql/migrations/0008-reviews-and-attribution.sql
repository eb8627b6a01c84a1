-- grain: one row per pair of records that waits for somebody: undecided, and not one person already
create or replace view identity.review_pair as
select pair.*
from identity.pair as pair
inner join identity.record as l
    on l.record_id = pair.left_record
inner join identity.record as r
    on r.record_id = pair.right_record
where pair.verdict in ('same', 'review')
    and l.person_pid <> r.person_pid
    and not exists (
        select 1 from identity.decision as decision
        where decision.left_record = pair.left_record and decision.right_record = pair.right_record
    );
