// The progress report.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ProgressJson, ProgressQueryJson } from '../../server/contract/progress.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useProgress(query: ProgressQueryJson) {
  return useQuery({
    // stale with every case
    queryKey: [...queryKeys.cases, 'progress', query],
    queryFn: ({ signal }) => fetchJson<ProgressJson>(`/api/progress${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export const progressFileUrl = (query: ProgressQueryJson): string =>
  `/api/progress/export.xlsx${queryText(query)}`;
