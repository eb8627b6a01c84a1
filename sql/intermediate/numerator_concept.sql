-- grain: one row per measure, group, resource type and concept key (or concept list key) that the numerator asks for
with
    numerator_retrieve as (select * from intermediate.numerator_retrieve),
    -- of every canonical the version that the evaluation binds too: pinned, else imported, else starter
    value_set as (select * from terminology.current_value_set),
    member as (select * from terminology.member),
    list_member as (select * from terminology.list_member),
    concept_code as (select * from staging.concept_code),

    bound as (
        select numerator_retrieve.*, member.key as concept, null::ubigint as concept_list
        from numerator_retrieve
        inner join value_set using (canonical)
        inner join member using (vs_id)
        union all
        select numerator_retrieve.*, null::ubigint as concept, list_member.key as concept_list
        from numerator_retrieve
        inner join value_set using (canonical)
        inner join list_member using (vs_id)
        union all
        select numerator_retrieve.*, concept_code.concept as concept, null::ubigint as concept_list
        from numerator_retrieve
        inner join concept_code
            on concept_code.system = numerator_retrieve.system
            and concept_code.code = numerator_retrieve.code
    )

select
    bound.measure_id as measure_id,
    bound.group_id as group_id,
    bound.type as type,
    bound.concept as concept,
    bound.concept_list as concept_list,
    arg_min(bound.name, (bound.seq, bound.name)) as name,
from bound
group by bound.measure_id, bound.group_id, bound.type, bound.concept, bound.concept_list
