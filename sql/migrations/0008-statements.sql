-- grain: one row per record that is compared with another in identity.pair or that people decided about: what its
-- source states, side by side for whoever decides
create table if not exists identity.statement (
    record_id varchar not null,
    family varchar,
    given varchar,
    suffix varchar,
    birth_date date,
    sex varchar,
    phones varchar[] not null,
    emails varchar[] not null,
    addresses varchar[] not null,
    identifiers varchar[] not null,
    last_updated timestamp
);
