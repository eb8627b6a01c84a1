import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { getJson } from '../api/request';
import type { Progress } from './progress';

/**
 * Can the screens be opened? `without-numbers`: the service is prepared and nothing is published, as one that got its
 * own data to be set up is at first. Asked again until there are numbers.
 */
export function useReadiness() {
  return useQuery({
    queryKey: ['health', 'ready'],
    queryFn: async ({ signal }): Promise<boolean | 'without-numbers'> => {
      try {
        await getJson<unknown>('/health/ready', signal);
        return true;
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 503) throw error;
        const { state } = await getJson<Progress>('/health/progress', signal);
        return state === 'ready' ? 'without-numbers' : false;
      }
    },
    staleTime: Infinity,
    refetchInterval: ({ state: { data } }) =>
      data === true ? false : data === 'without-numbers' ? 10_000 : 1000,
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
