// Signing in and out, the own password, the own sessions. Plain calls: who is signed in is kept in state/session.ts.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  EndedSessionsJson,
  MeJson,
  NewPasswordJson,
  SessionListJson,
  SessionStateJson,
} from '../../server/contract/people.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

interface SignedInJson {
  readonly me: MeJson;
}

export const fetchSession = (): Promise<SessionStateJson> => fetchJson('/api/session');

export const sendSignIn = async (login: string, password: string): Promise<MeJson> =>
  (await fetchJson<SignedInJson>('/api/session', { method: 'POST', json: { login, password } })).me;

export const sendSetup = async (code: string, password: string): Promise<MeJson> =>
  (await fetchJson<SignedInJson>('/api/setup', { method: 'POST', json: { code, password } })).me;

/** Other sessions of the person end with it, and unless told otherwise their tokens. */
export const sendPassword = async (change: NewPasswordJson): Promise<MeJson> =>
  (await fetchJson<SignedInJson>('/api/session/password', { method: 'POST', json: change })).me;

export const sendSignOut = (): Promise<void> => fetchJson('/api/session', { method: 'DELETE' });

export const sendSignOutEverywhere = (): Promise<EndedSessionsJson> =>
  fetchJson('/api/sessions', { method: 'DELETE' });

/** Where the office's identity provider is asked; a page of its own, not a call. */
export const providerAddress = '/api/session/oidc';

export function useSessions() {
  return useQuery({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => fetchJson<SessionListJson>('/api/sessions', { signal }),
    select: (reply) => reply.sessions,
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) =>
      fetchJson<void>(`/api/sessions/${encodeURIComponent(sessionId)}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}
