-- Concept keys (docs/data-model.md, "normal forms").

create or replace macro fhir_coding_pairs(codings) as
    list_transform(codings, lambda coding: struct_pack(system := coding.system, code := coding.code));

-- The codings that identify a concept: sorted, distinct (system, code).
create or replace macro fhir_codings(codings) as
    list_sort(list_distinct(fhir_coding_pairs(coalesce(codings, []))));

-- Key of a concept's codings, never null: a concept with text only has the key of the empty list.
-- One coding, by far the most frequent, needs no sorting (a tenth of the CPU), two different ones no list_distinct.
create or replace macro fhir_concept_key(codings) as
    case
        when len(codings) = 1 then hash(fhir_coding_pairs(codings))
        when codings is null or len(codings) = 0
            then hash([]::struct(system varchar, code varchar)[])
        when len(codings) = 2 and (codings[1].code <> codings[2].code or codings[1].system <> codings[2].system)
            then hash(list_sort(fhir_coding_pairs(codings)))
        else hash(fhir_codings(codings))
    end;

-- Key of a list of concept keys; an empty list is as absent.
create or replace macro fhir_concept_list_key(keys) as
    case when len(keys) > 0 then hash(keys) end;
