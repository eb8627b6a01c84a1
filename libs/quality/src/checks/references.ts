import { findElement, type Demand } from '@catchment/fhir';
import { quoteIdentifier, typedTable, type Connection } from '@catchment/warehouse';
import type { Check } from './check';

interface ReferenceColumn {
  type: string;
  name: string;
  /** SQL of the reference, in a row `r`. */
  reference: string;
}

/** References of single elements to resources that no source sent. Contained resources and URNs are not followed. */
export function referenceChecks(held: Demand): Check[] {
  return referenceColumns(held).map(({ type, name, reference }) => ({
    id: 'reference-to-nobody',
    class: 'references' as const,
    severity: 'warning' as const,
    type,
    element: name,
    properties: [name],
    sentence: `name as ${name} what no source has sent`,
    faults: `select r.rid, r.pid from ${typedTable(type)} as r
      where ${reference} in (select reference from temp.quality_lost_reference)`,
    restsOn: 'registry' as const,
  }));
}

/** Looks all references up, each text once: `temp.quality_lost_reference(reference, type, id)`. */
export async function readLostReferences(connection: Connection, held: Demand): Promise<void> {
  const said = referenceColumns(held).map(
    ({ type, reference }) => `select distinct ${reference} as reference from ${typedTable(type)} as r`,
  );
  await connection.run(`create or replace temp table quality_lost_reference as
    select named.reference, named.target.type as type, named.target.id as id
    from (
      select reference, regexp_extract(reference, '(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$', ['type', 'id']) as target
      from (${[...said, 'select null::varchar as reference'].join(' union ')})
      where reference is not null
    ) as named
    anti join registry.resource as known on known.type = named.target.type and known.id = named.target.id
    where named.target.id <> ''`);
}

function referenceColumns(held: Demand): ReferenceColumn[] {
  return Object.entries(held).flatMap(([type, node]) =>
    Object.entries(node)
      .filter(([name, fields]) => 'reference' in fields && isSingleReference(type, name))
      .map(([name]) => ({ type, name, reference: `r.${quoteIdentifier(name)}.reference` })),
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
      select rid, pid from ${typedTable(type)}
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
