import { hasChecks } from '@catchment/quality';
import type { Connection } from '@catchment/warehouse';
import type { CountedCode } from '../contract';

/**
 * By `rid` of a patient's resources: the codes that count as others by a mapping, with who said so. Numbers from before
 * there were mappings have none.
 */
export async function readCountedCodes(
  connection: Connection,
  pid: number,
): Promise<ReadonlyMap<number, CountedCode[]>> {
  if (!(await hasChecks(connection))) return new Map();
  const rows = await connection.rows<CountedCode & { rid: number }>(
    `with counted as (
        select rid, unnest(mappings) as mapping from resource where pid = $1
    )

    select
        counted.rid as "rid",
        nullif(mapped_code.system, '') as "system",
        mapped_code.code as "code",
        mapped_code.target_system as "targetSystem",
        mapped_code.target_code as "targetCode",
        mapped_code.mapped_by as "by",
        strftime(mapped_code.mapped_at, '%Y-%m-%dT%H:%M:%SZ') as "at"
    from counted
    inner join mapped_code
        on mapped_code.system = counted.mapping.system
        and mapped_code.code = counted.mapping.code
    order by counted.rid, mapped_code.system, mapped_code.code`,
    [pid],
  );
  const counted = new Map<number, CountedCode[]>();
  for (const { rid, ...code } of rows) counted.set(rid, [...(counted.get(rid) ?? []), code]);
  return counted;
}
