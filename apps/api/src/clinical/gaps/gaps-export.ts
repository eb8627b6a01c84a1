import { Parameters } from '@catchment/population';
import type { GapPlace, GapSort, GapWork, Publication } from '../contract';
import { plainColumns, textColumns, type FlatList } from '../exports/flat-list';
import { gapColumns, patientExportColumns, provenanceColumns } from '../exports/patient-export';
import { orderBy } from '../lists/keyset';
import { patientOrder } from '../lists/patient-order';
import { gapCondition, peopleCondition, type GapQuestion } from './gaps.query';

/** How the work on gaps is handed to DuckDB. */
const workShape = JSON.stringify([
  {
    patientId: 'VARCHAR',
    measureId: 'VARCHAR',
    groupId: 'VARCHAR',
    status: 'VARCHAR',
    assignee: 'VARCHAR',
    attempts: 'INTEGER',
    lastAttempt: 'VARCHAR',
    nextActionDate: 'DATE',
    snoozeUntil: 'DATE',
    declineReason: 'VARCHAR',
    note: 'VARCHAR',
  },
]);

/** The call list: one row per gap, with the work on it. */
export function gapsFile(
  question: GapQuestion,
  sort: GapSort,
  work: readonly (GapPlace & GapWork)[],
  publication: Publication,
): FlatList {
  const parameters = new Parameters();
  const order = [...patientOrder(sort, 'p'), { sql: 'g.measure_id' }, { sql: 'g.group_id' }];
  const from = `from care_gap as g
    inner join patient as p using (pid)
    inner join measure as m on m.measure_id = g.measure_id
    left join (
        select unnest(from_json(${parameters.bind(JSON.stringify(work))}::varchar, '${workShape}')) as item
    ) as w
        on w.item."patientId" = p.patient_id
        and w.item."measureId" = g.measure_id
        and w.item."groupId" = g.group_id
    where ${gapCondition('g', question, parameters)} and ${peopleCondition('p', question, parameters)}
    order by ${orderBy(order)}`;
  const columns = [
    ...patientExportColumns('p'),
    ...plainColumns({ priority: 'p.priority' }),
    ...textColumns({
      priority_reasons: `array_to_string(p.priority_reasons, '; ')`,
      measure_id: 'g.measure_id',
      group_id: 'g.group_id',
      measure_title: 'coalesce(m.title, m.name)',
    }),
    ...gapColumns('g'),
    ...plainColumns({ due_date: `${parameters.bind(publication.periodEnd)}::date` }),
    ...textColumns({
      work_status: 'w.item.status',
      decline_reason: 'w.item."declineReason"',
      assignee: 'w.item.assignee',
    }),
    ...plainColumns({ attempts: 'w.item.attempts' }),
    ...textColumns({ last_attempt: 'w.item."lastAttempt"' }),
    // Who is snoozed is looked at again when the snooze ends.
    ...plainColumns({ next_action_date: 'coalesce(w.item."nextActionDate", w.item."snoozeUntil")' }),
    ...textColumns({ note: 'w.item.note' }),
    ...provenanceColumns(publication, parameters),
  ];
  return { columns, from, parameters };
}
