import type { RowData } from '@tanstack/react-table';
import type { GapItem, GapPatientRow, GapRow, PatientRow } from '../../../apps/api/src/clinical/contract';
import { countText, dateText } from '../design/format';
import type { ListColumn, SortKeys } from '../lists/DataTable';
import { panelColumn, visitsColumn, whoColumn } from '../lists/patient-columns';
import { GapLine } from './GapLine';
import { WorkCell } from './WorkCell';

/** What the worklist sorts by. */
export const GAP_SORT_KEYS: SortKeys = {
  name: { ascending: 'name' },
  priority: { descending: 'priority' },
  gaps: { ascending: 'due' },
  due: { ascending: 'due' },
};

export const PATIENT_COLUMNS: ListColumn<GapPatientRow>[] = [
  whoColumn(),
  {
    id: 'gaps',
    header: 'Gaps, when due, and work on them',
    cell: ({ row: { original } }) => (
      <ul className="gap-lines">
        {original.gaps.map((gap) => (
          <li key={`${gap.measureId} ${gap.groupId}`}>
            <GapLine gap={gap} patientId={original.patientId} fullName={original.fullName} />
            <span className="cell-date">due {dateText(gap.dueDate)}</span>
            {workCell(original, gap)}
          </li>
        ))}
      </ul>
    ),
  },
  priorityColumn(),
  panelColumn(),
  visitsColumn(),
];

export const GAP_COLUMNS: ListColumn<GapRow>[] = [
  whoColumn(),
  {
    id: 'gap',
    header: 'Gap',
    cell: ({ row: { original } }) => (
      <GapLine gap={original.gap} patientId={original.patientId} fullName={original.fullName} />
    ),
  },
  {
    id: 'due',
    header: 'Due',
    cell: ({ row: { original } }) => <span className="cell-date">{dateText(original.gap.dueDate)}</span>,
  },
  priorityColumn(),
  {
    id: 'work',
    header: 'Work status',
    cell: ({ row: { original } }) => workCell(original, original.gap),
  },
  panelColumn(),
  visitsColumn(),
];

function workCell({ patientId, fullName }: PatientRow, gap: GapItem) {
  const { measureId, groupId, measureTitle, work } = gap;
  const place = { patientId, measureId, groupId };
  return <WorkCell place={place} measureTitle={measureTitle} fullName={fullName} work={work} />;
}

function priorityColumn<
  T extends PatientRow & RowData & { priority: number; priorityReasons: string[] },
>(): ListColumn<T> {
  return {
    id: 'priority',
    header: 'Priority',
    cell: ({ row: { original } }) => (
      <span className="priority">
        <strong className="number">{countText(original.priority)}</strong>
        <span className="cell-second">{original.priorityReasons.join(', ')}</span>
      </span>
    ),
  };
}
