// Sites: pages for the table, one site, derived candidates, the search box, export addresses.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  DeriveResultJson,
  DeriveSitesJson,
  SearchReplyJson,
  SiteJson,
  SitePageJson,
  SiteQueryJson,
} from '../../server/contract/sites.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

/** One page of the site library; the last page stays on screen while the next one is on its way. */
export function useSitePage(query: SiteQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.sites, 'page', query],
    queryFn: ({ signal }) => fetchJson<SitePageJson>(`/api/sites${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSite(siteId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.sites, 'one', siteId],
    queryFn: ({ signal }) =>
      fetchJson<SiteJson>(`/api/sites/${encodeURIComponent(siteId ?? '')}`, { signal }),
    enabled: siteId !== null,
  });
}

export function useDeriveSites() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: DeriveSitesJson) =>
      fetchJson<DeriveResultJson>('/api/sites/derive', { method: 'POST', json: request }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.sites }),
        client.invalidateQueries({ queryKey: queryKeys.status }),
      ]),
  });
}

export function useSearch(text: string) {
  const q = text.trim();
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => fetchJson<SearchReplyJson>(`/api/search${queryText({ q })}`, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    select: (reply) => reply.hits,
  });
}

/** Address of the site list as a file, with the filters of the table. */
export function sitesExportUrl(format: 'csv' | 'geojson', query: SiteQueryJson): string {
  return `/api/sites/export.${format}${queryText({ ...query, page: undefined, pageSize: undefined })}`;
}
