-- What the warehouse holds of the landing zone's ledger, and what a source took back (docs/adr/0008).

-- One row: events of the ledger up to `sequence` are applied as a whole; of the event `deletions` the deletions are.
create table if not exists registry.applied (
    sequence bigint not null,
    deletions bigint not null
);
insert into registry.applied
select 0, 0
where not exists (select 1 from registry.applied);

-- grain: one row per resource that its source deleted and did not send again; `last_updated` of the deleted version
create table if not exists registry.deleted (
    source varchar not null,
    type varchar not null,
    id varchar not null,
    last_updated timestamp
);
-- grain: one row per resource whose patient is not there: its latest version, and whom it waits for
create table if not exists registry.waiting (
    source varchar not null,
    type varchar not null,
    id varchar not null,
    hash ubigint not null,
    last_updated timestamp,
    patient varchar not null,
    reason varchar not null,
    file_id integer not null,
    line bigint not null
);
-- grain: one row per panel that a source names completely; panel_member: one row per patient of a panel
create table if not exists registry.panel (
    source varchar not null,
    panel varchar not null
);
create table if not exists registry.panel_member (
    source varchar not null,
    panel varchar not null,
    patient varchar not null
);

-- grain: one row per patient who is evaluated: of a source without panels everybody, else who is in one of them
create or replace view registry.population as
select
    subject.pid as pid,
    subject.source as source,
    subject.id as id,
from registry.subject as subject
where subject.source not in (select panel.source from registry.panel as panel)
    or exists (
        select 1 from registry.panel_member as member
        where member.source = subject.source and member.patient = subject.id
    );
-- grain: one row per patient whose data are kept and who is not evaluated
create or replace view registry.leaver as
select subject.pid as pid
from registry.subject as subject
anti join registry.population as population using (pid);

-- grain: one row per line of a file that is not stored, and why
create or replace view landing.set_aside as
select file_id, line, type, id, reason, detail
from landing.quarantine
union all
select file_id, line, type, id, reason, null as detail
from registry.waiting;

-- An older version is nothing to put right any more: it is counted, not kept.
delete from landing.quarantine where reason = 'older-version';
