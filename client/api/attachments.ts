// Attachments of a problem, case, relocation or resource: the list, the address of a file, bringing one under the key of its act,
// removing one. Cached under the word of the desk, so its live news make them stale as well.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AttachmentJson,
  AttachmentListJson,
  attachmentPaths,
} from '../../server/contract/attachments.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

/** What attachments belong to. */
export type AttachmentOwner = Pick<AttachmentJson, 'noun' | 'objectId'>;

const paths: typeof attachmentPaths = {
  problem: 'problems',
  case: 'cases',
  relocation: 'relocations',
  resource: 'resources',
};

const listPath = ({ noun, objectId }: AttachmentOwner): string =>
  `/api/${paths[noun]}/${encodeURIComponent(objectId)}/attachments`;

export function useAttachments(owner: AttachmentOwner) {
  return useQuery({
    queryKey: [...queryKeys[paths[owner.noun]], 'attachments', owner.objectId],
    queryFn: ({ signal }) => fetchJson<AttachmentListJson>(listPath(owner), { signal }),
  });
}

/** Address of the file itself. */
export const attachmentUrl = (one: AttachmentOwner & Pick<AttachmentJson, 'id'>): string =>
  `${listPath(one)}/${encodeURIComponent(one.id)}`;

export interface AttachmentToSend {
  readonly kind: AttachmentJson['kind'];
  readonly file: File;
  readonly once: string;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

/** The same file again answers the one that is there. */
export async function sendAttachment(
  owner: AttachmentOwner,
  { kind, file, ...options }: AttachmentToSend,
): Promise<AttachmentJson> {
  const form = new FormData();
  form.append('file', file, file.name);
  return fetchJson<AttachmentJson>(`${listPath(owner)}${queryText({ kind })}`, {
    method: 'POST',
    form,
    ...options,
  });
}

export function useRemoveAttachment(owner: AttachmentOwner) {
  const refresh = useRefreshAttachments(owner);
  return useMutation({
    mutationFn: (id: string) => fetchJson<void>(attachmentUrl({ ...owner, id }), { method: 'DELETE' }),
    onSettled: refresh,
  });
}

/** All of the desk: a file may be evidence its object waited for. */
export function useRefreshAttachments({ noun }: Pick<AttachmentOwner, 'noun'>): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys[paths[noun]] });
}
