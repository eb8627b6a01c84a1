import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  ListedPopulation,
  Page,
  PanelFilter,
  PatientSort,
  PopulationListRow,
} from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson } from '../api/request';
import { PAGE_SIZE } from '../lists/list-state';

export interface PopulationListQuery {
  measureId: string;
  groupId: string;
  population: ListedPopulation;
  filter: PanelFilter;
  q: string;
  sort: PatientSort;
  cursor: string | null;
}

/** The people behind one number; `total` equals the number. */
export function usePopulationList(query: PopulationListQuery) {
  const { measureId, groupId, population, filter, q, sort, cursor } = query;
  const path = listPath(measureId, groupId);
  return useQuery({
    queryKey: ['population-list', query],
    queryFn: ({ signal }) =>
      getJson<Page<PopulationListRow>>(
        apiPath(path, { population, ...filter, q, sort, cursor, limit: PAGE_SIZE }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

/** Address of the whole list as a file, under the same filter. */
export function populationExportPath(query: Omit<PopulationListQuery, 'sort' | 'cursor'>): string {
  const { measureId, groupId, population, filter, q } = query;
  return apiPath(`${listPath(measureId, groupId)}/export`, { population, ...filter, q, format: 'csv' });
}

function listPath(measureId: string, groupId: string): string {
  return `/api/measures/${encodeURIComponent(measureId)}/groups/${encodeURIComponent(groupId)}/patients`;
}
