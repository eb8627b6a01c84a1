import { findElement, type Demand } from '@catchment/fhir';
import { quoteIdentifier, typedTable } from '@catchment/warehouse';
import type { Check } from './check';

/** References of single elements to resources that no source sent. Contained resources and URNs are not followed. */
export function referenceChecks(held: Demand): Check[] {
  return Object.entries(held).flatMap(([type, node]) =>
    Object.entries(node)
      .filter(([name, fields]) => 'reference' in fields && isSingleReference(type, name))
      .map(([name]) => {
        const reference = `r.${quoteIdentifier(name)}.reference`;
        return {
          id: 'reference-to-nobody',
          class: 'references' as const,
          severity: 'warning' as const,
          type,
          element: name,
          properties: [name],
          sentence: `name as ${name} what no source has sent`,
          faults: `
            select named.rid
            from (
              select r.rid, regexp_extract(${reference}, '(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$', ['type', 'id']) as target
              from ${typedTable(type)} as r
              where ${reference} is not null
            ) as named
            anti join registry.resource as known on known.type = named.target.type and known.id = named.target.id
            where named.target.id <> ''`,
        };
      }),
  );
}

/**
 * Resources that name no patient (medications, locations, organizations) of which another source has one with the same
 * id. References say no source: whoever follows one may meet the other source's resource.
 */
export function sharedIdChecks(held: Demand): Check[] {
  return Object.keys(held).map((type) => ({
    id: 'id-of-two-sources',
    class: 'references' as const,
    severity: 'error' as const,
    type,
    element: 'id',
    properties: [],
    sentence: 'have an id that another source uses too, so that references may meet the other one',
    faults: `
      select rid from ${typedTable(type)}
      where pid is null and id in (
        select id from ${typedTable(type)} where pid is null group by id having count(*) > 1
      )`,
  }));
}

function isSingleReference(type: string, name: string): boolean {
  const element = findElement(type, name);
  if (element) return !element.list && element.types.includes('Reference');
  return name.endsWith('Reference');
}
