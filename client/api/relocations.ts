// Relocations: pages, counts, one with its sites and its gate, and what people do with them. What creates or decides carries the key of
// its dialog.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TimelineJson } from '../../server/contract/cases.ts';
import type {
  NewRelocationJson,
  RelocationChangesJson,
  RelocationCountQueryJson,
  RelocationCountsJson,
  RelocationDetailJson,
  RelocationExportQueryJson,
  RelocationMoveJson,
  RelocationPageJson,
  RelocationQueryJson,
  TransmissionJson,
} from '../../server/contract/relocations.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

const relocationPath = (id: string) => `/api/relocations/${encodeURIComponent(id)}`;

export const relocationsExportUrl = (query: RelocationExportQueryJson): string =>
  `/api/relocations/export.xlsx${queryText(query)}`;

export function useRelocationPage(query: RelocationQueryJson, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.relocations, 'page', query],
    queryFn: ({ signal }) => fetchJson<RelocationPageJson>(`/api/relocations${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Under the same filters without the state. */
export function useRelocationCounts(query: RelocationCountQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.relocations, 'counts', query],
    queryFn: ({ signal }) =>
      fetchJson<RelocationCountsJson>(`/api/relocations/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useRelocation(id: string) {
  return useQuery({
    queryKey: [...queryKeys.relocations, 'one', id],
    queryFn: ({ signal }) => fetchJson<RelocationDetailJson>(relocationPath(id), { signal }),
  });
}

export function useRelocationTimeline(id: string) {
  return useQuery({
    queryKey: [...queryKeys.relocations, 'timeline', id],
    queryFn: ({ signal }) => fetchJson<TimelineJson>(`${relocationPath(id)}/timeline`, { signal }),
  });
}

export function useNewRelocation() {
  return useRelocationMutation(
    ({ relocation, act }: { readonly relocation: NewRelocationJson; readonly act: Act }) =>
      act.run((once) =>
        fetchJson<RelocationDetailJson>('/api/relocations', { method: 'POST', json: relocation, once }),
      ),
  );
}

type ReadRelocation = Pick<RelocationDetailJson, 'id' | 'version'>;

export type RelocationWork =
  | { readonly kind: 'move'; readonly move: RelocationMoveJson }
  | { readonly kind: 'override'; readonly reason: string }
  | { readonly kind: 'transmission'; readonly transmission: TransmissionJson };

/** Refused with 412 when somebody else was faster. */
export function useWorkOnRelocation() {
  return useRelocationMutation(
    ({
      read,
      work,
      act,
    }: {
      readonly read: ReadRelocation;
      readonly work: RelocationWork;
      readonly act: Act;
    }) =>
      act.run((once) =>
        fetchJson<RelocationDetailJson>(`${relocationPath(read.id)}/${pathOf(work)}`, {
          method: work.kind === 'transmission' ? 'PUT' : 'POST',
          json: bodyOf(work),
          once,
          ifMatch: read.version,
        }),
      ),
  );
}

const pathOf = ({ kind }: RelocationWork): string => (kind === 'move' ? 'moves' : kind);

function bodyOf(work: RelocationWork): unknown {
  switch (work.kind) {
    case 'move':
      return work.move;
    case 'override':
      return { reason: work.reason };
    case 'transmission':
      return work.transmission;
  }
}

export function useChangeRelocation() {
  return useRelocationMutation(
    ({
      read,
      changes,
      act,
    }: {
      readonly read: ReadRelocation;
      readonly changes: RelocationChangesJson;
      readonly act: Act;
    }) =>
      act.run((once) =>
        fetchJson<RelocationDetailJson>(relocationPath(read.id), {
          method: 'PATCH',
          json: changes,
          once,
          ifMatch: read.version,
        }),
      ),
  );
}

/** The relocation as it is now, out of the refusal of a stale change; null for any other error. */
export const freshRelocation = (error: unknown): RelocationDetailJson | null =>
  freshRow<RelocationDetailJson>(error, 'relocation');

function useRelocationMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal; a relocation moves the cases of its sites
    onSettled: () => refreshAnswers(client, [queryKeys.relocations, queryKeys.cases, queryKeys.sites]),
  });
}
