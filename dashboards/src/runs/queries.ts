import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  HeldPublication,
  Run,
  RunDecisionRequest,
  RunRequest,
} from '../../../apps/api/src/clinical/contract';
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

/** Whether newer numbers are held back. A decision is carried out within seconds; then every screen has new numbers. */
export function useHeldRun() {
  return useQuery({
    queryKey: ['held-run'],
    queryFn: ({ signal }) => getJson<HeldPublication>('/api/publication/held', signal),
    refetchInterval: (query) => (query.state.data?.run?.decision ? 3000 : 60_000),
  });
}

/** The last part of the address. */
export type DecisionKind = 'publication' | 'dismissal';

/** Publishes the numbers of a suspicious run, or never. */
export function useDecideRun(runId: string, kind: DecisionKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RunDecisionRequest) =>
      postJson<Run>(`/api/runs/${encodeURIComponent(runId)}/${kind}`, request),
    onSuccess: () =>
      Promise.all(['runs', 'held-run'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

function isUnderWay({ state, decision }: Run): boolean {
  return state === 'queued' || state === 'running' || (state === 'suspicious' && decision !== null);
}
