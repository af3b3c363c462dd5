// The resource library: pages, counts by state, one resource with its history and contacts, its moves alone or many at once.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  BulkConfirmJson,
  BulkMoveJson,
  BulkMoveResultJson,
  ContactListJson,
  NewResourceJson,
  PlaceJson,
  ResourceChangesJson,
  ResourceCountsJson,
  ResourceExportQueryJson,
  ResourceHistoryJson,
  ResourceJson,
  ResourcePageJson,
  ResourceQueryJson,
  TakeOverJson,
  TakeOverResultJson,
} from '../../server/contract/resources.ts';
import { type CallOptions, fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { type Act, makeActs } from './once-key.ts';
import { queryKeys } from './query-keys.ts';
import { refreshAnswers } from './refresh-answers.ts';

/** Of the queue of what has no place yet, for the next one. */
const LOOKED_THROUGH = 200;

const resourcePath = (id: string) => `/api/resources/${encodeURIComponent(id)}`;

export function useResourcePage(query: ResourceQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.resources, 'page', query],
    queryFn: ({ signal }) => fetchJson<ResourcePageJson>(`/api/resources${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Under the same filters without the state. */
export function useResourceCounts(query: ResourceExportQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.resources, 'counts', query],
    queryFn: ({ signal }) =>
      fetchJson<ResourceCountsJson>(`/api/resources/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useResource(id: string | null) {
  return useQuery({
    queryKey: [...queryKeys.resources, 'one', id],
    queryFn: ({ signal }) => fetchJson<ResourceJson>(resourcePath(id ?? ''), { signal }),
    enabled: id !== null,
  });
}

/** The next one in the queue of what has no place yet, by code, from the first again after the last; null: none is left. */
export async function nextUnplaced(afterCode: string): Promise<ResourceJson | null> {
  const query = { state: '待定位', sort: 'code', order: 'asc', pageSize: LOOKED_THROUGH } as const;
  const { resources } = await fetchJson<ResourcePageJson>(`/api/resources${queryText(query)}`);
  return resources.find(({ code }) => code > afterCode) ?? resources[0] ?? null;
}

export function useResourceHistory(id: string) {
  return useQuery({
    queryKey: [...queryKeys.resources, 'history', id],
    queryFn: ({ signal }) => fetchJson<ResourceHistoryJson>(`${resourcePath(id)}/history`, { signal }),
  });
}

/** Every reading of contacts is on record: asked once, when somebody wants to see them, and forgotten with the screen. */
export function useContacts(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...queryKeys.contacts, id],
    queryFn: ({ signal }) => fetchJson<ContactListJson>(`${resourcePath(id)}/contacts`, { signal }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export interface ContactsChange {
  /** As it was read: its version goes along. */
  readonly list: Pick<ContactListJson, 'version'>;
  readonly contacts: ContactListJson['contacts'];
}

/** Refused with RESOURCE_CONTACTS_STALE when somebody else was faster; `freshContacts` reads them out of the refusal. */
export function useSaveContacts(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ list, contacts }: ContactsChange) =>
      fetchJson<ContactListJson>(`${resourcePath(id)}/contacts`, {
        method: 'PUT',
        json: { contacts },
        ifMatch: list.version,
      }),
    onSuccess: (saved) => client.setQueryData([...queryKeys.contacts, id], saved),
  });
}

export const freshContacts = (error: unknown): ContactListJson | null =>
  freshRow<ContactListJson>(error, 'list');

/** As it was read: its version goes along. */
export type ReadResource = Pick<ResourceJson, 'id' | 'version'>;

export type ResourceWork =
  | { readonly kind: 'change'; readonly changes: ResourceChangesJson }
  | { readonly kind: 'locate'; readonly place: PlaceJson }
  | { readonly kind: 'confirm'; readonly reason: string }
  | { readonly kind: 'whitelist'; readonly whitelisted: boolean; readonly reason: string }
  | { readonly kind: 'move'; readonly to: ResourceJson['state']; readonly reason: string };

/** Refused with RESOURCE_STALE when somebody else was faster; `freshResource` reads the row out of the refusal. */
export function useWorkOnResource() {
  const [acts] = useState(makeActs);
  return useLibraryMutation(({ resource, work }: { resource: ReadResource; work: ResourceWork }) => {
    const { path, ...options } = callOf(work);
    const call = (act: Pick<CallOptions, 'once'>) =>
      fetchJson<ResourceJson>(`${resourcePath(resource.id)}${path}`, {
        ...options,
        ...act,
        ifMatch: resource.version,
      });
    // a change is late when it comes twice: its version is gone
    if (options.method !== 'POST') return call({});
    return acts.run([resource.id, resource.version, work], (once) => call({ once }));
  });
}

function callOf(work: ResourceWork): CallOptions & { readonly path: string } {
  switch (work.kind) {
    case 'change':
      return { path: '', method: 'PATCH', json: work.changes };
    case 'locate':
      return { path: '/position', method: 'PUT', json: work.place };
    case 'confirm':
      return { path: '/confirmation', method: 'POST', json: { reason: work.reason } };
    case 'whitelist':
      return {
        path: '/whitelist',
        method: 'PUT',
        json: { whitelisted: work.whitelisted, reason: work.reason },
      };
    case 'move':
      return { path: '/moves', method: 'POST', json: { to: work.to, reason: work.reason } };
  }
}

export function useMoveResources() {
  const [acts] = useState(makeActs);
  return useLibraryMutation((move: BulkMoveJson) =>
    acts.run(move, (once) =>
      fetchJson<BulkMoveResultJson>('/api/resources/moves', { method: 'POST', json: move, once }),
    ),
  );
}

export function useAddResource() {
  return useLibraryMutation(({ resource, act }: { readonly resource: NewResourceJson; readonly act: Act }) =>
    act.run((once) => fetchJson<ResourceJson>('/api/resources', { method: 'POST', json: resource, once })),
  );
}

export function useConfirmResources() {
  const [acts] = useState(makeActs);
  return useLibraryMutation((confirmation: BulkConfirmJson) =>
    acts.run(confirmation, (once) =>
      fetchJson<BulkMoveResultJson>('/api/resources/confirmations', {
        method: 'POST',
        json: confirmation,
        once,
      }),
    ),
  );
}

export function useTakeOver() {
  const [acts] = useState(makeActs);
  return useLibraryMutation((request: TakeOverJson) =>
    acts.run(request, (once) =>
      fetchJson<TakeOverResultJson>('/api/resources/take-over', { method: 'POST', json: request, once }),
    ),
  );
}

/** The resource as it is now, out of the refusal of a stale change; null for any other error. */
export const freshResource = (error: unknown): ResourceJson | null =>
  freshRow<ResourceJson>(error, 'resource');

/** Address of the rows under these filters as a file. */
export function resourcesExportUrl(format: 'xlsx' | 'geojson', query: ResourceExportQueryJson): string {
  return `/api/resources/export.${format}${queryText(query)}`;
}

function useLibraryMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: the row may have been changed by somebody else; sites follow their resources
    onSettled: () => refreshAnswers(client, [queryKeys.resources, queryKeys.sites, queryKeys.status]),
  });
}
