import { useQuery } from '@tanstack/react-query';
import type { FilterOptions } from '../../../apps/api/src/clinical/contract';
import { getJson } from '../api/request';

/** What the caller may filter by, within the caller's scope. */
export function useFilterOptions() {
  return useQuery({
    queryKey: ['filters'],
    queryFn: ({ signal }) => getJson<FilterOptions>('/api/filters', signal),
    staleTime: 5 * 60_000,
  });
}
