import { useMemo, useState, type ReactNode } from 'react';
import type { SeenGap } from '../../../apps/api/src/clinical/contract';
import { plural } from '../design/format';
import { useMay } from '../session/abilities';
import { useSession } from '../session/queries';
import { AssigneeSelect } from './AssigneeSelect';
import { placeKey, SelectionContext, type GapSelection } from './selection';
import { useAssignGaps } from './work-queries';

/** The API takes no more gaps at once. */
const MOST = 500;

interface BulkAssignProps {
  /** The gaps of the page, with the versions that are shown. */
  gaps: SeenGap[];
  children: ReactNode;
}

/** Lets who may choose gaps of a page and give them to somebody: all of them, or none. */
export function BulkAssign({ gaps, children }: BulkAssignProps) {
  const mayChange = useMay('change:Worklist');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // A gap that has left the page, as one that does not match the filter any more, is not chosen any more.
  const selected = gaps.filter((gap) => chosen.has(placeKey(gap)));
  const selection = useMemo<GapSelection>(
    () => ({
      isSelected: (place) => chosen.has(placeKey(place)),
      toggle: (place) => setChosen((before) => toggled(before, placeKey(place))),
    }),
    [chosen],
  );
  if (!mayChange) return <>{children}</>;
  return (
    <SelectionContext value={selection}>
      <BulkBar
        selected={selected}
        total={gaps.length}
        onAll={() => setChosen(selected.length === gaps.length ? new Set() : new Set(gaps.map(placeKey)))}
        onAssigned={() => setChosen(new Set())}
      />
      {children}
    </SelectionContext>
  );
}

interface BulkBarProps {
  selected: SeenGap[];
  total: number;
  onAll: () => void;
  onAssigned: () => void;
}

function BulkBar({ selected, total, onAll, onAssigned }: BulkBarProps) {
  // Oneself to begin with: a hasty press takes work on and takes it away from nobody.
  const [assignee, setAssignee] = useState(useSession().data?.user?.email ?? null);
  const assign = useAssignGaps();
  const everything = selected.length === total;
  return (
    <div className="bulk-bar" role="group" aria-label="Assign the selected gaps">
      <label className="bulk-all">
        <input
          type="checkbox"
          checked={everything}
          ref={(box) => {
            if (box) box.indeterminate = selected.length > 0 && !everything;
          }}
          onChange={onAll}
        />
        {selected.length === 0 ? `All ${plural(total, 'gap')} of this page` : `${selected.length} selected`}
      </label>
      {selected.length > 0 && (
        <>
          <AssigneeSelect label="Assign to" value={assignee} onChange={setAssignee} />
          <button
            type="button"
            className="button button-primary"
            disabled={assign.isPending || selected.length > MOST}
            onClick={() => assign.mutate({ assignee, gaps: selected }, { onSuccess: onAssigned })}
          >
            {assign.isPending ? 'Assigning…' : 'Assign'}
          </button>
        </>
      )}
      {selected.length > MOST && <span className="quiet">at most {MOST} at once</span>}
      <span className="bulk-result" aria-live="polite">
        {assign.isSuccess && selected.length === 0 && `${plural(assign.data.changed, 'gap')} assigned`}
      </span>
      {assign.isError && (
        <p className="inline-problem" role="alert">
          None was assigned. {assign.error.message}
        </p>
      )}
    </div>
  );
}

function toggled(before: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}
