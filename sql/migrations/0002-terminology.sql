-- What decides which version of a value set a measure gets, and why one may be missing (docs/packages.md).

-- Versions that a release manifest pins: an unversioned reference means the pinned version and no other.
create table if not exists terminology.pin (
    canonical varchar not null,
    version varchar not null,
    manifest varchar not null
);
-- Value sets that an import could not take, so that a failing bind can say why.
create table if not exists terminology.refused (
    canonical varchar not null,
    version varchar,
    reason varchar not null
);
-- One row: the state of dictionaries and value sets that terminology.member and list_member were made from.
create table if not exists terminology.bound (
    state varchar not null
);

-- grain: one row per canonical that has an expansion an unversioned reference may mean
-- Pinned version if there is a pin; then imported before starter, the highest version, the latest import.
create or replace view terminology.current_value_set as
select
    value_set.vs_id as vs_id,
    value_set.canonical as canonical,
    value_set.version as version,
    value_set.title as title,
    value_set.origin as origin,
from terminology.value_set as value_set
left join terminology.pin as pin using (canonical)
where pin.version is null or pin.version = value_set.version
qualify row_number() over (
    partition by value_set.canonical
    order by
        value_set.origin = 'imported' desc,
        list_transform(
            regexp_extract_all(coalesce(value_set.version, ''), '\d+'),
            lambda part: try_cast(part as hugeint)
        ) desc,
        value_set.version desc nulls last,
        value_set.vs_id desc
) = 1;
