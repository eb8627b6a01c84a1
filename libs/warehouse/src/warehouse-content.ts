import { createHash } from 'node:crypto';
import { Defect } from '@catchment/platform';
import { quoteLiteral, type Connection } from './database';
import { readDemand, typedTable } from './typed-table';

/**
 * Hashes of what the warehouse holds of its sources, independent of numbers (`pid`, `rid`, `file_id`), of the order
 * of rows and of how the resources were divided into files. Same content, same hash.
 */
export interface WarehouseContent {
  /** Current resources: source, type, id and text. */
  resources: string;
  /** Panels and their patients. */
  panels: string;
  /** What sources deleted and did not send again: how it came about, not what counts. */
  deletions: string;
  /** Lines that are not stored, by file and line, and resources that wait for their patient. */
  setAside: string;
}

const parts: Record<keyof WarehouseContent, string> = {
  resources: 'select source, type, id, hash from registry.resource',
  panels: `select source, panel, null as patient from registry.panel
    union all select source, panel, patient from registry.panel_member`,
  deletions: 'select source, type, id, last_updated from registry.deleted',
  setAside: `select file.source, file.sha256, line, null::ubigint as hash, type, id, reason, detail
    from landing.quarantine join landing.file as file using (file_id)
    union all
    select source, null, null, hash, type, id, reason, patient from registry.waiting`,
};

export async function readWarehouseContent(connection: Connection): Promise<WarehouseContent> {
  const content: Partial<WarehouseContent> = {};
  for (const [part, query] of Object.entries(parts) as [keyof WarehouseContent, string][]) {
    const row = await connection.first<{ line: string }>(`
      select concat_ws(' ', count(*), coalesce(bit_xor(h), 0), coalesce(sum(h::hugeint), 0)) as line
      from (select hash(content) as h from (${query}) as content)`);
    content[part] = createHash('sha256').update(row!.line).digest('hex');
  }
  return content as WarehouseContent;
}

/**
 * Checks what every load keeps: an id stands once in its source, registry and typed tables hold the same resources,
 * and every resource's patient is there.
 * @throws Defect that says which does not hold
 */
export async function checkWarehouse(connection: Connection): Promise<void> {
  const faults: [string, string][] = [
    [
      'a resource stands twice in the registry',
      `select 1 as fault from registry.resource group by source, type, id having count(*) > 1 limit 1`,
    ],
    [
      'a resource belongs to a patient who is not there',
      `select 1 as fault from registry.resource where pid is not null and pid not in (select pid from registry.subject) limit 1`,
    ],
    ...Object.keys(await readDemand(connection)).map((type): [string, string] => [
      `registry and typed table differ in ${type}`,
      `select 1 as fault
       from (select rid, pid from ${typedTable(type)}) as typed
       full join (select rid, pid from registry.resource where type = ${quoteLiteral(type)}) as known using (rid)
       where typed.pid is distinct from known.pid or typed.rid is null or known.rid is null limit 1`,
    ]),
  ];
  for (const [fault, query] of faults) {
    if (await connection.first(query)) throw new Defect(fault);
  }
}
