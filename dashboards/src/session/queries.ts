import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { DemoUser, Session as SessionAnswer } from '../../../apps/api/src/clinical/contract';
import { ApiProblem } from '../api/problem';
import { deleteResource, getJson, postJson } from '../api/request';
import { sessionOf, type Credentials, type Session, type SignedOut } from './session';

const SESSION = ['session'];

/** Who is signed in; `user` is null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: ({ signal }) => readSession(signal), staleTime: Infinity });
}

async function readSession(signal: AbortSignal): Promise<Session | SignedOut> {
  try {
    return sessionOf(await getJson<SessionAnswer>('/api/session', signal));
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    return { user: null, demoUsers: await getJson<DemoUser[]>('/api/session/demo-users', signal) };
  }
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: Credentials) =>
      sessionOf(await postJson<SessionAnswer>('/api/session', credentials)),
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
  client.setQueryData<SignedOut>(SESSION, { user: null });
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  void client.invalidateQueries({ queryKey: SESSION });
}
