import { useState, type FormEvent } from 'react';
import { useFilterOptions } from '../filters/queries';
import { useMay } from '../session/abilities';
import type { MeasureGroupProps } from './measure-group';
import { useSetTarget } from './queries';

/** Sets the target of the organisation or, under a site filter, of that site. For who may; nothing else to see. */
export function TargetEditor({ measure, group, filter }: MeasureGroupProps) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay('change:Target');
  if (!mayChange) return null;
  if (!open) {
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {group.target === null ? 'Set target' : 'Change target'}
      </button>
    );
  }
  return <TargetForm measure={measure} group={group} filter={filter} onDone={() => setOpen(false)} />;
}

function TargetForm({ measure, group, filter, onDone }: MeasureGroupProps & { onDone: () => void }) {
  const [percent, setPercent] = useState(group.target === null ? '' : `${toPercent(group.target)}`);
  const set = useSetTarget({ measureId: measure.measureId, groupId: group.groupId, site: filter.site });
  const { data: options } = useFilterOptions();
  const site = options?.sites.find(({ id }) => id === filter.site)?.label ?? filter.site;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(toProportion(Number(percent)), { onSuccess: onDone });
  };
  return (
    <form className="target-form" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <label>
        {site ? `for ${site}` : 'for every site'}{' '}
        <input
          className="input"
          type="number"
          min={0}
          max={100}
          step={0.1}
          required
          autoFocus
          aria-label="Target in percent"
          value={percent}
          onChange={(event) => setPercent(event.target.value)}
        />{' '}
        %
      </label>
      <button type="submit" className="button button-small button-primary" disabled={set.isPending}>
        Save
      </button>
      {group.target !== null && (
        <button
          type="button"
          className="button button-small"
          disabled={set.isPending}
          onClick={() => set.mutate(null, { onSuccess: onDone })}
        >
          Remove
        </button>
      )}
      <button type="button" className="button button-small button-quiet" onClick={onDone}>
        Cancel
      </button>
      {set.isError && (
        <span className="tone-worse" role="alert">
          {set.error.message}
        </span>
      )}
    </form>
  );
}

function toPercent(proportion: number): number {
  return Math.round(proportion * 10_000) / 100;
}

/** At most six decimals, as the API takes them. */
function toProportion(percent: number): number {
  return Math.round(percent * 10_000) / 1_000_000;
}
