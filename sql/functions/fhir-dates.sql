-- FHIR date, dateTime, instant and time texts to struct(lo timestamp, hi timestamp): the earliest and the latest
-- instant (UTC, milliseconds) of the stated precision. A dateTime or instant has a third field, zone smallint: the
-- minutes east of UTC that it was stated with, because CQL compares days as they were stated (lo + zone is what the
-- clock on the wall showed). Sessions run with TimeZone = 'UTC'.
-- A text that is no valid FHIR value fails the statement (a cast that cannot succeed, so that try() may be used
-- to find the row); it never becomes null.

-- dateTime text completed to an instant's text that a cast to timestamptz reads with its offset.
-- A plain cast to timestamp would drop the offset.
create or replace macro fhir_instant_text(t) as
    case
        when t is null then null
        when strlen(t) > 7 and t not like '____-__-__%' then 'not a FHIR date: ' || t
        when strlen(t) = 10 then t
        when substr(t, 11, 1) = 'T' and substr(t, 12, 2) < '24' and substr(t, 14, 1) = ':' and substr(t, 17, 1) = ':'
            and (strlen(t) in (19, 20, 25) or substr(t, 20, 1) = '.') then t
        when strlen(t) = 7 and substr(t, 5, 1) = '-' then t || '-01'
        when strlen(t) = 4 then t || '-01-01'
        when substr(t, 11, 1) = 'T' and substr(t, 14, 1) = ':' and strlen(t) in (16, 17, 22)
            then substr(t, 1, 16) || ':00' || substr(t, 17)
        when substr(t, 11, 1) = 'T' and strlen(t) in (13, 14, 19)
            then substr(t, 1, 13) || ':00:00' || substr(t, 14)
        else 'not a FHIR date: ' || t
    end;

-- How long after its earliest instant the latest instant of the stated precision is.
create or replace macro fhir_precision_span(t) as
    case
        when strlen(t) = 10 then interval '1 day -1 millisecond'
        when substr(t, 20, 1) = '.' then interval '0 seconds'
        when substr(t, 14, 1) = ':' and substr(t, 17, 1) = ':' then interval '0 seconds'
        when strlen(t) = 7 then interval '1 month -1 millisecond'
        when strlen(t) = 4 then interval '1 year -1 millisecond'
        when substr(t, 14, 1) = ':' then interval '1 minute -1 millisecond'
        else interval '1 hour -1 millisecond'
    end;

create or replace macro fhir_instant(t) as
    date_trunc('millisecond', make_timestamp(epoch_us(fhir_instant_text(t)::timestamptz)));

-- Is it a date, a clock of this pattern and an offset? One pattern is compared in a third of the CPU of its characters.
create or replace macro fhir_has_clock(t, clock) as
    (
        t like ('____-__-__T' || clock || '-__:__')
        or t like ('____-__-__T' || clock || 'Z')
        or t like ('____-__-__T' || clock || '+__:__')
    )
    and substr(t, 12, 2) < '24';

-- Offset text `Z` or `+hh:mm` to minutes. The offsets of North America and Europe are compared, which takes a third of
-- the CPU of reading the digits.
create or replace macro fhir_offset_minutes(t) as
    cast(
        case t
            when 'Z' then 0
            when '-05:00' then -300
            when '-04:00' then -240
            when '-06:00' then -360
            when '-07:00' then -420
            when '-08:00' then -480
            when '+00:00' then 0
            when '+01:00' then 60
            when '+02:00' then 120
            else (substr(t, 2, 2)::smallint * 60 + substr(t, 5, 2)::smallint)
                * case substr(t, 1, 1) when '-' then -1 else 1 end
        end
    as smallint);

-- Minutes from an instant to what the clock on the wall showed, which is the text without its offset.
create or replace macro fhir_zone(t, instant) as
    cast(
        (epoch_ms(substr(fhir_instant_text(t), 1, 19)::timestamp) - epoch_ms(date_trunc('second', instant))) // 60000
    as smallint);

-- The forms that nearly all data have, seconds or milliseconds with offset, go first: a quarter of the CPU.
create or replace macro fhir_datetime(t) as
    case
        when fhir_has_clock(t, '__:__:__')
            then struct_pack(
                lo := make_timestamp(epoch_us(t::timestamptz)),
                hi := make_timestamp(epoch_us(t::timestamptz)),
                zone := fhir_offset_minutes(substr(t, 20))
            )
        when fhir_has_clock(t, '__:__:__.___')
            then struct_pack(
                lo := make_timestamp(epoch_us(t::timestamptz)),
                hi := make_timestamp(epoch_us(t::timestamptz)),
                zone := fhir_offset_minutes(substr(t, 24))
            )
        when t is null then null
        -- The lambda gives the instant a name: computed, and planned, once.
        else list_transform(
            [fhir_instant(t)],
            lambda lo: struct_pack(lo := lo, hi := lo + fhir_precision_span(t), zone := fhir_zone(t, lo))
        )[1]
    end;

-- Days: both ends at midnight, the first and the last day of the stated precision.
create or replace macro fhir_day_text(t) as
    case
        when t is null then null
        when strlen(t) = 10 and substr(t, 5, 1) = '-' and substr(t, 8, 1) = '-' then t
        when strlen(t) = 7 and substr(t, 5, 1) = '-' then t || '-01'
        when strlen(t) = 4 then t || '-01-01'
        else 'not a FHIR date: ' || t
    end;

create or replace macro fhir_date(t) as
    case
        when t is null then null
        else struct_pack(
            lo := fhir_day_text(t)::timestamp,
            hi := fhir_day_text(t)::timestamp + case strlen(t)
                when 10 then interval '0 days'
                when 7 then interval '1 month -1 day'
                else interval '1 year -1 day'
            end
        )
    end;

-- Times of day stand on 1970-01-01.
create or replace macro fhir_time(t) as
    case
        when t is null then null
        else list_transform(
            [fhir_datetime('1970-01-01T' || t)],
            lambda clock: struct_pack(lo := clock.lo, hi := clock.hi)
        )[1]
    end;
