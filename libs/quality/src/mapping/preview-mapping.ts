import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { requireChecks } from '../read/read-quality';
import type { MappedCode } from './code-mappings';

/** A value set of a measure, and the published patients whom a mapping would bring into it. None ever leaves. */
export interface ValueSetEntry {
  measureId: string;
  measureTitle: string;
  /** Resource type that the measure looks for. */
  type: string;
  canonical: string;
  title: string | null;
  patients: number;
}

export interface MappingPreview {
  /** Published patients who have the code. */
  patients: number;
  resources: number;
  valueSets: ValueSetEntry[];
}

/**
 * What a mapping would change in what is published.
 * @param connection to the published marts
 * @throws Diagnostic when no patient has the code, and when no measure looks for the target by a value set, or only among
 *   resources of other types
 */
export async function previewMapping(
  connection: Connection,
  { system, code, targetSystem, targetCode }: MappedCode,
): Promise<MappingPreview> {
  await requireChecks(connection);
  const known = await connection.first<{ patients: number; resources: number }>(
    `select max(patients) as patients, sum(resources)::bigint as resources from unmapped_code
     where coalesce(system, '') = $1 and code = $2 having count(*) > 0`,
    [system, code],
  );
  if (!known)
    throw new Diagnostic(
      'the published data have no such code that waits for a mapping: it is in a value set, mapped already, or misspelt',
    );
  const target = await connection.first(
    'select 1 from mapping_target where system = $1 and code = $2 limit 1',
    [targetSystem, targetCode],
  );
  if (!target)
    throw new Diagnostic(
      'no value set of a published measure has the target code: check its system and code, or import the value set',
    );
  const valueSets = await connection.rows<ValueSetEntry>(
    `select
        target.measure_id as "measureId",
        measure.title as "measureTitle",
        target.type as "type",
        target.canonical as "canonical",
        target.title as "title",
        reach.patients as "patients"
     from mapping_target as target
     join unmapped_reach as reach
       on reach.type = target.type and reach.canonical = target.canonical
       and coalesce(reach.system, '') = $1 and reach.code = $2
     join measure using (measure_id)
     where target.system = $3 and target.code = $4
     order by measure.title, target.measure_id, target.type, target.canonical`,
    [system, code, targetSystem, targetCode],
  );
  if (valueSets.length === 0)
    throw new Diagnostic(
      'the mapping would change nothing: no measure looks for the target code among resources of the type that has the code',
    );
  return { ...known, valueSets };
}
