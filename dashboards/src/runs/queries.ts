import { useQuery } from '@tanstack/react-query';
import type { Run } from '../../../apps/api/src/clinical/contract';
import { getJson } from '../api/request';

/** Evaluation runs, newest first; asked again while one is under way. */
export function useRuns() {
  return useQuery({
    queryKey: ['runs'],
    queryFn: ({ signal }) => getJson<Run[]>('/api/runs', signal),
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? 3000 : false),
  });
}

function isUnderWay({ state }: Run): boolean {
  return state === 'queued' || state === 'running';
}
