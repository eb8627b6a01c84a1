import type {
  BulkSource,
  SourceRequest,
  SourceSummary,
  SqlSource,
} from '../../../apps/api/src/clinical/contract';

/** A database as it stands in the form. */
export interface SqlDraft extends Omit<Record<keyof SqlSource, string>, 'tls' | 'removesMissing'> {
  tls: SqlSource['tls'];
  removesMissing: boolean;
  reads: 'table' | 'query';
}

/** What stands in the form: lists and numbers are texts there. */
export interface SourceDraft {
  name: string;
  kind: SourceSummary['kind'];
  endpoint: string;
  level: BulkSource['level'];
  groupId: string;
  types: string;
  typeFilters: string;
  elements: string;
  method: BulkSource['method'];
  clientId: string;
  tokenUrl: string;
  scope: string;
  fileHosts: string;
  /** Of a folder, of FHIR files or of CSV extracts. */
  path: string;
  sql: SqlDraft;
  cron: string;
  timeZone: string;
  enabled: boolean;
  evaluateAfter: boolean;
  /** Empty: everything is exported the first time only. */
  fullEveryDays: string;
}

/** Types that the shipped measures read. */
const USUAL_TYPES =
  'Patient, Encounter, Condition, Observation, Procedure, MedicationRequest, Immunization, DiagnosticReport, Coverage, Organization, Practitioner, Location';

export function emptyDraft(): SourceDraft {
  return {
    name: '',
    kind: 'bulk',
    endpoint: '',
    level: 'group',
    groupId: '',
    types: USUAL_TYPES,
    typeFilters: '',
    elements: '',
    method: 'GET',
    clientId: '',
    tokenUrl: '',
    scope: 'system/*.rs',
    fileHosts: '',
    path: '',
    sql: {
      host: '',
      port: '5432',
      database: '',
      user: '',
      tls: 'verify',
      authority: '',
      reads: 'table',
      table: '',
      query: '',
      resourceColumn: 'resource',
      changedColumn: '',
      deletedColumn: '',
      removesMissing: false,
      overlapMinutes: '10',
    },
    cron: '',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    enabled: true,
    evaluateAfter: true,
    fullEveryDays: '0',
  };
}

export function draftOf(source: SourceSummary): SourceDraft {
  const { bulk, folder, csv, sql, fullEveryDays } = source;
  const empty = emptyDraft();
  return {
    ...empty,
    name: source.name,
    kind: source.kind,
    cron: source.cron ?? '',
    timeZone: source.timeZone ?? empty.timeZone,
    enabled: source.enabled,
    evaluateAfter: source.evaluateAfter,
    fullEveryDays: fullEveryDays === null ? '' : String(fullEveryDays),
    path: folder?.path ?? csv?.path ?? '',
    sql: sql ? sqlDraftOf(sql) : empty.sql,
    ...(bulk && {
      ...bulk,
      groupId: bulk.groupId ?? '',
      types: bulk.types.join(', '),
      typeFilters: bulk.typeFilters.join('\n'),
      elements: bulk.elements.join(', '),
      clientId: bulk.clientId ?? '',
      tokenUrl: bulk.tokenUrl ?? '',
      fileHosts: bulk.fileHosts.join(', '),
    }),
  };
}

export function requestOf(draft: SourceDraft): SourceRequest {
  const { name, kind, enabled, evaluateAfter } = draft;
  const hasInterval = kind === 'bulk' || (kind === 'sql' && draft.sql.changedColumn.trim() !== '');
  const cron = orNull(draft.cron);
  return {
    name: name.trim(),
    ...describedOf(draft),
    cron,
    timeZone: cron === null ? null : orNull(draft.timeZone),
    enabled,
    evaluateAfter,
    fullEveryDays: !hasInterval || draft.fullEveryDays === '' ? null : Number(draft.fullEveryDays),
  };
}

function describedOf(draft: SourceDraft): Pick<SourceRequest, 'bulk' | 'folder' | 'csv' | 'sql'> {
  switch (draft.kind) {
    case 'bulk':
      return { bulk: bulkOf(draft) };
    case 'folder':
      return { folder: { path: orNull(draft.path) } };
    case 'csv':
      return { csv: { path: orNull(draft.path) } };
    case 'sql':
      return { sql: sqlOf(draft.sql) };
  }
}

function sqlDraftOf(sql: SqlSource): SqlDraft {
  return {
    ...sql,
    port: String(sql.port),
    authority: sql.authority ?? '',
    reads: sql.table === null ? 'query' : 'table',
    table: sql.table ?? '',
    query: sql.query ?? '',
    changedColumn: sql.changedColumn ?? '',
    deletedColumn: sql.deletedColumn ?? '',
    overlapMinutes: String(sql.overlapMinutes),
  };
}

function sqlOf({ reads, ...draft }: SqlDraft): SqlSource {
  return {
    host: draft.host.trim(),
    port: Number(draft.port),
    database: draft.database.trim(),
    user: draft.user.trim(),
    tls: draft.tls,
    authority: draft.tls === 'verify' ? orNull(draft.authority) : null,
    table: reads === 'table' ? draft.table.trim() : null,
    query: reads === 'query' ? draft.query.trim() : null,
    resourceColumn: draft.resourceColumn.trim(),
    changedColumn: orNull(draft.changedColumn),
    deletedColumn: orNull(draft.deletedColumn),
    removesMissing: draft.removesMissing,
    overlapMinutes: Number(draft.overlapMinutes),
  };
}

function bulkOf(draft: SourceDraft): BulkSource {
  return {
    endpoint: draft.endpoint.trim(),
    level: draft.level,
    groupId: draft.level === 'group' ? draft.groupId.trim() : null,
    types: listOf(draft.types, /[\s,]+/),
    // Commas are part of search queries.
    typeFilters: listOf(draft.typeFilters, /\n/),
    elements: listOf(draft.elements, /[\s,]+/),
    method: draft.method,
    clientId: orNull(draft.clientId),
    tokenUrl: orNull(draft.tokenUrl),
    scope: draft.scope.trim(),
    fileHosts: listOf(draft.fileHosts, /[\s,]+/),
  };
}

function listOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
