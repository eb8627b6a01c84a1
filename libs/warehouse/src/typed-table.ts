import { coversDemand, mergeDemands, primaryCodePath, type Demand, type DemandNode } from '@catchment/fhir';
import { quoteIdentifier, type Connection } from './database';
import type { Shred } from './shred';

/** `fhir."Observation"`, quoted. */
export function typedTable(resourceType: string): string {
  return `fhir.${quoteIdentifier(resourceType)}`;
}

/** What the typed tables hold now. */
export async function readDemand(connection: Connection): Promise<Demand> {
  const rows = await connection.rows<{ type: string; demand: string }>(
    'select type, demand from registry.demand',
  );
  return Object.fromEntries(rows.map((row) => [row.type, JSON.parse(row.demand) as DemandNode]));
}

/** Names what the typed tables were made from: another one after every load, deletion and new demand. */
export async function dataState(connection: Connection): Promise<string> {
  const row = await connection.first<{ state: string }>(`
    select concat_ws(' ', counter.rid, counter.file_id, applied.deletions, demand.state) as state
    from registry.counter as counter, registry.applied as applied,
      (select hash(list((type, demand::varchar) order by type)) as state from registry.demand) as demand`);
  return row!.state;
}

/** The types whose typed table lacks something of the demand, with the union of what it has and what is asked. */
export function missingDemand(held: Demand, needed: Demand): Demand {
  const missing: Demand = {};
  for (const [type, node] of Object.entries(needed)) {
    const present = held[type];
    if (!present || !coversDemand(present, node)) {
      missing[type] = mergeDemands({ [type]: present ?? {} }, { [type]: node })[type]!;
    }
  }
  return missing;
}

/** The columns of a typed table, for `create table`. */
export function typedColumns(shred: Shred): string {
  return [
    'pid INTEGER',
    'rid BIGINT',
    'id VARCHAR',
    ...shred.columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`),
  ].join(', ');
}

/** Creates an empty typed table (replacing any of that name) and records what it holds. */
export async function createTypedTable(
  connection: Connection,
  shred: Shred,
  demand: DemandNode,
): Promise<void> {
  await connection.run(`create or replace table ${typedTable(shred.resourceType)} (${typedColumns(shred)})`);
  await connection.run('delete from registry.demand where type = $1', [shred.resourceType]);
  await connection.run('insert into registry.demand values ($1, $2)', [
    shred.resourceType,
    JSON.stringify(demand),
  ]);
}

/** Rows of one code lie together, a patient's rows of it beside each other: retrieves by value set read few blocks. */
export function clusterOrder(shred: Shred): string {
  const names = new Set(shred.columns.map((column) => column.name));
  const path = primaryCodePath(shred.resourceType);
  const code = path && [path, `${path}CodeableConcept`].find((name) => names.has(name));
  return code ? `${quoteIdentifier(code)}, pid` : 'pid';
}
