-- The warehouse's schemas and fixed tables (docs/data-model.md). Typed tables in schema fhir are made from demand.
-- No indexes and no primary keys: on big tables they cost more than everything else together.
create schema if not exists fhir;
create schema if not exists dictionary;
create schema if not exists registry;
create schema if not exists landing;
create schema if not exists terminology;
create schema if not exists results;

create table if not exists dictionary.concept (
    key ubigint not null,
    codings struct(system varchar, code varchar)[] not null
);
create table if not exists dictionary.concept_list (
    key ubigint not null,
    concepts ubigint[] not null
);
create table if not exists dictionary.display (
    system varchar,
    code varchar,
    display varchar not null
);

create table if not exists registry.subject (
    pid integer not null,
    source varchar not null,
    id varchar not null
);
create table if not exists registry.resource (
    rid bigint not null,
    pid integer,
    type varchar not null,
    id varchar not null,
    source varchar not null,
    hash ubigint not null,
    last_updated timestamp,
    file_id integer not null,
    line bigint not null
);
create table if not exists registry.demand (
    type varchar not null,
    demand json not null
);
-- One row: the highest numbers that were ever given.
create table if not exists registry.counter (
    pid integer not null,
    rid bigint not null,
    file_id integer not null
);
insert into registry.counter
select 0, 0, 0
where not exists (select 1 from registry.counter);

create table if not exists landing.file (
    file_id integer not null,
    path varchar not null,
    sha256 varchar not null,
    bytes bigint not null,
    source varchar not null,
    received_at timestamp not null
);
create table if not exists landing.quarantine (
    file_id integer not null,
    line bigint not null,
    type varchar,
    id varchar,
    reason varchar not null,
    detail varchar
);

create table if not exists terminology.value_set (
    vs_id integer not null,
    canonical varchar not null,
    version varchar,
    title varchar,
    origin varchar not null
);
create table if not exists terminology.value_set_code (
    vs_id integer not null,
    system varchar,
    code varchar not null
);
create table if not exists terminology.member (
    vs_id integer not null,
    key ubigint not null
);
create table if not exists terminology.list_member (
    vs_id integer not null,
    key ubigint not null
);
