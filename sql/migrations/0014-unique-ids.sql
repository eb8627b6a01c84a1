-- Does an id tell the resources of a patient apart? All elements are surveyed again.
drop table registry.element;
create table registry.element (
    path varchar not null,
    absent boolean not null,
    exact boolean not null,
    daily boolean not null,
    utc boolean not null,
    unique_id boolean not null
);
delete from registry.element_state;
