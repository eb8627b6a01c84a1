-- grain: one row per resource that evidence, a cohort, a gap or an episode refers to
with
    resource_header as (select * from staging.resource_header),
    needed_resource as (select * from intermediate.needed_resource),
    concept_display as (select * from staging.concept_display),
    concept_list as (select * from dictionary.concept_list),

    needed as (
        select
            resource_header.*,
            coalesce(resource_header.concept, concept_list.concepts[1]) as shown_concept,
            replace(resource_header.unit, 'mm[Hg]', 'mmHg') as shown_unit,
        from resource_header
        semi join needed_resource using (rid)
        left join concept_list
            on concept_list.key = resource_header.concept_list
    ),

    stated as (
        select
            stated_resource.rid as rid,
            list(stated_resource.source order by stated_resource.source) as sources,
        from staging.stated_resource as stated_resource
        semi join needed_resource using (rid)
        group by stated_resource.rid
    ),

    -- what its codes count as, where people say that they mean others
    mapped as (
        select
            concept_mapping.concept as concept,
            list(
                {
                    'system': concept_mapping.system,
                    'code': concept_mapping.code,
                    'target_system': concept_mapping.target_system,
                    'target_code': concept_mapping.target_code,
                }
                order by concept_mapping.system, concept_mapping.code
            ) as mappings,
        from staging.concept_mapping as concept_mapping
        group by concept_mapping.concept
    )

select
    needed.rid as rid,
    needed.pid as pid,
    needed.type as type,
    needed.id as id,
    needed.day as date,
    shown.system as code_system,
    shown.code as code,
    shown.display as display,
    coalesce(
        case
            when needed.value is not null
                then concat_ws(' ', regexp_replace(needed.value::varchar, '\.0$', ''), needed.shown_unit)
        end,
        value_display.display,
        replace(needed.value_label, 'mm[Hg]', 'mmHg')
    ) as value_text,
    needed.value as value,
    needed.shown_unit as unit,
    stated.sources as sources,
    mapped.mappings as mappings,
from needed
left join stated using (rid)
left join mapped
    on mapped.concept = needed.shown_concept
left join concept_display as shown
    on shown.concept = needed.shown_concept
left join concept_display as value_display
    on value_display.concept = needed.value_concept
