// The audit trail, newest first: by page for the screen, the last records of one object for its timeline.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AuditPageJson, AuditQueryJson } from '../../server/contract/audit.ts';
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
