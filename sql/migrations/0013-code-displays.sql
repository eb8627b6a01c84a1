-- grain: one row per code of an imported value set whose publisher names it in words; the latest import decides
create table if not exists terminology.code_display (
    system varchar,
    code varchar not null,
    display varchar not null
);
