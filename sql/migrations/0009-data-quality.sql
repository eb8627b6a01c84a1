-- Whether the data can be trusted (docs/data-quality.md): what is wrong with them, and what that means for measures.
create schema if not exists quality;

-- One row: the instant that dates were judged at.
create table if not exists quality.checked (
    data_as_of timestamp not null
);
-- grain: one row per check, source, type and element that has something wrong
-- `affected` of `total` resources; null where the check is about no resources of the warehouse
create table if not exists quality.finding (
    check_id varchar not null,
    class varchar not null,
    severity varchar not null,
    source varchar not null,
    type varchar,
    element varchar,
    sentence varchar not null,
    affected bigint not null,
    total bigint,
    examples varchar[] not null
);
-- grain: one row per source; `usable` and `resources` as docs/data-quality.md counts them
create table if not exists quality.source (
    source varchar not null,
    patients bigint not null,
    resources bigint not null,
    usable double not null,
    score double,
    grade varchar not null
);
-- grain: one row per measure and what it selects of one type: a value set, a code, or the whole type
create table if not exists quality.measure_input (
    measure_id varchar not null,
    type varchar not null,
    name varchar not null,
    canonical varchar,
    system varchar,
    code varchar,
    populations varchar[] not null,
    weight integer not null,
    resources bigint not null,
    usable double not null
);
-- grain: one row per measure, check and input that has something wrong
create table if not exists quality.measure_finding (
    measure_id varchar not null,
    check_id varchar not null,
    severity varchar not null,
    type varchar,
    element varchar,
    name varchar not null,
    sentence varchar not null,
    affected bigint not null,
    total bigint not null
);
-- grain: one row per measure
create table if not exists quality.measure (
    measure_id varchar not null,
    score double,
    grade varchar not null,
    reason varchar not null
);
-- grain: one row per run and source or measure: how grades went
create table if not exists quality.history (
    run_id varchar not null,
    data_as_of timestamp not null,
    scope varchar not null,
    id varchar not null,
    score double,
    grade varchar not null,
    patients bigint,
    resources bigint
);
-- grain: one row per type and code that measures look for by value set and that is in none of them, nor near-mapped yet
create table if not exists quality.unmapped_code (
    type varchar not null,
    system varchar,
    code varchar not null,
    display varchar,
    patients bigint not null,
    resources bigint not null,
    likeness varchar not null,
    target_system varchar,
    target_code varchar,
    target_display varchar,
    similarity double
);
-- grain: one row per unmapped code and value set that measures retrieve of its type: who has the code and is not in the
-- value set by another one
create table if not exists quality.unmapped_reach (
    type varchar not null,
    system varchar,
    code varchar not null,
    canonical varchar not null,
    patients bigint not null
);

-- grain: one row per code of a source that people say means another one; as PostgreSQL has it
create table if not exists terminology.code_mapping (
    system varchar not null,
    code varchar not null,
    target_system varchar not null,
    target_code varchar not null
);
