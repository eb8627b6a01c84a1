-- CQL arithmetic (CQL 1.5 appendix B, chapter 8). A result that its type cannot hold is null; so is a division by
-- zero. Decimals are decimal(28, 8), as CQL's: results are rounded to 8 digits, half away from zero.

create or replace macro cql_to_integer(x) as try_cast(x as integer);

create or replace macro cql_add_integer(a, b) as try_cast(a::bigint + b::bigint as integer);
create or replace macro cql_add_long(a, b) as try_cast(a::hugeint + b::hugeint as bigint);
create or replace macro cql_add_decimal(a, b) as try_cast(a + b as decimal(28, 8));

create or replace macro cql_subtract_integer(a, b) as try_cast(a::bigint - b::bigint as integer);
create or replace macro cql_subtract_long(a, b) as try_cast(a::hugeint - b::hugeint as bigint);
create or replace macro cql_subtract_decimal(a, b) as try_cast(a - b as decimal(28, 8));

create or replace macro cql_multiply_integer(a, b) as try_cast(a::bigint * b::bigint as integer);
create or replace macro cql_multiply_long(a, b) as try_cast(a::hugeint * b::hugeint as bigint);
create or replace macro cql_multiply_decimal(a, b) as
    case
        when abs(a::double * b::double) < 1e20 then try_cast(a * b as decimal(28, 8))
    end;

-- A decimal as a whole number of 0.00000001, and back; exact, also where a double is not.
create or replace macro cql_units(a) as cast(a * 100000000 as hugeint);
create or replace macro cql_from_units(n) as
    try_cast(try_cast(n as decimal(29, 0)) * cast(0.00000001 as decimal(9, 8)) as decimal(28, 8));

-- Twice the quotient in whole units; its half, in nine digits, is rounded half away from zero to eight. Null for a
-- division by zero and for what is no decimal any more. Each operand stands here once: operands are texts of their own.
create or replace macro cql_divide_decimal(a, b) as
    try_cast(
        try_cast(cql_units(a) * 200000000 // cql_units(b) as decimal(29, 0)) * cast(0.000000005 as decimal(9, 9))
        as decimal(28, 8)
    );

create or replace macro cql_truncated_divide_integer(a, b) as
    case when b <> 0 then try_cast(a::bigint // b::bigint as integer) end;
create or replace macro cql_truncated_divide_long(a, b) as
    case when b <> 0 then try_cast(a::hugeint // b::hugeint as bigint) end;
create or replace macro cql_truncated_divide_decimal(a, b) as
    case when b <> 0 then try_cast(cql_units(a) // cql_units(b) as decimal(28, 8)) end;

create or replace macro cql_modulo(a, b) as case when b <> 0 then a % b end;

-- Rounding to an integer; beyond the integers the result is null.
create or replace macro cql_ceiling(a) as try_cast(ceil(a) as integer);
create or replace macro cql_floor(a) as try_cast(floor(a) as integer);
create or replace macro cql_truncate(a) as try_cast(trunc(a) as integer);

create or replace macro cql_ln(a) as case when a > 0 then try_cast(ln(a::double) as decimal(28, 8)) end;
create or replace macro cql_exp(a) as try_cast(exp(a::double) as decimal(28, 8));
create or replace macro cql_log(a, base) as
    case
        when a > 0 and base > 0 and base <> 1
            then try_cast(round(ln(a::double) / ln(base::double), 12) as decimal(28, 8))
    end;

-- power() of a double is exact for every whole result that CQL's Integer holds.
create or replace macro cql_power_integer(a, b) as try_cast(power(a::double, b::double) as integer);
create or replace macro cql_power_by_products(a, b) as
    case
        when abs(power(a::double, b::double)) < 9.3e18
            then try_cast(
                list_reduce(list_transform(range(b::bigint), lambda i: a::hugeint), lambda x, y: x * y) as bigint
            )
    end;
create or replace macro cql_power_long(a, b) as
    case
        when abs(power(a::double, b::double)) < 9007199254740992 then try_cast(power(a::double, b::double) as bigint)
        when a::hugeint is not null and b is not null then cql_power_by_products(a, b)
    end;
create or replace macro cql_power_decimal(a, b) as
    case
        when a = 0 and b < 0 then null
        when a < 0 and b <> round(b, 0) then null
        else try_cast(power(a::double, b::double) as decimal(28, 8))
    end;

create or replace macro cql_round(a, digits) as
    cast(
        case digits
            when 0 then round(a, 0)
            when 1 then round(a, 1)
            when 2 then round(a, 2)
            when 3 then round(a, 3)
            when 4 then round(a, 4)
            when 5 then round(a, 5)
            when 6 then round(a, 6)
            when 7 then round(a, 7)
            else case when digits >= 8 then a end
        end
    as decimal(28, 8));
