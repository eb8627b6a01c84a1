import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/**
 * One cache for the app. Numbers change only when a run publishes, so that they are kept for a minute;
 * a 401 anywhere means that the session ended.
 */
export function createQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.status === 401) onSignedOut(client);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 1 && error instanceof ApiProblem && error.isTransient,
      },
    },
  });
  return client;
}
