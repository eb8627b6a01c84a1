import type { MeasureGroupPage } from '../../../apps/api/src/clinical/contract';
import { useSearchUpdate } from '../filters/panel-filter';

interface GroupSwitchProps {
  groups: MeasureGroupPage[];
  current: string | null;
}

/** A measure with several groups shows one at a time. Nothing for the usual single group. */
export function GroupSwitch({ groups, current }: GroupSwitchProps) {
  const update = useSearchUpdate();
  if (groups.length < 2) return null;
  return (
    <div className="segmented" role="group" aria-label="Group of the measure">
      {groups.map(({ groupId, title }) => (
        <button
          key={groupId}
          type="button"
          aria-pressed={groupId === current}
          onClick={() => update({ group: groupId })}
        >
          {title ?? groupId}
        </button>
      ))}
    </div>
  );
}
