-- One person across sources (docs/identity.md, docs/adr/0010). A record is a Patient of one source (registry.subject);
-- `pid` in registry.subject and registry.resource is always the record's own, in the typed tables the person's.
create schema if not exists identity;
-- Rows of typed tables as their source states them, while a row of the person stands in their place.
create schema if not exists aside;

-- One row: the rule that records are compared by.
create table if not exists identity.rule (
    rule json not null
);
-- grain: one row per pair of records that people decided about; `verdict` is same or apart
create table if not exists identity.decision (
    left_record varchar not null,
    right_record varchar not null,
    verdict varchar not null
);
-- grain: one row per pair of records that may be one person, or that a chain of such pairs connects
-- `verdict`: same, review, or apart (in a chain only: the two contradict each other)
create table if not exists identity.pair (
    left_record varchar not null,
    right_record varchar not null,
    score double not null,
    evidence struct(field varchar, outcome varchar, weight double)[] not null,
    contradictions varchar[] not null,
    verdict varchar not null
);
-- grain: one row per record whose data stand under another pid, the lowest of the person's records
create table if not exists identity.link (
    own_pid integer not null,
    pid integer not null
);
-- grain: one row per resource that says what a kept resource of another record of the person says
create table if not exists identity.same_fact (
    rid bigint not null,
    kept_rid bigint not null
);
-- grain: one row per person of several records and demographic element: the source that it is taken from
create table if not exists identity.golden_element (
    pid integer not null,
    element varchar not null,
    source varchar not null
);
-- grain: one row per resource of a person of several records: the content that schema aside has of it
create table if not exists identity.set_aside (
    rid bigint not null,
    hash ubigint not null
);
-- grain: as identity.link; the links that the typed tables follow
create table if not exists identity.settled_link (
    own_pid integer not null,
    pid integer not null
);
-- One row: the patients and the rule that identity.pair was made from.
create table if not exists identity.matched (
    state varchar not null
);
-- One row: what the typed tables were settled for.
create table if not exists identity.settled (
    state varchar not null
);

-- grain: one row per record: its own pid, that of its person, and the opaque id that it has everywhere
create or replace view identity.record as
select
    subject.pid as pid,
    coalesce(link.pid, subject.pid) as person_pid,
    subject.source as source,
    subject.id as id,
    left(sha256(subject.source || '|' || subject.id), 24) as record_id,
from registry.subject as subject
left join identity.link as link
    on link.own_pid = subject.pid;

-- grain: one row per person: the record whose pid the person has
create or replace view identity.person as
select record.pid as pid, record.source as source, record.id as id
from identity.record as record
where record.pid = record.person_pid;

-- grain: one row per person who is evaluated: with a record of a source without panels, or one that is in a panel
create or replace view registry.population as
select person.pid as pid, person.source as source, person.id as id
from identity.person as person
where person.pid in (
    select record.person_pid
    from identity.record as record
    where record.source not in (select panel.source from registry.panel as panel)
        or exists (
            select 1 from registry.panel_member as member
            where member.source = record.source and member.patient = record.id
        )
);
-- grain: one row per record whose data are kept and whose person is not evaluated
create or replace view registry.leaver as
select record.pid as pid
from identity.record as record
where record.person_pid not in (select population.pid from registry.population as population);
