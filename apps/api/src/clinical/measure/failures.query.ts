import { panelCondition, Parameters, populationCondition } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { FailureReason, GapReason } from '../contract';
import type { Panel } from '../filters/panel.service';
import type { MeasureGroup } from './group.query';

/** Why the gaps of a group are open, most frequent reason first. */
export async function readFailures(
  connection: Connection,
  { scope, filter }: Panel,
  { measureId, groupId }: MeasureGroup,
): Promise<FailureReason[]> {
  const parameters = new Parameters();
  const rows = await connection.rows<{ reason: GapReason; count: number }>(
    `select
        g.gap_reason as "reason",
        count(*) as "count"
    from care_gap as g
    inner join patient as p using (pid)
    where g.measure_id = ${parameters.bind(measureId)}
        and g.group_id = ${parameters.bind(groupId)}
        and ${panelCondition('p', scope, filter, parameters)}
        and ${populationCondition('open-gap', 'g')}
    group by g.gap_reason
    order by count(*) desc, g.gap_reason`,
    parameters.values,
  );
  return rows.map(({ reason, count }) => ({ reason, label: reasonLabel(reason), count }));
}

function reasonLabel(reason: GapReason): string {
  switch (reason) {
    case 'NotFound':
      return 'no data';
    case 'Missing':
      return 'value missing';
    case 'Present':
      return 'should not be there';
    case 'InvalidAttribute':
      return 'not usable';
    case 'DateInRange':
      return 'date in range';
    case 'DateOutOfRange':
      return 'out of date';
    case 'ValueInRange':
      return 'value in range';
    case 'ValueOutOfRange':
      return 'out of range';
    case 'CountInRange':
      return 'count in range';
    case 'CountOutOfRange':
      return 'too few';
  }
}
