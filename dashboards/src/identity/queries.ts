import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  IdentityDecision,
  IdentityDecisionRequest,
  IdentityPairs,
  IdentityPairState,
} from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson, postJson } from '../api/request';

export const PAGE_SIZE = 10;

/** Pairs of records, those with most points first. */
export function useIdentityPairs(state: IdentityPairState, page: number) {
  return useQuery({
    queryKey: ['identity-pairs', state, page],
    queryFn: ({ signal }) =>
      getJson<IdentityPairs>(
        apiPath('/api/identity/pairs', { state, limit: PAGE_SIZE, offset: page * PAGE_SIZE }),
        signal,
      ),
    placeholderData: (before) => before,
  });
}

/** What people decided, the latest first. */
export function useIdentityDecisions() {
  return useQuery({
    queryKey: ['identity-decisions'],
    queryFn: ({ signal }) => getJson<IdentityDecision[]>('/api/identity/decisions', signal),
  });
}

export function useDecideIdentity() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: IdentityDecisionRequest) =>
      postJson<IdentityDecision>('/api/identity/decisions', request),
    onSuccess: refresh,
  });
}

export function useWithdrawDecision(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (reason: string) =>
      postJson<IdentityDecision>(`/api/identity/decisions/${encodeURIComponent(id)}/withdrawal`, { reason }),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['identity-pairs', 'identity-decisions'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
}
