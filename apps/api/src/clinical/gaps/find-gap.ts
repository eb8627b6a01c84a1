import { NotFoundException } from '@nestjs/common';
import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { GapPlace } from '../contract';
import type { Marts } from '../marts/marts.service';
import { placeRows } from './work-filter';

/**
 * Demands that all of these gaps, each named once, are in the published run and within the scope.
 * @throws NotFoundException when one is not: what there is not and what is out of scope look alike
 */
export async function requireGaps(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
  gaps: readonly GapPlace[],
): Promise<void> {
  const parameters = new Parameters();
  const found = await connection.first<{ gaps: number }>(
    `select count(*) as "gaps"
    from ${placeRows(gaps, parameters)} as place
    inner join patient as p on p.patient_id = place.item."patientId"
    inner join care_gap as g
        on g.pid = p.pid
        and g.measure_id = place.item."measureId"
        and g.group_id = place.item."groupId"
    where ${panelCondition('p', scope, {}, parameters)}`,
    parameters.values,
  );
  const missing = gaps.length - Number(found?.gaps ?? 0);
  if (missing === 0) return;
  throw new NotFoundException(
    gaps.length === 1
      ? 'there is no such gap'
      : `${missing} of the ${gaps.length} gaps are not there: load the list again, nothing was changed`,
  );
}

/** How many of these patients are outside a scope. */
export async function patientsOutside(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
  patientIds: readonly string[],
): Promise<number> {
  const distinct = [...new Set(patientIds)];
  const parameters = new Parameters();
  const within = await connection.first<{ patients: number }>(
    `select count(*) as "patients"
    from patient as p
    where p.patient_id in ${parameters.bindList(distinct)} and ${panelCondition('p', scope, {}, parameters)}`,
    parameters.values,
  );
  return distinct.length - Number(within?.patients ?? 0);
}
