// Review batches: the list, one batch with all its rows, and every act on them. Acts on rows carry their own key (unsent-acts.ts);
// answers are laid over what is shown, and whichever version of a row is newer stays.
import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type {
  ActResultJson,
  BatchChangesJson,
  BatchCountsJson,
  BatchJson,
  BatchListExportQueryJson,
  BatchPageJson,
  BatchPreviewJson,
  BatchPreviewRequestJson,
  BatchQueryJson,
  BatchRowDetailJson,
  BatchRowJson,
  BatchRowPageJson,
  CloseResultJson,
  NewBatchJson,
  RowAmendJson,
} from '../../server/contract/batches.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { makeAct, newOnceKey } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

const batchPath = (id: string) => `/api/batches/${encodeURIComponent(id)}`;
const rowPath = (batchId: string, rowId: string) => `${batchPath(batchId)}/rows/${encodeURIComponent(rowId)}`;
const keyOf = {
  one: (id: string) => [...queryKeys.batches, 'one', id] as const,
  rows: (id: string) => [...queryKeys.batchRows, id] as const,
};

export const batchesExportUrl = (query: BatchListExportQueryJson): string =>
  `/api/batches/export.xlsx${queryText(query)}`;

export function useBatchPage(query: BatchQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.batches, 'page', query],
    queryFn: ({ signal }) => fetchJson<BatchPageJson>(`/api/batches${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Under the same filters without the state. */
export function useBatchCounts(query: BatchQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.batches, 'counts', query],
    queryFn: ({ signal }) => fetchJson<BatchCountsJson>(`/api/batches/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useBatch(id: string) {
  return useQuery({
    queryKey: keyOf.one(id),
    queryFn: ({ signal }) => fetchJson<BatchJson>(batchPath(id), { signal }),
    structuralSharing: (before, after) => newer(before as BatchJson | undefined, after as BatchJson),
  });
}

/** As many as one answer of the service holds. */
const ROWS_AT_ONCE = 1000;

/**
 * All rows, in the order of the annex: the desk walks through them without asking again. Every change in a batch makes the batch stale,
 * and its rows are asked for after it, the more seldom the more there are.
 */
export function useBatchRows(id: string) {
  const rows = useQuery({
    queryKey: keyOf.rows(id),
    queryFn: ({ signal }) => fetchAllRows(id, signal),
    structuralSharing: (before, after) =>
      newerRows((before as BatchRowJson[] | undefined) ?? [], after as BatchRowJson[]),
  });
  const heardAt = useBatch(id).dataUpdatedAt;
  const askedAt = useRef(heardAt);
  const { refetch } = rows;
  const everyMs = Math.max(3_000, (rows.data?.length ?? 0) * 10);
  useEffect(() => {
    if (heardAt === 0 || heardAt <= askedAt.current) return;
    const ask = () => {
      askedAt.current = Date.now();
      void refetch();
    };
    const timer = setTimeout(ask, Math.max(0, askedAt.current + everyMs - Date.now()));
    return () => clearTimeout(timer);
  }, [heardAt, everyMs, refetch]);
  return rows;
}

async function fetchAllRows(id: string, signal: AbortSignal): Promise<BatchRowJson[]> {
  const rows: BatchRowJson[] = [];
  for (let page = 1, total = 1; rows.length < total; page++) {
    const query = queryText({ sort: 'place', page, pageSize: ROWS_AT_ONCE });
    const reply = await fetchJson<BatchRowPageJson>(`${batchPath(id)}/rows${query}`, { signal });
    rows.push(...reply.rows);
    total = reply.rows.length === 0 ? rows.length : reply.total;
  }
  return rows;
}

/** With everything that was ever decided on it. */
export function useBatchRowDetail(row: Pick<BatchRowJson, 'id' | 'batchId' | 'version'>, enabled: boolean) {
  return useQuery({
    queryKey: [...queryKeys.batches, 'row', row.id, row.version],
    queryFn: ({ signal }) => fetchJson<BatchRowDetailJson>(rowPath(row.batchId, row.id), { signal }),
    enabled,
  });
}

export function useBatchPreview(request: BatchPreviewRequestJson | null) {
  return useQuery({
    queryKey: [...queryKeys.batchPreview, request],
    queryFn: ({ signal }) =>
      fetchJson<BatchPreviewJson>('/api/batches/preview', { method: 'POST', json: request, signal }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
}

/** What is done to a batch as a whole; `batch` as it was read. */
export type BatchWork =
  | { readonly kind: 'change'; readonly changes: BatchChangesJson }
  | { readonly kind: 'submit' }
  | { readonly kind: 'withdraw'; readonly reason: string };

/** Refused with 412 and the fresh batch when somebody else was faster; the batch shown is then the fresh one. */
export function useWorkOnBatch() {
  return useBatchMutation(async ({ batch, work }: { batch: BatchJson; work: BatchWork }, act) => {
    const path = batchPath(batch.id);
    const ifMatch = batch.version;
    if (work.kind === 'change')
      return fetchJson<BatchJson>(path, { method: 'PATCH', json: work.changes, ifMatch });
    return act.run((once) =>
      fetchJson<BatchJson>(`${path}/${work.kind}`, {
        method: 'POST',
        json: work.kind === 'submit' ? {} : { ...(work.reason !== '' && { reason: work.reason }) },
        ifMatch,
        once,
      }),
    );
  });
}

export function useCreateBatch() {
  return useBatchMutation((batch: NewBatchJson, act) =>
    act.run((once) => fetchJson<BatchJson>('/api/batches', { method: 'POST', json: batch, once })),
  );
}

export function useCloseBatch() {
  return useBatchMutation(({ batch, dryRun }: { batch: BatchJson; dryRun: boolean }, act) => {
    const call = (once: string) =>
      fetchJson<CloseResultJson>(`${batchPath(batch.id)}/close`, {
        method: 'POST',
        json: { dryRun },
        ifMatch: batch.version,
        once,
      });
    // a look is no act: another one may be under way for the version before
    return dryRun ? call(newOnceKey()) : act.run(call);
  });
}

/** In a draft it is changed; returned, it comes back and is undecided again. */
export function useAmendRow() {
  return useBatchMutation(
    (
      { row, changes, how }: { row: BatchRowJson; changes: RowAmendJson; how: 'change' | 'resubmit' },
      act,
    ) => {
      const path = rowPath(row.batchId, row.id);
      const ifMatch = row.version;
      return how === 'change'
        ? fetchJson<BatchRowJson>(path, { method: 'PATCH', json: changes, ifMatch })
        : act.run((once) =>
            fetchJson<BatchRowJson>(`${path}/resubmit`, { method: 'POST', json: changes, ifMatch, once }),
          );
    },
  );
}

/** Out of a draft. */
export function useRemoveRow() {
  return useBatchMutation((row: BatchRowJson) =>
    fetchJson<undefined>(rowPath(row.batchId, row.id), { method: 'DELETE', ifMatch: row.version }),
  );
}

/** A draft alone. */
export function useRemoveBatch() {
  return useBatchMutation((batch: BatchJson) =>
    fetchJson<undefined>(batchPath(batch.id), { method: 'DELETE', ifMatch: batch.version }),
  );
}

/** One act on rows under its key; `part` is the last part of the address. */
export const sendBatchAct = (
  batchId: string,
  part:
    | 'decisions'
    | 'undo'
    | 'town-opinions'
    | 'department-opinions'
    | 'countersigns'
    | 'countersigns/withdraw',
  json: unknown,
  once: string,
): Promise<ActResultJson> =>
  fetchJson<ActResultJson>(`${batchPath(batchId)}/${part}`, { method: 'POST', json, once });

/** Rows and batch after an act, laid over what is shown. */
export function showActResult(client: QueryClient, { rows, batch }: ActResultJson): void {
  client.setQueryData<BatchJson>(keyOf.one(batch.id), (now) => newer(now, batch));
  showRows(client, batch.id, rows);
}

export function showRows(client: QueryClient, batchId: string, fresh: readonly BatchRowJson[]): void {
  client.setQueryData<BatchRowJson[]>(keyOf.rows(batchId), (now) =>
    now === undefined ? now : withRows(now, fresh),
  );
}

/** Rows as they are now, out of the refusal of a stale act; none for any other error. */
export const freshRows = (error: unknown): readonly BatchRowJson[] =>
  freshRow<readonly BatchRowJson[]>(error, 'rows') ?? [];

/** The batch as it is now, out of the refusal of a stale change; null for any other error. */
export const freshBatch = (error: unknown): BatchJson | null => freshRow<BatchJson>(error, 'batch');

export type BatchFile = 'annex.xlsx' | 'annex.pdf' | 'letter.xlsx' | 'letter.pdf';

export const batchFileUrl = (batchId: string, file: BatchFile): string => `${batchPath(batchId)}/${file}`;

function newer(now: BatchJson | undefined, came: BatchJson): BatchJson {
  return now !== undefined && now.version > came.version ? now : came;
}

/** What came laid over what is known: a slow answer takes nothing back. */
export function newerRows<Row extends Pick<BatchRowJson, 'id' | 'version'>>(
  known: readonly Row[],
  came: readonly Row[],
): Row[] {
  const before = new Map(known.map((row) => [row.id, row]));
  return came.map((row) => {
    const old = before.get(row.id);
    return old !== undefined && old.version >= row.version ? old : row;
  });
}

/** Some rows of a list replaced by newer ones; the list keeps its order and its length. */
export function withRows<Row extends Pick<BatchRowJson, 'id' | 'version'>>(
  rows: readonly Row[],
  fresh: readonly Row[],
): Row[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  return newerRows(
    rows,
    rows.map((row) => byId.get(row.id) ?? row),
  );
}

function useBatchMutation<Asked, Answer>(
  work: (asked: Asked, act: ReturnType<typeof makeAct>) => Promise<Answer>,
) {
  const client = useQueryClient();
  const [act] = useState(makeAct);
  return useMutation({
    mutationFn: (asked: Asked) => work(asked, act),
    // also after a refusal: somebody else may have been faster
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.batches });
      void client.invalidateQueries({ queryKey: queryKeys.batchRows });
    },
  });
}
