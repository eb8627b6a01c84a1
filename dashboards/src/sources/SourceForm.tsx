import { useState, type FormEvent } from 'react';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { scheduleText } from '../reports/schedule';
import { BulkFields } from './BulkFields';
import { CheckField, ChoiceField, TextField } from './Field';
import { useSaveSource } from './queries';
import { SqlFields } from './SqlFields';
import { draftOf, emptyDraft, requestOf, type SourceDraft } from './source-draft';

export interface DraftFieldsProps {
  draft: SourceDraft;
  change: (part: Partial<SourceDraft>) => void;
}

interface SourceFormProps {
  /** Absent: a new one. */
  source?: SourceSummary;
  onSaved: (source: SourceSummary) => void;
}

const KINDS = [
  ['bulk', 'a FHIR server (bulk export)'],
  ['folder', 'a folder for FHIR files'],
  ['csv', 'a folder for CSV extracts'],
  ['sql', 'a PostgreSQL database with FHIR resources'],
] as const;

/** Makes or changes a source. What the service refuses stands beside the button; nothing is kept then. */
export function SourceForm({ source, onSaved }: SourceFormProps) {
  const [draft, setDraft] = useState(() => (source ? draftOf(source) : emptyDraft()));
  const save = useSaveSource(source?.sourceId);
  const change = (part: Partial<SourceDraft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(requestOf(draft), { onSuccess: onSaved });
  };
  return (
    <form className="panel panel-body source-form" onSubmit={submit}>
      {!source && (
        <>
          <ChoiceField
            id="source-kind"
            label="Kind"
            value={draft.kind}
            choices={KINDS}
            onChange={(kind) => change({ kind, fullEveryDays: kind === 'bulk' ? '0' : '' })}
          />
          <TextField
            id="source-name"
            label="Name"
            required
            hint="For example: main ehr. It never changes, because ids of patients are unique within it."
            value={draft.name}
            onChange={(name) => change({ name })}
          />
        </>
      )}
      {draft.kind === 'bulk' && <BulkFields draft={draft} change={change} />}
      {draft.kind === 'sql' && <SqlFields draft={draft} change={change} />}
      {(draft.kind === 'folder' || draft.kind === 'csv') && (
        <TextField
          id="source-path"
          label="Folder"
          hint="Empty: a folder of its own in the service’s data folder. Others must be allowed with SOURCE_FOLDERS."
          placeholder="/mnt/feeds/laboratory"
          value={draft.path}
          onChange={(path) => change({ path })}
        />
      )}
      <ScheduleFields draft={draft} change={change} />
      <CheckField
        label="Ask for an evaluation run after a complete pull that changed something"
        checked={draft.evaluateAfter}
        onChange={(evaluateAfter) => change({ evaluateAfter })}
      />
      <CheckField label="Switched on" checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      {save.isError && (
        <p className="inline-problem form-problem" role="alert">
          {save.error.message}
        </p>
      )}
      <div>
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {save.isPending ? 'Saving…' : 'Save'}
        </button>
      </div>
    </form>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone');

function ScheduleFields({ draft, change }: DraftFieldsProps) {
  const { cron, timeZone, kind } = draft;
  const without =
    kind === 'folder' || kind === 'csv' ? 'Empty: when files arrive.' : 'Empty: on demand only.';
  return (
    <div className="field-row">
      <TextField
        id="source-cron"
        label="Schedule"
        placeholder="15 2 * * *"
        hint={
          cron.trim() === ''
            ? `Minute, hour, day of month, month, day of week. ${without}`
            : scheduleText(cron.trim())
        }
        value={cron}
        onChange={(next) => change({ cron: next })}
      />
      <TextField
        id="source-zone"
        label="Time zone"
        list="time-zones"
        value={timeZone}
        onChange={(next) => change({ timeZone: next })}
      />
      <datalist id="time-zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
