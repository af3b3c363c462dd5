// Comments on resources and plans: pages of them, saying one, answering one. Each act carries the key of its form.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CommentAnswerJson,
  CommentExportQueryJson,
  CommentJson,
  CommentPageJson,
  CommentQueryJson,
} from '../../server/contract/comments.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

/** What a comment is about. */
export interface CommentedThing {
  readonly noun: 'resource' | 'plan';
  readonly objectId: string;
  /** Of a plan: one of its sites. */
  readonly siteId?: string;
}

export function useCommentPage(query: CommentQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.comments, query],
    queryFn: ({ signal }) => fetchJson<CommentPageJson>(`/api/comments${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of the rows under these filters as a file. */
export const commentsExportUrl = (query: CommentExportQueryJson): string =>
  `/api/comments/export.xlsx${queryText(query)}`;

export interface SayComment {
  readonly about: CommentedThing;
  readonly body: string;
  readonly act: Act;
}

export function useSayComment() {
  return useCommentMutation(({ about: { noun, objectId, siteId }, body, act }: SayComment) =>
    act.run((once) =>
      fetchJson<CommentJson>(`/api/${noun}s/${encodeURIComponent(objectId)}/comments`, {
        method: 'POST',
        json: { body, ...(siteId !== undefined && { siteId }) },
        once,
      }),
    ),
  );
}

export interface AnswerComment {
  readonly comment: Pick<CommentJson, 'id' | 'version'>;
  readonly answer: CommentAnswerJson;
  readonly act: Act;
}

/** Refused with 412 when somebody else was faster. */
export function useAnswerComment() {
  return useCommentMutation(({ comment: { id, version }, answer, act }: AnswerComment) =>
    act.run((once) =>
      fetchJson<CommentJson>(`/api/comments/${encodeURIComponent(id)}/answers`, {
        method: 'POST',
        json: answer,
        once,
        ifMatch: version,
      }),
    ),
  );
}

/** The comment as it is now, out of the refusal of a late answer; null for any other error. */
export const freshComment = (error: unknown): CommentJson | null => freshRow<CommentJson>(error, 'comment');

function useCommentMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: it may have been answered by somebody else
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.comments }),
  });
}
