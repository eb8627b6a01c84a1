import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Run, RunRequest } from '../../../apps/api/src/clinical/contract';
import { getJson, postJson } from '../api/request';

/** Evaluation runs, newest first; asked again while one is under way. */
export function useRuns() {
  return useQuery({
    queryKey: ['runs'],
    queryFn: ({ signal }) => getJson<Run[]>('/api/runs', signal),
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? 3000 : false),
  });
}

/** Asks for an evaluation run of every measure. */
export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RunRequest) => postJson<Run>('/api/runs', request),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

function isUnderWay({ state }: Run): boolean {
  return state === 'queued' || state === 'running';
}
