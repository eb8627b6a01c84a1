import { capitalized } from '../design/format';
import { useSearchUpdate } from '../filters/panel-filter';
import { SelectFilter } from '../filters/SelectFilter';
import { useSession } from '../session/queries';
import type { GapFilter } from './gap-filter';
import { useAssignees } from './work-queries';
import { WORK_STATUSES, workStatusText } from './work-text';

/** What people do about the gaps: work status, whose they are, and when the next action is due. */
export function WorkFilters({ filter }: { filter: GapFilter }) {
  const update = useSearchUpdate();
  const { data = [] } = useAssignees();
  const me = useSession().data?.user?.email;
  const colleagues = data.filter(({ email }) => email !== me);
  return (
    <>
      <SelectFilter
        label="Work status"
        everything="Any work status"
        value={filter.work ?? ''}
        options={WORK_STATUSES.map((status) => ({ id: status, label: capitalized(workStatusText(status)) }))}
        onChange={(work) => update({ work })}
      />
      <SelectFilter
        label="Assignee"
        everything="Any assignee"
        value={filter.assignee ?? ''}
        options={[
          { id: 'me', label: 'Assigned to me' },
          { id: 'nobody', label: 'Assigned to nobody' },
          ...colleagues.map(({ email, displayName }) => ({ id: email, label: displayName })),
        ]}
        onChange={(assignee) => update({ assignee })}
      />
      <SelectFilter
        label="Next action"
        everything="Any next action"
        value={filter.due ?? ''}
        options={[
          { id: 'today', label: 'Due by today' },
          { id: 'week', label: 'Due within 7 days' },
        ]}
        onChange={(due) => update({ due })}
      />
    </>
  );
}
