-- grain: one row per organisation: the organisation that it is part of in the end, itself where it is part of none
with recursive
    organization as (select * from staging.organization),

    ancestor as (
        select
            organization.site_id as site_id,
            organization.site_id as top_site_id,
            [organization.site_id] as path,
        from organization
        union all
        select
            ancestor.site_id as site_id,
            parent.site_id as top_site_id,
            list_append(ancestor.path, parent.site_id) as path,
        from ancestor
        inner join organization as child
            on child.site_id = ancestor.top_site_id
        inner join organization as parent
            on parent.site_id = child.part_of_id
        -- organisations that are part of each other in a circle have no top: the walk ends
        where not list_contains(ancestor.path, parent.site_id)
    )

select
    organization.site_id as site_id,
    organization.site_name as site_name,
    arg_max(ancestor.top_site_id, len(ancestor.path)) as top_site_id,
from organization
inner join ancestor
    on ancestor.site_id = organization.site_id
group by organization.site_id, organization.site_name
