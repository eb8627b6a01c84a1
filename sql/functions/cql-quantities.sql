-- CQL quantities (CQL 1.5, 2.x Quantity): comparison and conversion by UCUM.
-- Equal units compare directly. Others go through the variable cql_units, a map from unit to
-- struct(dimension, factor, shift), which holds every unit of the data and of the measure (bindUnits): a value in base
-- units is value * factor + shift. Units of different dimensions, and texts that are no units (dimension null), cannot
-- be compared: null. A unit that was not bound is an error.

create or replace macro cql_unit(unit) as getvariable('cql_units')[unit];

-- True or an error; null for a null.
create or replace macro cql_is_bound(unit) as
    case
        when unit is null then null
        when coalesce(map_contains(getvariable('cql_units'), unit), false) then true
        else cast(error('the unit ''' || unit || ''' is not bound') as boolean)
    end;

create or replace macro cql_are_comparable(unit_a, unit_b) as
    cql_is_bound(unit_a) and cql_is_bound(unit_b) and cql_unit(unit_a).dimension = cql_unit(unit_b).dimension;

create or replace macro cql_in_base_units(x, unit) as
    x::double * cql_unit(unit).factor + cql_unit(unit).shift;

-- -1, 0 or 1; values that differ by less than a double can tell are equal.
create or replace macro cql_sign(x, y) as
    case
        when abs(x - y) <= 1e-12 * greatest(abs(x), abs(y)) then 0
        when x < y then -1
        when x > y then 1
    end;

create or replace macro cql_quantity_order(a, unit_a, b, unit_b) as
    case
        when a is null or b is null then null
        when unit_a = unit_b then case when a < b then -1 when a > b then 1 when a = b then 0 end
        when cql_are_comparable(unit_a, unit_b)
            then cql_sign(cql_in_base_units(a, unit_a), cql_in_base_units(b, unit_b))
    end;

create or replace macro cql_convert_quantity(x, unit, target) as
    case
        when x is null then null
        when unit = target then x
        when cql_are_comparable(unit, target)
            then try_cast(
                (cql_in_base_units(x, unit) - cql_unit(target).shift) / cql_unit(target).factor as decimal(28, 8)
            )
    end;

-- The more granular of two units: sums are given in it.
create or replace macro cql_finer_unit(unit_a, unit_b) as
    case
        when unit_a = unit_b then unit_a
        when cql_are_comparable(unit_a, unit_b)
            then case when cql_unit(unit_a).factor <= cql_unit(unit_b).factor then unit_a else unit_b end
    end;

create or replace macro cql_add_quantity(a, unit_a, b, unit_b) as
    cql_add_decimal(
        cql_convert_quantity(a, unit_a, cql_finer_unit(unit_a, unit_b)),
        cql_convert_quantity(b, unit_b, cql_finer_unit(unit_a, unit_b))
    );

create or replace macro cql_subtract_quantity(a, unit_a, b, unit_b) as
    cql_subtract_decimal(
        cql_convert_quantity(a, unit_a, cql_finer_unit(unit_a, unit_b)),
        cql_convert_quantity(b, unit_b, cql_finer_unit(unit_a, unit_b))
    );

-- UCUM terms of products and quotients.
create or replace macro cql_unit_factor(unit) as
    case when regexp_full_match(unit, '[^./()]+') then unit else '(' || unit || ')' end;

create or replace macro cql_multiply_unit(unit_a, unit_b) as
    case
        when unit_b = '1' then unit_a
        when unit_a = '1' then unit_b
        when unit_a = unit_b and regexp_full_match(unit_a, '[a-zA-Z\[\]_]+') then unit_a || '2'
        else cql_unit_factor(unit_a) || '.' || cql_unit_factor(unit_b)
    end;

create or replace macro cql_divide_unit(unit_a, unit_b) as
    case
        when unit_b = '1' then unit_a
        when unit_a = unit_b then '1'
        else cql_unit_factor(unit_a) || '/' || cql_unit_factor(unit_b)
    end;

-- UCUM's units of time as CQL's calendar units (FHIRHelpers.ToCalendarUnit).
create or replace macro cql_calendar_unit(unit) as
    case unit
        when 'a' then 'year'
        when 'mo' then 'month'
        when 'wk' then 'week'
        when 'd' then 'day'
        when 'h' then 'hour'
        when 'min' then 'minute'
        when 's' then 'second'
        when 'ms' then 'millisecond'
        else unit
    end;

create or replace macro cql_calendar_only(unit) as
    case unit when 'a' then 'year' when 'mo' then 'month' else unit end;

-- Equivalence takes a calendar year for 365 days and a month for 30 where the other side is a definite duration.
create or replace macro cql_quantity_equivalent(a, unit_a, b, unit_b) as
    coalesce(
        case
            when (cql_calendar_only(unit_a) in ('year', 'month')) = (cql_calendar_only(unit_b) in ('year', 'month'))
                then cql_quantity_order(a, cql_calendar_only(unit_a), b, cql_calendar_only(unit_b))
            else cql_quantity_order(
                a * case cql_calendar_only(unit_a) when 'year' then 365 when 'month' then 30 else 1 end,
                case when cql_calendar_only(unit_a) in ('year', 'month') then 'day' else unit_a end,
                b * case cql_calendar_only(unit_b) when 'year' then 365 when 'month' then 30 else 1 end,
                case when cql_calendar_only(unit_b) in ('year', 'month') then 'day' else unit_b end
            )
        end = 0,
        false
    );

-- Digits after the point, without trailing zeros.
create or replace macro cql_digits(x) as
    length(regexp_extract(cast(x as varchar), '\.(\d*?)0*$', 1));

-- Equivalence of decimals: at the precision of the less precise one.
create or replace macro cql_decimal_equivalent(a, b) as
    cql_round(a, least(cql_digits(a), cql_digits(b))) = cql_round(b, least(cql_digits(a), cql_digits(b)));
