import type { BulkSource } from '../../../apps/api/src/clinical/contract';
import { ChoiceField, TextField } from './Field';
import type { DraftFieldsProps } from './SourceForm';

const LEVELS = [
  ['group', 'the patients of a group'],
  ['patient', 'all patients'],
  ['system', 'everything'],
] as const;

const METHODS = [
  ['GET', 'GET (versions 1 to 3)'],
  ['POST', 'POST (needed from version 4)'],
] as const;

/** A FHIR server: what is exported, and how the server is reached. */
export function BulkFields({ draft, change }: DraftFieldsProps) {
  return (
    <>
      <TextField
        id="source-endpoint"
        label="Address of the FHIR server"
        type="url"
        required
        placeholder="https://ehr.example.org/fhir/r4"
        value={draft.endpoint}
        onChange={(endpoint) => change({ endpoint })}
      />
      <ChoiceField
        id="source-level"
        label="What is exported"
        value={draft.level}
        choices={LEVELS}
        onChange={(level) => change({ level })}
      />
      {draft.level === 'group' && (
        <TextField
          id="source-group"
          label="Id of the group"
          required
          hint="Whoever is no longer in a whole export of the group is not evaluated any more."
          value={draft.groupId}
          onChange={(groupId) => change({ groupId })}
        />
      )}
      <TextField
        id="source-types"
        label="Resource types"
        rows={3}
        hint="With commas between; empty: whatever the server has."
        value={draft.types}
        onChange={(types) => change({ types })}
      />
      <FullInterval draft={draft} change={change} />
      <fieldset className="field-group">
        <legend>Sign-in at the server (SMART Backend Services)</legend>
        <TextField
          id="source-client"
          label="Client id"
          hint="As the server’s operator gave it; empty for an open server. The key is made on the page of the source."
          value={draft.clientId}
          onChange={(clientId) => change({ clientId })}
        />
        <TextField
          id="source-scope"
          label="Scopes"
          hint="Servers of SMART version 1 want system/*.read."
          value={draft.scope}
          onChange={(scope) => change({ scope })}
        />
        <TextField
          id="source-token"
          label="Token address"
          type="url"
          hint="Only where the server does not announce it."
          value={draft.tokenUrl}
          onChange={(tokenUrl) => change({ tokenUrl })}
        />
      </fieldset>
      <details className="field-group">
        <summary>For particular servers</summary>
        <ChoiceField
          id="source-method"
          label="Kick-off"
          value={draft.method}
          choices={METHODS}
          onChange={(method) => change({ method })}
        />
        <TextField
          id="source-filters"
          label="Type filters"
          rows={2}
          hint="One search query a line, for example Condition?clinical-status=active."
          value={draft.typeFilters}
          onChange={(typeFilters) => change({ typeFilters })}
        />
        <TextField
          id="source-elements"
          label="Elements"
          hint="Leave this empty unless you know that the measures need no others: what is not asked for is missing."
          value={draft.elements}
          onChange={(elements) => change({ elements })}
        />
        <TextField
          id="source-hosts"
          label="Further hosts for files"
          hint="Hosts of the same server that its token may be sent to."
          value={draft.fileHosts}
          onChange={(fileHosts) => change({ fileHosts })}
        />
      </details>
    </>
  );
}

const INTERVALS = [
  ['always', 'every time'],
  ['days', 'after a number of days'],
  ['first', 'the first time only'],
] as const;

function FullInterval({ draft, change }: DraftFieldsProps) {
  const { fullEveryDays: days, level } = draft;
  const kind = days === '' ? 'first' : Number(days) === 0 ? 'always' : 'days';
  return (
    <>
      <ChoiceField
        id="source-full"
        label="Everything is exported"
        hint={intervalHint(kind, level)}
        value={kind}
        choices={INTERVALS}
        onChange={(next) => change({ fullEveryDays: next === 'first' ? '' : next === 'always' ? '0' : '7' })}
      />
      {kind === 'days' && (
        <TextField
          id="source-full-days"
          label="Days between whole exports"
          type="number"
          required
          value={days}
          onChange={(fullEveryDays) => change({ fullEveryDays })}
        />
      )}
    </>
  );
}

function intervalHint(kind: 'always' | 'days' | 'first', level: BulkSource['level']): string {
  if (kind === 'always') return 'The safest: Epic and some others do not know what changed.';
  return level === 'group'
    ? 'In between, only changes are asked for. Many servers send nothing older of people who join the group: their measures are wrong until the next whole export.'
    : 'In between, only changes are asked for.';
}
