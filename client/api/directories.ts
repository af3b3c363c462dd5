// Opening directories: the list, one with a page of its rows, what would be published now, and publishing it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  DirectoryDetailJson,
  DirectoryJson,
  DirectoryPageJson,
  DirectoryPreviewJson,
  DirectoryQueryJson,
  NewDirectoryJson,
} from '../../server/contract/directories.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

const directoryPath = (id: string) => `/api/directories/${encodeURIComponent(id)}`;

export function useDirectoryPage(query: DirectoryQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.directories, 'page', query],
    queryFn: ({ signal }) => fetchJson<DirectoryPageJson>(`/api/directories${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useDirectory(id: string, page: number, pageSize: number) {
  return useQuery({
    queryKey: [...queryKeys.directories, 'one', id, page, pageSize],
    queryFn: ({ signal }) =>
      fetchJson<DirectoryDetailJson>(`${directoryPath(id)}${queryText({ page, pageSize })}`, { signal }),
    placeholderData: (before) => (before?.directory.id === id ? before : undefined),
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
    mutationFn: (directory: NewDirectoryJson) =>
      fetchJson<DirectoryJson>('/api/directories', { method: 'POST', json: directory }),
    // also after a refusal: something was opened or closed since the preview
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.directories }),
        client.invalidateQueries({ queryKey: queryKeys.resources }),
      ]),
  });
}

export function directoryExportUrl(format: 'xlsx' | 'geojson', id: string): string {
  return `${directoryPath(id)}/export.${format}`;
}
