// Personal tokens for programs. The value of a new one comes once, with the answer that made it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CreatedTokenJson, NewTokenJson, TokenJson } from '../../server/contract/people.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useTokens() {
  return useQuery({
    queryKey: queryKeys.tokens,
    queryFn: ({ signal }) => fetchJson<{ tokens: TokenJson[] }>('/api/tokens', { signal }),
    select: (reply) => reply.tokens,
  });
}

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: NewTokenJson) =>
      fetchJson<CreatedTokenJson>('/api/tokens', { method: 'POST', json: token }),
    // the value stays in the dialog that asked for it and nowhere else
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: string) =>
      fetchJson<void>(`/api/tokens/${encodeURIComponent(tokenId)}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.tokens }),
  });
}
