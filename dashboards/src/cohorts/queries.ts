import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  CohortList,
  CohortMemberRow,
  CohortPage,
  Page,
  PanelFilter,
  PatientSort,
} from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson } from '../api/request';
import { PAGE_SIZE } from '../lists/list-state';

export function useCohorts(filter: PanelFilter) {
  return useQuery({
    queryKey: ['cohorts', filter],
    queryFn: ({ signal }) => getJson<CohortList>(apiPath('/api/cohorts', { ...filter }), signal),
    placeholderData: keepPreviousData,
  });
}

export function useCohort(cohortId: string, filter: PanelFilter) {
  return useQuery({
    queryKey: ['cohort', cohortId, filter],
    queryFn: ({ signal }) =>
      getJson<CohortPage>(apiPath(`/api/cohorts/${encodeURIComponent(cohortId)}`, { ...filter }), signal),
    placeholderData: keepPreviousData,
  });
}

export interface CohortMembersQuery {
  cohortId: string;
  filter: PanelFilter;
  q: string;
  sort: PatientSort;
  cursor: string | null;
}

export function useCohortMembers(query: CohortMembersQuery) {
  const { cohortId, filter, q, sort, cursor } = query;
  return useQuery({
    queryKey: ['cohort-members', query],
    queryFn: ({ signal }) =>
      getJson<Page<CohortMemberRow>>(
        apiPath(`/api/cohorts/${encodeURIComponent(cohortId)}/patients`, {
          ...filter,
          q,
          sort,
          cursor,
          limit: PAGE_SIZE,
        }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}
