import type { Parameters } from '@catchment/population';
import type { GapPlace, WorkStatus } from '../contract';

/** Which gaps, by what people do about them. */
export interface WorkFilter {
  /** `new` are also those that nobody has touched. */
  status?: WorkStatus;
  /** An email; null: nobody's. */
  assignee?: string | null;
  /** The next action, or the end of the snooze, is on this day or before. */
  nextBy?: string;
}

/** The gaps that a filter leaves, named or by naming the others: most gaps have no record that nobody touched them. */
export interface WorkSet {
  named: 'those' | 'the others';
  gaps: readonly GapPlace[];
}

export function isFilter({ status, assignee, nextBy }: WorkFilter): boolean {
  return status !== undefined || assignee !== undefined || nextBy !== undefined;
}

/** Is a gap that nobody has touched among those asked for? */
export function includesUntouched({ status, assignee, nextBy }: WorkFilter): boolean {
  return (status === undefined || status === 'new') && (assignee ?? null) === null && nextBy === undefined;
}

/** How gaps that PostgreSQL knows are handed to DuckDB. */
const placeShape = JSON.stringify([{ patientId: 'VARCHAR', measureId: 'VARCHAR', groupId: 'VARCHAR' }]);

/** SQL rows `item."patientId"`, `item."measureId"`, `item."groupId"`. */
export function placeRows(gaps: readonly GapPlace[], parameters: Parameters): string {
  const places = gaps.map(({ patientId, measureId, groupId }) => ({ patientId, measureId, groupId }));
  const json = parameters.bind(JSON.stringify(places));
  return `(select unnest(from_json(${json}::varchar, '${placeShape}')) as item)`;
}

/** SQL condition for the gaps of a set. @param g alias of `care_gap` */
export function workCondition(g: string, { named, gaps }: WorkSet, parameters: Parameters): string {
  return `(${g}.pid, ${g}.measure_id, ${g}.group_id) ${named === 'those' ? 'in' : 'not in'} (
        select worked.pid, place.item."measureId", place.item."groupId"
        from ${placeRows(gaps, parameters)} as place
        inner join patient as worked on worked.patient_id = place.item."patientId"
    )`;
}
