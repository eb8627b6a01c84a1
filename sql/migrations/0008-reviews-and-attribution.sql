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

-- Who answers for whom (docs/attribution.md): what people chose, as PostgreSQL has it.
create schema if not exists attribution;
-- At most one row, the rule that holds; without it the default of sql/staging/attribution_rule.sql.
create table if not exists attribution.rule (
    version integer not null,
    steps varchar[] not null,
    look_back_months integer not null,
    site_of varchar not null,
    top_site boolean not null
);
-- grain: one row per roster and patient record; `roster` counts up in the order of import
create table if not exists attribution.roster (
    roster integer not null,
    effective_from date not null,
    record_id varchar not null,
    provider_id varchar,
    site_id varchar
);
