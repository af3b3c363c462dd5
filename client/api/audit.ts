// The audit trail, newest first: by page for the screen, one record with what it is about, the last records of one object for its
// timeline, and the files of what the filters show.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  AuditDetailJson,
  AuditExportQueryJson,
  AuditPageJson,
  AuditQueryJson,
} from '../../server/contract/audit.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useAuditPage(query: AuditQueryJson, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.audit, query],
    queryFn: ({ signal }) => fetchJson<AuditPageJson>(`/api/audit${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    // everything somebody does adds to it
    staleTime: 0,
    enabled,
  });
}

/** A record never changes; what it is about may. */
export function useAuditRecord(seq: number) {
  return useQuery({
    queryKey: [...queryKeys.audit, 'record', seq],
    queryFn: ({ signal }) => fetchJson<AuditDetailJson>(`/api/audit/${seq}`, { signal }),
  });
}

export const auditExportUrl = (format: 'xlsx' | 'csv', query: AuditExportQueryJson): string =>
  `/api/audit/export.${format}${queryText({ ...query })}`;
