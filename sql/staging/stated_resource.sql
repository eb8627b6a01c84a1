-- grain: one row per source and resource that it states; `rid` is that of the resource that counts for it
select
    coalesce(same_fact.kept_rid, resource.rid) as rid,
    resource.source as source,
from registry.resource as resource
left join identity.same_fact as same_fact
    on same_fact.rid = resource.rid
