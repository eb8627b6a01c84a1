-- CQL date and time arithmetic (CQL 1.5 appendix B, chapters 8 "arithmetic" and 10 "date and time").
-- Instants are UTC timestamps in milliseconds. A DateTime, Date or Time of less than full precision is given by
-- its earliest and latest instant (lo, hi); a Date has both at midnight, a Time stands on 1970-01-01.

-- Precision of a DateTime or Time by its bounds:
-- 1 year, 2 month, 3 day, 4 hour, 5 minute, 6 second, 7 millisecond.
create or replace macro cql_precision(lo, hi) as
    case
        when lo = hi then 7
        when epoch_ms(hi) - epoch_ms(lo) < 1000 then 6
        when epoch_ms(hi) - epoch_ms(lo) < 60000 then 5
        when epoch_ms(hi) - epoch_ms(lo) < 3600000 then 4
        when epoch_ms(hi) - epoch_ms(lo) < 86400000 then 3
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then 2
        when lo is not null then 1
    end;

create or replace macro cql_date_precision(lo, hi) as
    case
        when lo = hi then 3
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then 2
        when lo is not null then 1
    end;

-- n units of a precision after an instant; months and years keep the day, or take the last day of the month.
create or replace macro cql_add_at(t, n, rank) as
    case rank
        when 1 then t + to_years(n)
        when 2 then t + to_months(n)
        when 3 then t + to_days(n)
        when 4 then t + to_hours(n)
        when 5 then t + to_minutes(n)
        when 6 then t + to_milliseconds(n * 1000)
        when 7 then t + to_milliseconds(n)
    end;

-- n units after an instant, by the unit's name.
create or replace macro cql_add(t, n, unit) as
    case unit
        when 'year' then t + to_years(n)
        when 'month' then t + to_months(n)
        when 'week' then t + to_days(n * 7)
        when 'day' then t + to_days(n)
        when 'hour' then t + to_hours(n)
        when 'minute' then t + to_minutes(n)
        when 'second' then t + to_milliseconds(n * 1000)
        when 'millisecond' then t + to_milliseconds(n)
    end;

-- Latest instant of the unit that begins at t.
create or replace macro cql_end_at(t, rank) as
    case rank
        when 7 then t
        when 6 then t + interval '999 milliseconds'
        when 5 then t + interval '59999 milliseconds'
        when 4 then t + interval '3599999 milliseconds'
        when 3 then t + interval '86399999 milliseconds'
        when 2 then t + interval '1 month' - interval '1 millisecond'
        when 1 then t + interval '1 year' - interval '1 millisecond'
    end;

-- Last day of the unit that begins at t.
create or replace macro cql_date_end_at(t, rank) as
    case rank
        when 3 then t
        when 2 then t + interval '1 month' - interval '1 day'
        when 1 then t + interval '1 year' - interval '1 day'
    end;

-- Milliseconds of a unit where CQL converts finer units to a coarser precision: 365 days a year, 30 days a month.
create or replace macro cql_unit_length(rank) as
    case rank
        when 1 then 365 * 86400000::bigint
        when 2 then 30 * 86400000::bigint
        when 3 then 86400000::bigint
        when 4 then 3600000::bigint
        when 5 then 60000::bigint
        when 6 then 1000::bigint
        when 7 then 1::bigint
    end;

-- n units, of a finer or the same precision, as whole units of the precision of a value: 25 months are 2 years.
create or replace macro cql_whole_units(n, unit_rank, rank) as
    case
        when unit_rank <= rank then n
        when unit_rank = 2 and rank = 1 then n // 12
        else n * cql_unit_length(unit_rank) // cql_unit_length(rank)
    end;

-- Earliest instant after adding n units (of rank unit_rank) to a DateTime or Time of any precision.
create or replace macro cql_shift(lo, hi, n, unit_rank) as
    cql_add_at(
        lo,
        cql_whole_units(n, unit_rank, cql_precision(lo, hi)),
        least(unit_rank, cql_precision(lo, hi))
    );

-- Latest instant of the same.
create or replace macro cql_shift_end(lo, hi, n, unit_rank) as
    cql_end_at(cql_shift(lo, hi, n, unit_rank), cql_precision(lo, hi));

create or replace macro cql_shift_date(lo, hi, n, unit_rank) as
    cql_add_at(
        lo,
        cql_whole_units(n, unit_rank, cql_date_precision(lo, hi)),
        least(unit_rank, cql_date_precision(lo, hi))
    );

create or replace macro cql_shift_date_end(lo, hi, n, unit_rank) as
    cql_date_end_at(cql_shift_date(lo, hi, n, unit_rank), cql_date_precision(lo, hi));

-- Time of day: past midnight it starts again.
create or replace macro cql_time_of_day(t) as
    timestamp '1970-01-01' + (t - date_trunc('day', t));

-- A result beyond the years 1 to 9999 cannot be represented and is null.
create or replace macro cql_in_range(t) as
    case when t >= timestamp '0001-01-01' and t < timestamp '10000-01-01' then t end;

-- Position inside the month, to compare two instants regardless of year and month.
create or replace macro cql_within_month(t) as
    epoch_ms(t) - epoch_ms(date_trunc('month', t));

-- Duration: complete calendar months from a to b, negative when b is earlier. 31 January to 28 February is none.
create or replace macro cql_months_between(a, b) as
    cast(
        date_diff('month', a, b)
        - case
            when b >= a and cql_within_month(b) < cql_within_month(a) then 1
            when b < a and cql_within_month(b) > cql_within_month(a) then -1
            else 0
        end
    as integer);

-- Complete years: from 29 February the year is complete on 1 March where there is no 29 February.
create or replace macro cql_years_between(a, b) as cql_months_between(a, b) // 12;

-- Complete units of fixed length.
create or replace macro cql_units_between(a, b, length) as
    cql_to_integer((epoch_ms(b) - epoch_ms(a)) // length);

create or replace macro cql_weeks_between(a, b) as cql_units_between(a, b, 604800000);
create or replace macro cql_days_between(a, b) as cql_units_between(a, b, 86400000);
create or replace macro cql_hours_between(a, b) as cql_units_between(a, b, 3600000);
create or replace macro cql_minutes_between(a, b) as cql_units_between(a, b, 60000);
create or replace macro cql_seconds_between(a, b) as cql_units_between(a, b, 1000);
create or replace macro cql_milliseconds_between(a, b) as cql_units_between(a, b, 1);

-- Difference: boundaries crossed from a to b; weeks begin on Sunday (1970-01-01 is a Thursday).
create or replace macro cql_week_number(t) as
    cast(floor((epoch_ms(date_trunc('day', t)) / 86400000 + 4) / 7) as bigint);

create or replace macro cql_difference(a, b, unit) as
    cql_to_integer(date_diff(unit, a, b));

create or replace macro cql_difference_in_weeks(a, b) as
    cql_to_integer(cql_week_number(b) - cql_week_number(a));

-- DateTime from its components: the first that is missing decides the precision. Hours of offset as a decimal.
create or replace macro cql_datetime(y, mo, d, h, mi, s, ms, offset_hours) as
    make_timestamp(
        y,
        coalesce(mo, 1),
        coalesce(d, 1),
        coalesce(h, 0),
        coalesce(mi, 0),
        coalesce(s, 0) + coalesce(ms, 0) / 1000.0
    ) - to_minutes(cast(round(coalesce(offset_hours, 0) * 60) as bigint));

create or replace macro cql_components(mo, d, h, mi, s, ms) as
    case
        when mo is null then 1
        when d is null then 2
        when h is null then 3
        when mi is null then 4
        when s is null then 5
        when ms is null then 6
        else 7
    end;

create or replace macro cql_millisecond(t) as cast(millisecond(t) % 1000 as integer);

-- Digits of a precision: YYYYMMDDHHMMSSmmm, of a Time HHMMSSmmm.
create or replace macro cql_precision_digits(rank, type) as
    case
        when type = 'Time' then [null, null, null, 2, 4, 6, 9][rank]
        else [4, 6, 8, 10, 12, 14, 17][rank]
    end;

-- A neighbour beyond the limits of its type does not exist: an error, as CQL demands.
create or replace macro cql_between(t, minimum, maximum) as
    case
        when t < minimum or t > maximum then error('no successor or predecessor beyond the limits of the type')
        else t
    end;
