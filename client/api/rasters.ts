// Stored rasters of terrain and clutter.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RasterListJson } from '../../server/contract/rasters.ts';
import { fetchJson } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

export function useRasters() {
  return useQuery({
    queryKey: queryKeys.rasters,
    queryFn: ({ signal }) => fetchJson<RasterListJson>('/api/rasters', { signal }),
    select: (reply) => reply.rasters,
  });
}

export function useDeleteRaster() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rasterId: string) =>
      fetchJson<void>(`/api/rasters/${encodeURIComponent(rasterId)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.rasters }),
  });
}

/** The picture of a raster; another one after it was imported again. */
export const rasterPictureUrl = (rasterId: string, createdAt: string): string =>
  `/api/rasters/${encodeURIComponent(rasterId)}/preview.png?v=${encodeURIComponent(createdAt)}`;
