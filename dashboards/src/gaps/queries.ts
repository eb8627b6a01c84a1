import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { GapPatientRow, GapRow, Page } from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson, type QueryParameters } from '../api/request';
import { PAGE_SIZE } from '../lists/list-state';
import { dayFromToday } from './day';
import type { GapFilter } from './gap-filter';

interface GapListPosition {
  q: string;
  cursor: string | null;
}

/** One row per patient, with the gaps that match the filter. */
export function useGapsByPatient(filter: GapFilter, position: GapListPosition, enabled: boolean) {
  return useQuery({
    queryKey: ['gaps', 'patient', filter, position.q, position.cursor],
    queryFn: ({ signal }) => getJson<Page<GapPatientRow>>(listPath(filter, position, 'patient'), signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One row per gap. */
export function useGapsByGap(filter: GapFilter, position: GapListPosition, enabled: boolean) {
  return useQuery({
    queryKey: ['gaps', 'gap', filter, position.q, position.cursor],
    queryFn: ({ signal }) => getJson<Page<GapRow>>(listPath(filter, position, 'gap'), signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

function listPath(filter: GapFilter, { q, cursor }: GapListPosition, by: 'patient' | 'gap'): string {
  return apiPath('/api/gaps', { ...filterParameters(filter), by, q, cursor, limit: PAGE_SIZE });
}

/** Address of the export: the same filter, every row. */
export function gapExportPath(filter: GapFilter, q: string): string {
  return apiPath('/api/gaps/export', { ...filterParameters(filter), q, format: 'csv' });
}

function filterParameters({ due, ...filter }: GapFilter): QueryParameters {
  return { ...filter, nextBy: due && dayFromToday(due === 'week' ? 7 : 0) };
}
