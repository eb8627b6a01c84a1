import { useState, type FormEvent } from 'react';
import type { GapWorkChange, GapWorkRecord, WorkStatus } from '../../../apps/api/src/clinical/contract';
import { ApiProblem } from '../api/problem';
import { capitalized } from '../design/format';
import { AssigneeSelect } from './AssigneeSelect';
import { ConflictNotice } from './ConflictNotice';
import { DayField } from './DayField';
import { useSetWork } from './work-queries';
import { WORK_STATUSES, workStatusText } from './work-text';

interface WorkFormProps {
  record: GapWorkRecord;
  /** Reads the record again: somebody else changed it. */
  reload: () => Promise<unknown>;
  onSaved: () => void;
}

/** A change that met another one: nothing of it is saved. */
interface Refused {
  change: GapWorkChange;
  detail: string;
}

/**
 * How the work on a gap stands: whose it is, what comes next and when. The form shows the record with what the person
 * changed of it, so that a contact that is logged meanwhile takes nothing of that away.
 */
export function WorkForm({ record, reload, onSaved }: WorkFormProps) {
  const [edits, setEdits] = useState<Partial<GapWorkChange>>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const set = useSetWork(record);
  const draft: GapWorkChange = { ...changeOf(record), ...edits };
  const edit = (changes: Partial<GapWorkChange>) => setEdits((before) => ({ ...before, ...changes }));

  const save = async () => {
    const change = { ...fitting(draft), version: record.work?.version ?? 0 };
    try {
      await set.mutateAsync(change);
      onSaved();
    } catch (error) {
      // Any other failure stands below the form, with everything that was typed.
      if (!isConflict(error)) return;
      await reload();
      setEdits({});
      setRefused({ change, detail: error.detail ?? error.title });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="panel panel-body work-form" aria-label="How it stands" onSubmit={submit}>
      {refused && (
        <ConflictNotice
          {...refused}
          onDrop={() => setRefused(null)}
          onTakeOver={() => {
            setEdits(refused.change);
            setRefused(null);
          }}
        />
      )}
      <h2>How it stands</h2>
      <div className="form-row">
        <label className="field">
          Work status
          <select
            className="select"
            value={draft.status}
            onChange={(event) => edit({ status: event.target.value as WorkStatus })}
          >
            {WORK_STATUSES.map((status) => (
              <option key={status} value={status}>
                {capitalized(workStatusText(status))}
              </option>
            ))}
          </select>
        </label>
        <AssigneeSelect value={draft.assignee} onChange={(assignee) => edit({ assignee })} />
      </div>
      {draft.status === 'declined' && (
        <label className="field">
          Why the patient declined
          <input
            className="input"
            required
            maxLength={500}
            value={draft.declineReason ?? ''}
            onChange={(event) => edit({ declineReason: event.target.value })}
          />
        </label>
      )}
      {draft.status === 'snoozed' ? (
        <DayField
          label="Snoozed until"
          required
          value={draft.snoozeUntil ?? ''}
          onChange={(day) => edit({ snoozeUntil: day || null })}
        />
      ) : (
        <DayField
          label="Next action on"
          value={draft.nextActionDate ?? ''}
          onChange={(day) => edit({ nextActionDate: day || null })}
        />
      )}
      <label className="field">
        Note
        <textarea
          className="input"
          rows={3}
          maxLength={2000}
          value={draft.note ?? ''}
          onChange={(event) => edit({ note: event.target.value })}
        />
      </label>
      <p className="panel-note">No work status closes a gap: it closes when the evidence arrives.</p>
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={set.isPending}>
          {set.isPending ? 'Saving…' : 'Save'}
        </button>
      </div>
      {set.isError && !isConflict(set.error) && (
        <p className="inline-problem" role="alert">
          {set.error.message}
        </p>
      )}
    </form>
  );
}

function changeOf({ work }: GapWorkRecord): GapWorkChange {
  return {
    version: work?.version ?? 0,
    status: work?.status ?? 'new',
    assignee: work?.assignee ?? null,
    nextActionDate: work?.nextActionDate ?? null,
    snoozeUntil: work?.snoozeUntil ?? null,
    declineReason: work?.declineReason ?? null,
    note: work?.note ?? null,
  };
}

/** Only what belongs to the status: what was typed for another one stays in the form and is not sent. */
function fitting(draft: GapWorkChange): GapWorkChange {
  return {
    ...draft,
    nextActionDate: draft.status === 'snoozed' ? null : draft.nextActionDate,
    snoozeUntil: draft.status === 'snoozed' ? draft.snoozeUntil : null,
    declineReason: draft.status === 'declined' ? draft.declineReason?.trim() || null : null,
    note: draft.note?.trim() || null,
  };
}

function isConflict(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.status === 409;
}
