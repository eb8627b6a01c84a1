-- Concept keys (docs/data-model.md, "normal forms").

-- The codings that identify a concept: sorted, distinct (system, code).
create or replace macro fhir_codings(codings) as
    list_sort(list_distinct(list_transform(
        coalesce(codings, []),
        lambda coding: struct_pack(system := coding.system, code := coding.code)
    )));

-- Key of a concept's codings, never null: a concept with text only has the key of the empty list.
-- One coding, by far the most frequent, needs no sorting (a tenth of the CPU).
create or replace macro fhir_concept_key(codings) as
    case
        when len(codings) = 1
            then hash([struct_pack(system := codings[1].system, code := codings[1].code)])
        when codings is null or len(codings) = 0
            then hash([]::struct(system varchar, code varchar)[])
        else hash(fhir_codings(codings))
    end;

-- Key of a list of concept keys; an empty list is as absent.
create or replace macro fhir_concept_list_key(keys) as
    case when len(keys) > 0 then hash(keys) end;
