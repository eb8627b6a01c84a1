-- Normal forms in which patient records are compared (docs/identity.md). Null: nothing that identifies anybody.

-- A name: letters and digits only, without accents and case.
create or replace macro identity_name(name) as
    nullif(regexp_replace(lower(strip_accents(name)), '[^\p{L}\p{N}]', '', 'g'), '');

-- Jr, Sr, II, III, IV, wherever a name has them: as number of the generation, Sr 1.
create or replace macro identity_generation(name) as
    case regexp_extract(lower(name), '(?:^|[\s,])(jr|junior|sr|senior|ii|iii|iv|2nd|3rd|4th)\.?$', 1)
        when 'sr' then 1 when 'senior' then 1
        when 'jr' then 2 when 'junior' then 2 when 'ii' then 2 when '2nd' then 2
        when 'iii' then 3 when '3rd' then 3
        when 'iv' then 4 when '4th' then 4
    end;

-- A family name without its generation.
create or replace macro identity_family(name) as
    identity_name(regexp_replace(lower(name), '[\s,]+(jr|junior|sr|senior|ii|iii|iv|2nd|3rd|4th)\.?$', ''));

-- A given name; what is written before a child has one is no name.
create or replace macro identity_given(name) as
    case
        when regexp_matches(identity_name(name), '^(baby|babyboy|babygirl|boy|girl|newborn|infant|unknown|unk|noname|male|female)$') then null
        else identity_name(name)
    end;

-- The last ten digits of a telephone number; invented ones (all digits the same, 555-01xx for films) are none.
-- (A list of one, so that the digits are made once.)
create or replace macro identity_phone(number) as
    list_transform([right(regexp_replace(number, '\D', '', 'g'), 10)], lambda digits: case
        when len(digits) = 10
            and not regexp_matches(digits, '^(\d{3}55501\d\d|1234567890|0123456789|0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$')
            then digits
    end)[1];

create or replace macro identity_email(address) as
    case when regexp_matches(lower(trim(address)), '^[^@\s]+@[^@\s]+\.[^@\s]+$') then lower(trim(address)) end;

-- The first five characters of a postal code.
create or replace macro identity_postal(code) as
    list_transform([left(regexp_replace(upper(code), '[^0-9A-Z]', '', 'g'), 5)], lambda first: case
        when len(first) = 5 and first not in ('00000', '99999') then first
    end)[1];

-- House number and name of the street of the first line, without the word for what kind of street it is, and the
-- postal code.
create or replace macro identity_address(line, code) as
    case
        when regexp_matches(line, '\d') then identity_name(regexp_replace(
            regexp_replace(lower(line), '\b(n|s|e|w)(orth|outh|ast|est)\b', '\1', 'g'),
            '\b(street|str|st|avenue|ave|av|road|rd|drive|dr|boulevard|blvd|lane|ln|court|ct|place|pl|apartment|apt|unit|suite|ste)\b',
            '',
            'g'
        )) || '|' || identity_postal(code)
    end;

-- An identifier that a person has for life. Placeholders (all digits the same, 123456789, area 000) and cut-off ones are none.
create or replace macro identity_number(kind, number) as
    list_transform([regexp_replace(upper(number), '[^0-9A-Z]', '', 'g')], lambda bare: case
        when regexp_matches(bare, '^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$') then null
        when kind = 'us-ssn' then
            case
                when regexp_matches(bare, '^\d{9}$')
                    and not regexp_matches(bare, '^(000\d{6}|\d{3}00\d{4}|\d{5}0000|123456789|987654321|078051120|219099999)$')
                    then bare
            end
        when len(bare) >= 6 then bare
    end)[1];

-- A birth date of full precision; 1 January of 1800, 1900 and 1901 is what systems write for "not known".
create or replace macro identity_birth_date(stated) as
    case
        when stated.lo = stated.hi and stated.lo::date not in (date '1800-01-01', date '1900-01-01', date '1901-01-01')
            then stated.lo::date
    end;

-- Is a name one that people give to records which are nobody?
create or replace macro identity_is_test(family, given) as
    coalesce(regexp_matches(lower(family), '^(zz|xx)*test(patient|ing)?\d*$|^zz|^(do ?not ?use|dummy|fake)'), false)
    or coalesce(regexp_matches(lower(given), '^(zz|xx)*test(patient|ing)?\d*$|^zz'), false)
        and coalesce(regexp_matches(lower(family), 'test|patient|^zz'), true);
