// The demand library: pages, counts, one demand with its candidates and history, and what people do with them.

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HistoryJson } from '../../server/contract/audit.ts';
import type {
  BulkMatchJson,
  BulkMatchResultJson,
  DemandChangesJson,
  DemandCountsJson,
  DemandExportQueryJson,
  DemandJson,
  DemandMoveJson,
  DemandPageJson,
  DemandQueryJson,
  DuplicatesJson,
  MatchListJson,
  MergeJson,
  NewDemandJson,
} from '../../server/contract/demands.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const demandPath = (id: string) => `/api/demands/${encodeURIComponent(id)}`;

export function useDemandPage(query: DemandQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'page', query],
    queryFn: ({ signal }) => fetchJson<DemandPageJson>(`/api/demands${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Under the same filters without the state. */
export function useDemandCounts(query: DemandExportQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'counts', query],
    queryFn: ({ signal }) =>
      fetchJson<DemandCountsJson>(`/api/demands/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useDemand(id: string, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'one', id],
    queryFn: ({ signal }) => fetchJson<DemandJson>(demandPath(id), { signal }),
    enabled,
  });
}

export function useDemandHistory(id: string) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'history', id],
    queryFn: ({ signal }) => fetchJson<HistoryJson>(`${demandPath(id)}/history`, { signal }),
  });
}

/** Ranked candidates; `all`: also what is not open. */
export function useMatches(id: string, all: boolean) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'matches', id, all],
    queryFn: ({ signal }) =>
      fetchJson<MatchListJson>(`${demandPath(id)}/matches${queryText({ all: all ? 'true' : null })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Demands of other operators near this one. */
export function useTwins(demandId: string) {
  return useQuery({
    queryKey: [...queryKeys.demands, 'twins', demandId],
    queryFn: ({ signal }) =>
      fetchJson<DuplicatesJson>(`/api/demands/duplicates${queryText({ demandId })}`, { signal }),
  });
}

/** As it was read: its version goes along. */
export type ReadDemand = Pick<DemandJson, 'id' | 'version'>;

export function useChangeDemand() {
  return useDemandMutation(({ demand, changes }: { demand: ReadDemand; changes: DemandChangesJson }) =>
    fetchJson<DemandJson>(demandPath(demand.id), {
      method: 'PATCH',
      json: changes,
      ifMatch: demand.version,
    }),
  );
}

export function useAddDemand() {
  return useDemandMutation(({ demand, once }: { demand: NewDemandJson; once: string }) =>
    fetchJson<DemandJson>('/api/demands', { method: 'POST', json: demand, once }),
  );
}

export function useMoveDemand() {
  return useDemandMutation(
    ({ demand, move, once }: { demand: ReadDemand; move: DemandMoveJson; once: string }) =>
      fetchJson<DemandJson>(`${demandPath(demand.id)}/moves`, {
        method: 'POST',
        json: move,
        ifMatch: demand.version,
        once,
      }),
  );
}

export function useTakeMatch() {
  return useDemandMutation(
    ({ demand, resourceId, once }: { demand: ReadDemand; resourceId: string; once: string }) =>
      fetchJson<DemandJson>(`${demandPath(demand.id)}/match`, {
        method: 'POST',
        json: { resourceId },
        ifMatch: demand.version,
        once,
      }),
  );
}

export function useMergeDemands() {
  return useDemandMutation(({ merge, once }: { merge: MergeJson; once: string }) =>
    fetchJson<DemandJson>('/api/demands/merge', { method: 'POST', json: merge, once }),
  );
}

export function useBulkMatch() {
  return useDemandMutation(({ match, once }: { match: BulkMatchJson; once: string }) =>
    fetchJson<BulkMatchResultJson>('/api/demands/matches', { method: 'POST', json: match, once }),
  );
}

/** The demand as it is now, out of the refusal of a stale change; null for any other error. */
export const freshDemand = (error: unknown): DemandJson | null => freshRow<DemandJson>(error, 'demand');

export const demandsExportUrl = (query: DemandExportQueryJson): string =>
  `/api/demands/export.xlsx${queryText(query)}`;

function useDemandMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: the row may have been changed by somebody else
    onSettled: () => refreshAnswers(client, [queryKeys.demands]),
  });
}
