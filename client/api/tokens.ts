// Personal tokens for programs. The value of a new one comes once, with the answer that made it; asked again, the answer is without it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedTokenJson, NewTokenJson, TokenJson } from '../../server/contract/people.ts';
import { fetchJson } from './fetch-reply.ts';
import { makeActs } from './once-key.ts';
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
  const [acts] = useState(makeActs);
  return useMutation({
    mutationFn: (token: NewTokenJson) =>
      acts.run(token, (once) =>
        fetchJson<CreatedTokenJson>('/api/tokens', { method: 'POST', json: token, once }),
      ),
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
