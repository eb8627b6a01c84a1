-- grain: one row per resource type and per demanded element; what is known of all its stored values
create table if not exists registry.element (
    path varchar not null,
    absent boolean not null,
    exact boolean not null,
    utc boolean not null
);
-- One row: the loads and the demand that registry.element was made from.
create table if not exists registry.element_state (
    state varchar not null
);
