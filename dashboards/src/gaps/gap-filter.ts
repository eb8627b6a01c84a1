import type {
  GapReason,
  GapSort,
  GapStatus,
  PanelFilter,
  WorkStatus,
} from '../../../apps/api/src/clinical/contract';
import { readPanelFilter } from '../filters/panel-filter';
import { OPEN_REASONS } from './gap-text';
import { WORK_STATUSES } from './work-text';

/** What the worklist is filtered and sorted by; all of it in the address, so that a view is a link. */
export interface GapFilter extends PanelFilter {
  by: 'patient' | 'gap';
  measure: string | null;
  /** One rate of the measure. */
  group: string | null;
  status: GapStatus;
  reason: GapReason | null;
  work: WorkStatus | null;
  /** `me`, `nobody` or an email. */
  assignee: string | null;
  due: Due | null;
  sort: GapSort;
}

/** Next actions of today and before, or of the next seven days too: the address of a view holds no day that passes. */
export type Due = 'today' | 'week';

export const STATUSES: GapStatus[] = ['open-gap', 'prospective-gap', 'closed-gap', 'not-applicable'];

export function readGapFilter(search: URLSearchParams): GapFilter {
  const status = search.get('status');
  const reason = search.get('reason');
  return {
    ...readPanelFilter(search),
    by: search.get('by') === 'gap' ? 'gap' : 'patient',
    measure: search.get('measure'),
    group: search.get('measure') === null ? null : search.get('group'),
    status: STATUSES.find((known) => known === status) ?? 'open-gap',
    reason: OPEN_REASONS.find((known) => known === reason) ?? null,
    work: WORK_STATUSES.find((known) => known === search.get('work')) ?? null,
    assignee: search.get('assignee') || null,
    due: readDue(search.get('due')),
    sort: readSort(search.get('sort')),
  };
}

function readSort(text: string | null): GapSort {
  return text === 'due' || text === 'name' ? text : 'priority';
}

function readDue(text: string | null): Due | null {
  return text === 'today' || text === 'week' ? text : null;
}

/** The address without any filter of the list. */
export const NO_FILTER: Record<string, null> = {
  measure: null,
  group: null,
  reason: null,
  status: null,
  work: null,
  assignee: null,
  due: null,
  site: null,
  provider: null,
  payer: null,
};
