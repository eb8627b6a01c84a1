import type { GapReason, GapSort, GapStatus, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { readPanelFilter } from '../filters/panel-filter';
import { OPEN_REASONS } from './gap-text';

/** What the worklist is filtered and sorted by; all of it in the address, so that a view is a link. */
export interface GapFilter extends PanelFilter {
  by: 'patient' | 'gap';
  measure: string | null;
  /** One rate of the measure. */
  group: string | null;
  status: GapStatus;
  reason: GapReason | null;
  sort: GapSort;
}

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
    sort: readSort(search.get('sort')),
  };
}

function readSort(text: string | null): GapSort {
  return text === 'due' || text === 'name' ? text : 'priority';
}
