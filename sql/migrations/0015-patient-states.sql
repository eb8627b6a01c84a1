-- What each patient's data were when a piece of work last looked at them: only patients with news are looked at again.
-- grain: one row per reader (the survey of elements, the units, the evaluation) and person
create table if not exists registry.patient_state (
    reader varchar not null,
    pid integer not null,
    state ubigint not null
);
-- The demand that the survey and the units are of; what is of another one is made anew as a whole.
alter table registry.element_state add column if not exists demand varchar;
alter table dictionary.unit_state add column if not exists demand varchar;
-- One row: what the normal forms of the records (identity.normal_form, made when they are first compared) are made by.
create table if not exists identity.normal_form_state (
    state varchar not null
);
-- The rule and the code by which the rows of persons of several records are made.
alter table identity.settled add column if not exists made_by varchar;
