// Claims: pages, counts, one with its price and substitutes, and what people do with them. Every call that makes or decides something
// carries the key of its dialog, so that a retry is the same act.

import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HistoryJson } from '../../server/contract/audit.ts';
import type {
  BulkClaimJson,
  BulkClaimResultJson,
  ClaimCountsJson,
  ClaimCountsQueryJson,
  ClaimDetailJson,
  ClaimExportQueryJson,
  ClaimJson,
  ClaimLostJson,
  ClaimMadeJson,
  ClaimPageJson,
  ClaimQueryJson,
  NewClaimJson,
} from '../../server/contract/claims.ts';
import type { DemandJson, DemandPageJson } from '../../server/contract/demands.ts';
import { ApiError, fetchJson, queryText } from './fetch-reply.ts';
import { type Act, newOnceKey } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const claimPath = (id: string) => `/api/claims/${encodeURIComponent(id)}`;

export function useClaimPage(query: ClaimQueryJson, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.claims, 'page', query],
    queryFn: ({ signal }) => fetchJson<ClaimPageJson>(`/api/claims${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Address of the rows under these filters as a file. */
export const claimsExportUrl = (query: ClaimExportQueryJson): string =>
  `/api/claims/export.xlsx${queryText(query)}`;

/** Under the same filters without the state. */
export function useClaimCounts(query: ClaimCountsQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.claims, 'counts', query],
    queryFn: ({ signal }) => fetchJson<ClaimCountsJson>(`/api/claims/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useClaim(id: string, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.claims, 'one', id],
    queryFn: ({ signal }) => fetchJson<ClaimDetailJson>(claimPath(id), { signal }),
    enabled,
  });
}

export function useClaimHistory(id: string) {
  return useQuery({
    queryKey: [...queryKeys.claims, 'history', id],
    queryFn: ({ signal }) => fetchJson<HistoryJson>(`${claimPath(id)}/history`, { signal }),
  });
}

/** Demands a claim may serve: those found by a text, and the chosen ones by name. */
export function useDemandChoices(
  text: string,
  chosenIds: readonly string[],
  enabled: boolean,
): readonly DemandJson[] {
  const query = { q: text.trim(), state: '新建,已匹配', pageSize: 30 };
  const found = useQuery({
    queryKey: [...queryKeys.demands, 'choices', query],
    queryFn: ({ signal }) => fetchJson<DemandPageJson>(`/api/demands${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
  const chosen = useQueries({
    queries: chosenIds.map((id) => ({
      queryKey: [...queryKeys.demands, 'one', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        fetchJson<DemandJson>(`/api/demands/${encodeURIComponent(id)}`, { signal }),
      enabled,
    })),
  });
  const named = chosen.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const others = (found.data?.demands ?? []).filter(({ id }) => !chosenIds.includes(id));
  return [...named, ...others];
}

/** What would come of claims, without making any: outcome, price, warnings. */
export function useClaimPreview(claims: readonly NewClaimJson[], enabled: boolean) {
  return useQuery({
    queryKey: [...queryKeys.claims, 'preview', claims],
    queryFn: ({ signal }) =>
      fetchJson<BulkClaimResultJson>('/api/claims/bulk', {
        method: 'POST',
        json: { claims: [...claims], dryRun: true },
        once: newOnceKey(),
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** A tower company claims, an operator asks for a claim. Refused with the rule when somebody else goes before: `lostClaim`. */
export function useMakeClaim(kind: 'claim' | 'request') {
  const path = kind === 'claim' ? '/api/claims' : '/api/claims/requests';
  return useClaimMutation(({ claim, act }: { readonly claim: NewClaimJson; readonly act: Act }) =>
    act.run((once) => fetchJson<ClaimMadeJson>(path, { method: 'POST', json: claim, once })),
  );
}

export function useMakeClaims() {
  return useClaimMutation(({ bulk, act }: { readonly bulk: BulkClaimJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<BulkClaimResultJson>('/api/claims/bulk', { method: 'POST', json: bulk, once }),
    ),
  );
}

export type ClaimWork =
  | { readonly kind: 'extend'; readonly reason: string }
  | { readonly kind: 'release'; readonly reason: string }
  | { readonly kind: 'override'; readonly reason: string }
  | { readonly kind: 'withdraw'; readonly reason: string }
  | { readonly kind: 'take'; readonly onAirBy: string | null; readonly reason: string }
  | { readonly kind: 'confirm'; readonly agrees: boolean; readonly note: string };

export interface WorkOnClaim {
  /** As it was read: its version goes along. */
  readonly claim: Pick<ClaimJson, 'id' | 'version'>;
  readonly work: ClaimWork;
  readonly act: Act;
}

/** Refused with 412 when the claim changed meanwhile. */
export function useWorkOnClaim() {
  return useClaimMutation(({ claim, work, act }: WorkOnClaim) => {
    const { path, json } = callOf(work);
    return act.run((once) =>
      fetchJson<unknown>(`${claimPath(claim.id)}${path}`, {
        method: 'POST',
        json,
        once,
        ifMatch: claim.version,
      }),
    );
  });
}

function callOf(work: ClaimWork): { readonly path: string; readonly json: unknown } {
  switch (work.kind) {
    case 'withdraw':
      return { path: '/moves', json: { to: '已撤回', reason: work.reason } };
    case 'confirm':
      return { path: '/confirm', json: { agrees: work.agrees, note: work.note } };
    case 'take':
      return {
        path: '/take',
        json: { reason: work.reason, ...(work.onAirBy !== null && { onAirBy: work.onAirBy }) },
      };
    default:
      return { path: `/${work.kind}`, json: { reason: work.reason } };
  }
}

/** The claim that was refused by a rule, and what else could serve; null for any other error. */
export function lostClaim(error: unknown): ClaimLostJson | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  // the contract of 409: claimLostSchema
  const reply = error.reply as ClaimLostJson;
  return reply.claim === undefined && reply.substitutes === undefined ? null : reply;
}

function useClaimMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: somebody else was faster; a claim changes its resource and its cases
    onSettled: () =>
      refreshAnswers(client, [queryKeys.claims, queryKeys.resources, queryKeys.cases, queryKeys.sites]),
  });
}
