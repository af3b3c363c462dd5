// Notices for the person at the page, newest first. How many are unread comes by itself (state/live.ts).
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  NoticePageJson,
  NoticeQueryJson,
  ReadNoticesResultJson,
} from '../../server/contract/notices.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useNotices(query: NoticeQueryJson, enabled: boolean) {
  return useQuery({
    queryKey: [...queryKeys.notices, query],
    queryFn: ({ signal }) => fetchJson<NoticePageJson>(`/api/notices${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useReadNotice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (noticeId: string) =>
      fetchJson<void>(`/api/notices/${encodeURIComponent(noticeId)}/read`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.notices }),
  });
}

/** All up to the newest one on the screen. */
export function useReadAllNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) =>
      fetchJson<ReadNoticesResultJson>('/api/notices/read', { method: 'POST', json: { upTo } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.notices }),
  });
}
