-- CQL 1.5 chapter 20 over SQL lists.

-- 20.5 Distinct, in the order of the first occurrence. Nulls are equal to each other. The list is bound once, because
-- an argument inside a lambda would be computed for every element.
create or replace macro cql_list_distinct(elements) as
    list_transform(
        [elements],
        lambda bound: list_filter(
            bound,
            lambda element, i:
                case
                    when element is null
                        then not list_contains(list_transform(bound[1:i - 1], lambda e: e is null), true)
                    else not coalesce(list_contains(bound[1:i - 1], element), false)
                end
        )
    )[1];

-- The same by a key of each element, in a second list.
create or replace macro cql_list_distinct_by(elements, keys) as
    list_filter(
        elements,
        lambda element, i:
            case
                when keys[i] is null then not list_contains(list_transform(keys[1:i - 1], lambda key: key is null), true)
                else not coalesce(list_contains(keys[1:i - 1], keys[i]), false)
            end
    );
