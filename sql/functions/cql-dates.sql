-- CQL date and time arithmetic (CQL 1.5 appendix B, chapters 8 "arithmetic" and 10 "date and time").
-- Instants are UTC timestamps in milliseconds. A DateTime, Date or Time of less than full precision is given by
-- its earliest and latest instant (lo, hi); a Date has both at midnight, a Time stands on 1970-01-01. A DateTime that
-- was stated with an offset keeps it as minutes east of UTC (zone).

-- What the clock on the wall showed at an instant, and back.
create or replace macro cql_wall(t, zone) as make_timestamp(epoch_us(t) + zone * 60000000::bigint);
create or replace macro cql_instant(wall, zone) as make_timestamp(epoch_us(wall) - zone * 60000000::bigint);

-- Hours of offset, a decimal, to minutes; without offset UTC.
create or replace macro cql_zone(hours) as cast(round(coalesce(hours, 0) * 60) as smallint);
create or replace macro cql_zone_hours(zone) as cast(zone / 60 as decimal(28, 8));

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

-- Length of a value's own precision: the distance of neighbours.
create or replace macro cql_own_unit(lo, hi) as
    case
        when lo = hi then interval '1 millisecond'
        when epoch_ms(hi) - epoch_ms(lo) < 86400000 then to_milliseconds(epoch_ms(hi) - epoch_ms(lo) + 1)
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then interval '1 month'
        else interval '1 year'
    end;

create or replace macro cql_own_date_unit(lo, hi) as
    case
        when lo = hi then interval '1 day'
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then interval '1 month'
        else interval '1 year'
    end;

-- What n units mean for a DateTime or Time between lo and hi: units that are finer than its precision are turned into
-- whole units of the precision, at 365 days a year and 30 days a month (25 months after 2014 is 2016).
create or replace macro cql_years(lo, hi, n) as to_years(n);
create or replace macro cql_months(lo, hi, n) as
    case when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then to_months(n) else to_years(n // 12) end;
create or replace macro cql_days(lo, hi, n) as
    case
        when epoch_ms(hi) - epoch_ms(lo) < 86400000 then to_days(n)
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then to_months(n // 30)
        else to_years(n // 365)
    end;
create or replace macro cql_hours(lo, hi, n) as
    case when epoch_ms(hi) - epoch_ms(lo) < 3600000 then to_hours(n) else cql_days(lo, hi, n // 24) end;
create or replace macro cql_minutes(lo, hi, n) as
    case when epoch_ms(hi) - epoch_ms(lo) < 60000 then to_minutes(n) else cql_hours(lo, hi, n // 60) end;
create or replace macro cql_milliseconds(lo, hi, n) as
    case
        when lo = hi then to_milliseconds(n)
        when epoch_ms(hi) - epoch_ms(lo) < 1000 then to_milliseconds(n // 1000 * 1000)
        else cql_minutes(lo, hi, n // 60000)
    end;

-- The same for a Date, of whose units days are the finest.
create or replace macro cql_date_years(lo, hi, n) as to_years(n);
create or replace macro cql_date_months(lo, hi, n) as cql_months(lo, hi, n);
create or replace macro cql_date_days(lo, hi, n) as
    case
        when lo = hi then to_days(n)
        when epoch_ms(hi) - epoch_ms(lo) < 2678400000 then to_months(n // 30)
        else to_years(n // 365)
    end;

-- Latest instant, or last day, after adding an amount. Months are added to the first instant after the value, so that
-- the end of February becomes the end of March; a value of day precision keeps its day.
create or replace macro cql_end_after(lo, hi, amount) as
    case
        when epoch_ms(hi) - epoch_ms(lo) < 86400000 then hi + amount
        else hi + interval '1 millisecond' + amount - interval '1 millisecond'
    end;
create or replace macro cql_date_end_after(lo, hi, amount) as
    case when lo = hi then hi + amount else hi + interval '1 day' + amount - interval '1 day' end;

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

-- DateTime from its components: the first that is missing decides the precision.
create or replace macro cql_datetime(y, mo, d, h, mi, s, ms) as
    make_timestamp(
        y,
        coalesce(mo, 1),
        coalesce(d, 1),
        coalesce(h, 0),
        coalesce(mi, 0),
        coalesce(s, 0) + coalesce(ms, 0) / 1000.0
    );

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
