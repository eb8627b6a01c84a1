-- CQL 1.5, 19.1 Collapse and 19.9 Expand over lists of closed intervals struct(lo, hi).

-- Folded as lists of one interval, because a fold's result has the type of the list's elements.
create or replace macro cql_known_intervals(intervals) as
    list_transform(
        list_sort(list_filter(intervals, lambda i: i.lo is not null and i.hi is not null)),
        lambda i: [i]
    );

-- All but the last merged interval, and the last one extended by the next. A boundary of less than full precision has
-- another end: lo_to of the start, hi_from of the end; a DateTime has the zone that it was stated with.
create or replace macro cql_extend_last(merged, next) as
    list_append(
        merged[1:len(merged) - 1],
        struct_pack(
            lo := merged[len(merged)].lo,
            lo_to := merged[len(merged)].lo_to,
            hi_from := case
                when next.hi > merged[len(merged)].hi then next.hi_from
                else merged[len(merged)].hi_from
            end,
            hi := greatest(merged[len(merged)].hi, next.hi),
            lo_zone := merged[len(merged)].lo_zone,
            hi_zone := case
                when next.hi > merged[len(merged)].hi then next.hi_zone
                else merged[len(merged)].hi_zone
            end
        )
    );

-- Start of the unit that an instant lies in: days and coarser units are those of the stated clock.
create or replace macro cql_unit_start(t, zone, unit) as
    date_trunc(unit, case when unit in ('year', 'month', 'week', 'day') then cql_wall(t, zone) else t end);

-- Intervals of instants that overlap or meet, to the given precision, become one.
create or replace macro cql_collapse_instants(intervals, unit) as
    case
        when len(cql_known_intervals(intervals)) > 0 then list_reduce(
            cql_known_intervals(intervals),
            lambda merged, next:
                case
                    when cql_unit_start(next[1].lo, next[1].lo_zone, unit) <= cql_add(
                        cql_unit_start(merged[len(merged)].hi, merged[len(merged)].hi_zone, unit), 1, unit
                    )
                        then cql_extend_last(merged, next[1])
                    else list_concat(merged, next)
                end
        )
        when intervals is not null then intervals[1:0]
    end;

-- The same for numbers, where `step` is the distance of neighbours.
create or replace macro cql_collapse_numbers(intervals, step) as
    case
        when len(cql_known_intervals(intervals)) > 0 then list_reduce(
            cql_known_intervals(intervals),
            lambda merged, next:
                case
                    when next[1].lo <= merged[len(merged)].hi + step then cql_extend_last(merged, next[1])
                    else list_concat(merged, next)
                end
        )
        when intervals is not null then intervals[1:0]
    end;

-- Starts of the parts, `amount` units long, that lie within an interval whose boundaries begin units.
create or replace macro cql_expand_instants(lo, hi, amount, unit) as
    coalesce(
        list_transform(
            range(0, (date_diff(unit, lo, hi) + 1) // amount),
            lambda part: cql_add(lo, cast(part * amount as integer), unit)
        ),
        []
    );

-- The same for decimals: boundaries are truncated to the precision of the step, given in units of 0.00000001.
create or replace macro cql_expand_numbers(lo, hi, step, precision_units) as
    coalesce(
        list_transform(
            range(
                0,
                cast(
                    (cql_units(hi) // precision_units - cql_units(lo) // precision_units + 1)
                    // (cql_units(step) // precision_units)
                as bigint)
            ),
            lambda part: cql_from_units(cql_units(lo) // precision_units * precision_units + part * cql_units(step))
        ),
        []
    );
