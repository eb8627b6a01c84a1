-- CQL strings (CQL 1.5 appendix B, chapter 9) and conversions from and to strings (chapter 13).

create or replace macro cql_equivalent_text(t) as
    lower(trim(regexp_replace(t, '\s+', ' ', 'g')));

create or replace macro cql_position_of(t, pattern) as cast(instr(t, pattern) - 1 as integer);

create or replace macro cql_last_position_of(t, pattern) as
    cast(
        case
            when instr(t, pattern) = 0 then -1
            else length(t) - length(pattern) - (instr(reverse(t), reverse(pattern)) - 1)
        end
    as integer);

-- Null where the start lies outside the string; the empty string has a start of its own.
create or replace macro cql_substring(t, start, characters) as
    case
        when start = 0 or (start > 0 and start < length(t)) then substring(t, start + 1, greatest(characters, 0))
    end;

-- A null separator splits nothing.
create or replace macro cql_split(t, separator) as
    case when separator is null and t is not null then [t] else string_split(t, separator) end;

create or replace macro cql_replace_matches(t, pattern, substitution) as
    regexp_replace(t, pattern, substitution, 'g');

-- Null elements are left out; null for a list without any other.
create or replace macro cql_combine(list, separator) as
    case
        when len(list_filter(list, lambda x: x is not null)) > 0
            then list_aggregate(list_filter(list, lambda x: x is not null), 'string_agg', separator)
    end;

-- Decimals without trailing zeros, but with one digit after the point.
create or replace macro cql_decimal_text(x) as
    regexp_replace(cast(x as varchar), '(\.\d+?)0*$', '\1');

create or replace macro cql_quantity_text(x, unit) as
    regexp_replace(cql_decimal_text(x), '\.0$', '') || ' ''' || unit || '''';

-- As precise as the value is; instants are in UTC, and no offset is written.
create or replace macro cql_datetime_text(lo, hi) as
    case cql_precision(lo, hi)
        when 1 then strftime(lo, '%Y')
        when 2 then strftime(lo, '%Y-%m')
        when 3 then strftime(lo, '%Y-%m-%d')
        when 4 then strftime(lo, '%Y-%m-%dT%H')
        when 5 then strftime(lo, '%Y-%m-%dT%H:%M')
        when 6 then strftime(lo, '%Y-%m-%dT%H:%M:%S')
        when 7 then strftime(lo, '%Y-%m-%dT%H:%M:%S.%g')
    end;

-- The clock as it was stated, with its offset where that is not UTC and a time is given.
create or replace macro cql_zoned_text(lo, hi, zone) as
    cql_datetime_text(cql_wall(lo, zone), cql_wall(hi, zone)) || case
        when zone = 0 or cql_precision(lo, hi) < 4 then ''
        else format(
            '{}{:02d}:{:02d}', case when zone < 0 then '-' else '+' end, abs(zone) // 60, abs(zone) % 60
        )
    end;

create or replace macro cql_date_text(lo, hi) as
    case cql_date_precision(lo, hi)
        when 1 then strftime(lo, '%Y')
        when 2 then strftime(lo, '%Y-%m')
        when 3 then strftime(lo, '%Y-%m-%d')
    end;

create or replace macro cql_time_text(lo, hi) as
    case cql_precision(lo, hi)
        when 4 then strftime(lo, '%H')
        when 5 then strftime(lo, '%H:%M')
        when 6 then strftime(lo, '%H:%M:%S')
        when 7 then strftime(lo, '%H:%M:%S.%g')
    end;

create or replace macro cql_to_boolean(t) as
    case
        when lower(t) in ('true', 't', 'yes', 'y', '1') then true
        when lower(t) in ('false', 'f', 'no', 'n', '0') then false
    end;

create or replace macro cql_parse_integer(t) as
    case when regexp_full_match(t, '[+-]?\d+') then try_cast(t as integer) end;
create or replace macro cql_parse_long(t) as
    case when regexp_full_match(t, '[+-]?\d+') then try_cast(t as bigint) end;
create or replace macro cql_parse_decimal(t) as
    case when regexp_full_match(t, '[+-]?\d+(\.\d+)?') then try_cast(t as decimal(28, 8)) end;

-- `2014-01-01T` is how CQL writes a DateTime of day precision.
create or replace macro cql_without_bare_t(t) as regexp_replace(t, 'T$', '');

-- ISO 8601 texts; one that is malformed or no day of the calendar is null.
create or replace macro cql_parse_datetime(t) as
    case
        when regexp_full_match(
            t,
            '\d{4}(-\d\d(-\d\d(T(\d\d(:[0-5]\d(:[0-5]\d(\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?'
        ) and try_cast(fhir_instant_text(cql_without_bare_t(t)) as timestamptz) is not null
            then fhir_datetime(cql_without_bare_t(t))
    end;

create or replace macro cql_parse_date(t) as
    case
        when regexp_full_match(t, '\d{4}(-\d\d(-\d\d)?)?') and try_cast(fhir_day_text(t) as date) is not null
            then fhir_date(t)
    end;

-- The offset of a time is accepted and dropped: a time of day has none.
create or replace macro cql_parse_time(t) as
    case
        when regexp_full_match(t, 'T?([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?')
            then fhir_time(regexp_replace(regexp_replace(t, '^T', ''), '(Z|[+-]\d\d:\d\d)$', ''))
    end;

-- `5.5 'cm'`, `3 days` or `7`.
create or replace macro cql_parse_quantity_value(t) as
    case
        when regexp_full_match(t, '[+-]?\d+(\.\d+)?(\s*(''[^'']*''|years?|months?|weeks?|days?|hours?|minutes?|seconds?|milliseconds?))?')
            then try_cast(regexp_extract(t, '^[+-]?\d+(\.\d+)?') as decimal(28, 8))
    end;

create or replace macro cql_parse_quantity_unit(t) as
    case
        when cql_parse_quantity_value(t) is null then null
        when contains(t, '''') then regexp_extract(t, '''([^'']*)''', 1)
        when regexp_matches(t, '[a-z]') then regexp_extract(t, '([a-z]+?)s?$', 1)
        else '1'
    end;
