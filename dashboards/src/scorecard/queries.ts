import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PanelFilter, Scorecard } from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson } from '../api/request';

export function useScorecard(filter: PanelFilter) {
  return useQuery({
    queryKey: ['scorecard', filter],
    queryFn: ({ signal }) => getJson<Scorecard>(apiPath('/api/scorecard', { ...filter }), signal),
    placeholderData: keepPreviousData,
  });
}
