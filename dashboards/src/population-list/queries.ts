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
  const path = `/api/measures/${encodeURIComponent(measureId)}/groups/${encodeURIComponent(groupId)}/patients`;
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
