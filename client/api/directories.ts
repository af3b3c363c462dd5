// Opening directories: the list, one with a page of its rows, their counts, one row, what would be published now, and publishing it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  DirectoryCountsJson,
  DirectoryDetailJson,
  DirectoryExportQueryJson,
  DirectoryJson,
  DirectoryPageJson,
  DirectoryPreviewJson,
  DirectoryQueryJson,
  DirectoryRowsQueryJson,
  ListedRowJson,
  NewDirectoryJson,
} from '../../server/contract/directories.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

const directoryPath = (id: string) => `/api/directories/${encodeURIComponent(id)}`;

export function useDirectoryPage(query: DirectoryQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.directories, 'page', query],
    queryFn: ({ signal }) => fetchJson<DirectoryPageJson>(`/api/directories${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The directory with one page of its rows. */
export function useDirectoryRows(id: string, query: DirectoryRowsQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.directories, id, 'page', query],
    queryFn: ({ signal }) =>
      fetchJson<DirectoryDetailJson>(`${directoryPath(id)}${queryText(query)}`, { signal }),
    placeholderData: (before) => (before?.directory.id === id ? before : undefined),
  });
}

/** Under the same filters without `change`. */
export function useDirectoryCounts(id: string, query: DirectoryExportQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.directories, id, 'counts', query],
    queryFn: ({ signal }) =>
      fetchJson<DirectoryCountsJson>(`${directoryPath(id)}/counts${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Null: none is opened. */
export function useDirectoryRow(id: string, resourceId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.directories, id, 'row', resourceId],
    queryFn: ({ signal }) =>
      fetchJson<ListedRowJson>(`${directoryPath(id)}/rows/${encodeURIComponent(resourceId ?? '')}`, {
        signal,
      }),
    enabled: resourceId !== null,
  });
}

/** What would be published now; asked afresh every time, since resources open and close meanwhile. */
export function useDirectoryPreview(districtCode: string | null) {
  return useQuery({
    queryKey: [...queryKeys.directories, 'preview', districtCode],
    queryFn: ({ signal }) =>
      fetchJson<DirectoryPreviewJson>(`/api/directories/preview${queryText({ districtCode })}`, { signal }),
    enabled: districtCode !== null,
    staleTime: 0,
    gcTime: 0,
  });
}

export function usePublishDirectory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ directory, act }: { readonly directory: NewDirectoryJson; readonly act: Act }) =>
      act.run((once) =>
        fetchJson<DirectoryJson>('/api/directories', { method: 'POST', json: directory, once }),
      ),
    // also after a refusal: something was opened or closed since the preview
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.directories }),
        client.invalidateQueries({ queryKey: queryKeys.resources }),
      ]),
  });
}

/** Without a filter the whole directory as it was published. */
export function directoryExportUrl(
  format: 'xlsx' | 'geojson',
  id: string,
  query: DirectoryExportQueryJson,
): string {
  return `${directoryPath(id)}/export.${format}${queryText(query)}`;
}
