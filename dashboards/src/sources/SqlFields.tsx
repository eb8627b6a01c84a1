import type { SqlSource } from '../../../apps/api/src/clinical/contract';
import { CheckField, ChoiceField, TextField } from './Field';
import type { SqlDraft } from './source-draft';
import type { DraftFieldsProps } from './SourceForm';

const TLS: readonly (readonly [SqlSource['tls'], string])[] = [
  ['verify', 'yes, and its certificate is checked'],
  ['encrypt', 'yes, whatever its certificate'],
  ['off', 'no (databases of this machine only)'],
];

const READS = [
  ['table', 'a table or view'],
  ['query', 'a query'],
] as const;

/** A PostgreSQL database: how it is reached, and what is read there. */
export function SqlFields({ draft, change }: DraftFieldsProps) {
  const { sql } = draft;
  const set = (part: Partial<SqlDraft>) => change({ sql: { ...sql, ...part } });
  return (
    <>
      <div className="field-row">
        <TextField
          id="sql-host"
          label="Host"
          required
          placeholder="db.practice.example"
          value={sql.host}
          onChange={(host) => set({ host })}
        />
        <TextField
          id="sql-port"
          label="Port"
          type="number"
          required
          value={sql.port}
          onChange={(port) => set({ port })}
        />
      </div>
      <div className="field-row">
        <TextField
          id="sql-database"
          label="Database"
          required
          value={sql.database}
          onChange={(database) => set({ database })}
        />
        <TextField
          id="sql-user"
          label="User"
          required
          hint="With SELECT only. Its password is given on the page of the source."
          value={sql.user}
          onChange={(user) => set({ user })}
        />
      </div>
      <ChoiceField
        id="sql-tls"
        label="Encrypted connection"
        value={sql.tls}
        choices={TLS}
        onChange={(tls) => set({ tls })}
      />
      {sql.tls === 'verify' && (
        <TextField
          id="sql-authority"
          label="Authority of the certificate (PEM)"
          rows={2}
          hint="Empty: those that everybody trusts."
          value={sql.authority}
          onChange={(authority) => set({ authority })}
        />
      )}
      <ChoiceField
        id="sql-reads"
        label="What is read"
        value={sql.reads}
        choices={READS}
        onChange={(reads) => set({ reads })}
      />
      {sql.reads === 'table' ? (
        <TextField
          id="sql-table"
          label="Table or view"
          required
          placeholder="fhir.resource"
          value={sql.table}
          onChange={(table) => set({ table })}
        />
      ) : (
        <TextField
          id="sql-query"
          label="Query"
          required
          rows={5}
          hint="One SELECT statement. It runs in a transaction that can only read."
          value={sql.query}
          onChange={(query) => set({ query })}
        />
      )}
      <TextField
        id="sql-resource"
        label="Column of the resources"
        required
        hint="One FHIR resource a row, as json, jsonb or text."
        value={sql.resourceColumn}
        onChange={(resourceColumn) => set({ resourceColumn })}
      />
      <div className="field-row">
        <TextField
          id="sql-changed"
          label="Column of the last change"
          hint="Only changes are read then. Empty: everything each time."
          value={sql.changedColumn}
          onChange={(changedColumn) => set({ changedColumn })}
        />
        <TextField
          id="sql-deleted"
          label="Column of deletions"
          hint="True where the resource is gone."
          value={sql.deletedColumn}
          onChange={(deletedColumn) => set({ deletedColumn })}
        />
      </div>
      {sql.changedColumn.trim() !== '' && (
        <div className="field-row">
          <TextField
            id="sql-overlap"
            label="Overlap in minutes"
            type="number"
            required
            hint="Read again before the newest change, for what was being written then."
            value={sql.overlapMinutes}
            onChange={(overlapMinutes) => set({ overlapMinutes })}
          />
          <TextField
            id="sql-full"
            label="Days between whole reads"
            type="number"
            hint="Empty: the first time only."
            value={draft.fullEveryDays}
            onChange={(fullEveryDays) => change({ fullEveryDays })}
          />
        </div>
      )}
      <CheckField
        label="Resources that are in no row of a whole read are gone"
        checked={sql.removesMissing}
        onChange={(removesMissing) => set({ removesMissing })}
      />
    </>
  );
}
