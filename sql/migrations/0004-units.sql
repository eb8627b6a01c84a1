-- grain: one row per unit text that a quantity of the typed tables has
create table if not exists dictionary.unit (
    unit varchar not null
);
-- One row: the loads and the demand that dictionary.unit was made from.
create table if not exists dictionary.unit_state (
    state varchar not null
);
