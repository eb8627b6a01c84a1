import type { BulkSource, SourceRequest, SourceSummary } from '../../../apps/api/src/clinical/contract';

/** What stands in the form: lists and numbers are texts there. */
export interface SourceDraft {
  name: string;
  kind: 'bulk' | 'folder';
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
  path: string;
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
    cron: '',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    enabled: true,
    evaluateAfter: true,
    fullEveryDays: '0',
  };
}

export function draftOf(source: SourceSummary): SourceDraft {
  const { bulk, folder, fullEveryDays } = source;
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
    path: folder?.path ?? '',
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
  const cron = orNull(draft.cron);
  return {
    name: name.trim(),
    ...(kind === 'bulk' ? { bulk: bulkOf(draft) } : { folder: { path: orNull(draft.path) } }),
    cron,
    timeZone: cron === null ? null : orNull(draft.timeZone),
    enabled,
    evaluateAfter,
    fullEveryDays: kind === 'folder' || draft.fullEveryDays === '' ? null : Number(draft.fullEveryDays),
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
