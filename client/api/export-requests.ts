// Requests for files with more coordinates than a day allows: listed, asked for, decided.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ExportDecisionJson,
  ExportRequestJson,
  ExportRequestPageJson,
  ExportRequestQueryJson,
  NewExportRequestJson,
} from '../../server/contract/export-requests.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

export function useExportRequests(query: ExportRequestQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.exportRequests, query],
    queryFn: ({ signal }) =>
      fetchJson<ExportRequestPageJson>(`/api/export-requests${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAskForExport() {
  return useExportMutation(({ asked, act }: { readonly asked: NewExportRequestJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<ExportRequestJson>('/api/export-requests', { method: 'POST', json: asked, once }),
    ),
  );
}

export interface DecideExport {
  readonly request: Pick<ExportRequestJson, 'id' | 'version'>;
  readonly decision: ExportDecisionJson;
  readonly act: Act;
}

/** Refused with 412 when somebody else was faster. */
export function useDecideExport() {
  return useExportMutation(({ request: { id, version }, decision, act }: DecideExport) =>
    act.run((once) =>
      fetchJson<ExportRequestJson>(`/api/export-requests/${encodeURIComponent(id)}/decisions`, {
        method: 'POST',
        json: decision,
        once,
        ifMatch: version,
      }),
    ),
  );
}

/** The request as it is now, out of the refusal of a late decision; null for any other error. */
export const freshExportRequest = (error: unknown): ExportRequestJson | null =>
  freshRow<ExportRequestJson>(error, 'exportRequest');

function useExportMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: it may have been decided by somebody else
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.exportRequests }),
  });
}
