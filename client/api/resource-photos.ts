// Photos of a resource: the list, the address of a picture, bringing one under the key of its act, removing one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResourcePhotoJson, ResourcePhotoListJson } from '../../server/contract/photos.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

const photosPath = (resourceId: string) => `/api/resources/${encodeURIComponent(resourceId)}/photos`;

export function useResourcePhotos(resourceId: string, enabled = true) {
  return useQuery({
    queryKey: [...queryKeys.resources, 'photos', resourceId],
    queryFn: ({ signal }) => fetchJson<ResourcePhotoListJson>(photosPath(resourceId), { signal }),
    select: (reply) => reply.photos,
    enabled,
  });
}

/** Address of the picture itself. */
export const resourcePhotoUrl = ({ id, resourceId }: Pick<ResourcePhotoJson, 'id' | 'resourceId'>): string =>
  `${photosPath(resourceId)}/${encodeURIComponent(id)}`;

export interface ResourcePhotoToSend {
  readonly resourceId: string;
  readonly kind: ResourcePhotoJson['kind'];
  readonly file: File;
  readonly once: string;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

/** The same photo again answers the one that is there. */
export async function sendResourcePhoto(photo: ResourcePhotoToSend): Promise<ResourcePhotoJson> {
  const { resourceId, kind, file, ...options } = photo;
  const form = new FormData();
  form.append('file', file, file.name);
  return fetchJson<ResourcePhotoJson>(`${photosPath(resourceId)}${queryText({ kind })}`, {
    method: 'POST',
    form,
    ...options,
  });
}

export function useRemoveResourcePhoto(resourceId: string) {
  const refresh = useRefreshResources();
  return useMutation({
    mutationFn: (id: string) => fetchJson<void>(resourcePhotoUrl({ id, resourceId }), { method: 'DELETE' }),
    onSettled: refresh,
  });
}

export function useRefreshResources(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.resources });
}
