-- grain: one row per pair of records that the comparison holds to be one person, or worth looking at
select
    pair.left_record as left_record,
    pair.right_record as right_record,
    pair.score as score,
    to_json(pair.evidence)::varchar as evidence,
    pair.contradictions as contradictions,
    case
        when review_pair.left_record is not null then 'waiting'
        when l.person_pid = r.person_pid then 'merged'
        else 'apart'
    end as state,
from identity.pair as pair
inner join identity.record as l
    on l.record_id = pair.left_record
inner join identity.record as r
    on r.record_id = pair.right_record
left join identity.review_pair as review_pair
    on review_pair.left_record = pair.left_record
    and review_pair.right_record = pair.right_record
where pair.verdict in ('same', 'review')
