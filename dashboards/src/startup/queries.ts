import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { getJson } from '../api/request';
import type { Progress } from './progress';

/** Is the first publication there? Asked again every second until it is. */
export function useReadiness() {
  return useQuery({
    queryKey: ['health', 'ready'],
    queryFn: async ({ signal }) => {
      try {
        await getJson<unknown>('/health/ready', signal);
        return true;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 503) return false;
        throw error;
      }
    },
    staleTime: Infinity,
    refetchInterval: (query) => (query.state.data === true ? false : 1000),
  });
}

/** How far the preparation is. */
export function useStartupProgress() {
  return useQuery({
    queryKey: ['health', 'progress'],
    queryFn: ({ signal }) => getJson<Progress>('/health/progress', signal),
    refetchInterval: 1000,
    staleTime: 0,
  });
}
