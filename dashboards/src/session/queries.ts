import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';
import { deleteResource, getJson, postJson } from '../api/request';
import type { Credentials, Session, SignedOut } from './session';

const SESSION = ['session'];

/** Who is signed in; `user` is null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: ({ signal }) => readSession(signal), staleTime: Infinity });
}

async function readSession(signal: AbortSignal): Promise<Session | SignedOut> {
  try {
    return await getJson<Session | SignedOut>('/api/session', signal);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return { user: null };
    throw error;
  }
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => postJson<Session>('/api/session', credentials),
    onSuccess: (session) => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(SESSION, session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => deleteResource('/api/session'),
    onSuccess: () => forgetSession(client),
  });
}

/** Drops everything that was read under the session that ended. */
export function forgetSession(client: QueryClient): void {
  client.setQueryData<SignedOut>(SESSION, (previous) => ({
    user: null,
    demoUsers: previous?.demoUsers ?? [],
  }));
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  void client.invalidateQueries({ queryKey: SESSION });
}
