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
create or replace macro identity_phone(number) as
    case
        when regexp_matches(right(regexp_replace(number, '\D', '', 'g'), 10), '^(\d{3}55501\d\d|1234567890|0123456789)$') then null
        when len(right(regexp_replace(number, '\D', '', 'g'), 10)) < 10 then null
        when replace(right(regexp_replace(number, '\D', '', 'g'), 10), left(right(regexp_replace(number, '\D', '', 'g'), 10), 1), '') = '' then null
        else right(regexp_replace(number, '\D', '', 'g'), 10)
    end;

create or replace macro identity_email(address) as
    case when regexp_matches(lower(trim(address)), '^[^@\s]+@[^@\s]+\.[^@\s]+$') then lower(trim(address)) end;

-- The first five characters of a postal code.
create or replace macro identity_postal(code) as
    case when len(identity_name(code)) >= 5 and left(identity_name(code), 5) not in ('00000', '99999') then left(identity_name(code), 5) end;

-- Number and street of the first line, with the usual abbreviations of street words, and the postal code.
create or replace macro identity_address(line, code) as
    case
        when regexp_matches(line, '\d') and identity_postal(code) is not null then concat_ws(
            '|',
            identity_name(
                list_reduce(
                    [
                        lower(line),
                        'street=st', 'avenue=ave', 'road=rd', 'drive=dr', 'boulevard=blvd', 'lane=ln', 'court=ct',
                        'apartment=apt', 'north=n', 'south=s', 'east=e', 'west=w',
                    ],
                    lambda text, word: regexp_replace(text, '\b' || split_part(word, '=', 1) || '\b', split_part(word, '=', 2), 'g')
                )
            ),
            identity_postal(code)
        )
    end;

-- An identifier that a person has for life. Placeholders (all digits the same, 123456789, area 000) and cut-off ones are none.
create or replace macro identity_number(kind, number) as
    case
        when kind = 'us-ssn' then
            case
                when not regexp_matches(regexp_replace(number, '[\s-]', '', 'g'), '^\d{9}$') then null
                when regexp_matches(regexp_replace(number, '[\s-]', '', 'g'), '^(000\d{6}|\d{3}00\d{4}|\d{5}0000|123456789|987654321|078051120|219099999)$') then null
                when replace(regexp_replace(number, '[\s-]', '', 'g'), left(regexp_replace(number, '[\s-]', '', 'g'), 1), '') = '' then null
                else regexp_replace(number, '[\s-]', '', 'g')
            end
        when len(identity_name(number)) < 6 then null
        when replace(identity_name(number), left(identity_name(number), 1), '') = '' then null
        else identity_name(number)
    end;

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
