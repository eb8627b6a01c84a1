import { panelCondition, type Parameters } from '@catchment/population';
import type { GapReason, GapStatus } from '../contract';
import type { Panel } from '../filters/panel.service';
import { searchCondition } from '../lists/search';
import { workCondition, type WorkSet } from './work-filter';

/** Which gaps of which people. */
export interface GapQuestion {
  panel: Panel;
  measure?: string;
  group?: string;
  status: GapStatus;
  reason?: GapReason;
  /** Absent: whatever people do about them. */
  work?: WorkSet;
  q?: string;
}

/** SQL condition for the gaps. @param g alias of `care_gap` */
export function gapCondition(
  g: string,
  { measure, group, status, reason, work }: GapQuestion,
  parameters: Parameters,
): string {
  const conditions = [
    `${g}.gap_status = ${parameters.bind(status)}`,
    measure !== undefined && `${g}.measure_id = ${parameters.bind(measure)}`,
    group !== undefined && `${g}.group_id = ${parameters.bind(group)}`,
    reason !== undefined && `${g}.gap_reason = ${parameters.bind(reason)}`,
    work !== undefined && workCondition(g, work, parameters),
  ];
  return `(${conditions.filter(Boolean).join(' and ')})`;
}

/** SQL condition for the people. @param p alias of `patient` */
export function peopleCondition(p: string, { panel, q }: GapQuestion, parameters: Parameters): string {
  return [panelCondition(p, panel.scope, panel.filter, parameters), searchCondition(p, q, parameters)].join(
    ' and ',
  );
}

/** What a gap is called: two groups of one measure are two gaps and must not look alike. */
function titleOf(g: string, m: string): string {
  return `coalesce(${m}.title, ${m}.name) || coalesce(
                ': ' || (
                    select any_value(n.title) filter (where n.group_id = ${g}.group_id)
                    from measure_group as n
                    where n.measure_id = ${g}.measure_id
                    having count(*) > 1
                ),
                ''
            )`;
}

/**
 * A `GapItem` without its due date and the work on it, as a struct.
 * @param g alias of `care_gap`
 * @param m alias of `measure`
 */
export function gapItem(g: string, m: string): string {
  return `{
            'measureId': ${g}.measure_id,
            'groupId': ${g}.group_id,
            'measureTitle': ${titleOf(g, m)},
            'gapStatus': ${g}.gap_status,
            'gapReason': ${g}.gap_reason,
            'detail': ${g}.detail,
            'latestDate': ${g}.latest_date,
            'latestValue': ${g}.latest_value,
            'latestUnit': ${g}.latest_unit,
            'closesWith': ${g}.closes_with
        }`;
}
