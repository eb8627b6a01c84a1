-- What the checks found of each patient's data, kept: the next evaluation looks at patients with news only.
-- grain: one row per check and resource that has it wrong; `pid` is the person's, null where the resource is nobody's
create table if not exists quality.fault (
    check_no integer not null,
    rid bigint not null,
    pid integer
);
-- grain: one row per type, code and person who has it; `key` is of a list of concepts where `listed`
create table if not exists quality.code_use (
    type varchar not null,
    key ubigint not null,
    listed boolean not null,
    pid integer not null,
    resources integer not null
);
-- grain: one row per reference, as its text says it, to a resource that no source has sent
create table if not exists quality.lost_reference (
    reference varchar not null,
    type varchar not null,
    id varchar not null
);
-- One row: the checks that these were made by, how many resources there were and the highest of their numbers.
create table if not exists quality.looked_at (
    checks varchar not null,
    resources bigint not null,
    last_rid bigint not null
);
