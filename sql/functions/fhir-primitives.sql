-- FHIR decimals and texts.

-- Decimal text to decimal(28, 8). The cast through 64 bits takes a fiftieth of the CPU of the 128-bit one;
-- what it cannot hold (or what is no number, which fails the statement) goes the long way.
create or replace macro fhir_decimal(t) as
    coalesce(try_cast(t as decimal(18, 8))::decimal(28, 8), t::decimal(28, 8));

-- The JSON reader makes a text of an object or array where a text is asked for: may this be one?
create or replace macro fhir_may_be_json(t) as
    starts_with(t, '[') or starts_with(t, '{"') or t = '{}';
