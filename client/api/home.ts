// What waits for the person at the page, counted by the service.
import { useQuery } from '@tanstack/react-query';
import type { HomeJson } from '../../server/contract/home.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useHome() {
  return useQuery({
    queryKey: queryKeys.home,
    queryFn: ({ signal }) => fetchJson<HomeJson>('/api/home', { signal }),
  });
}
