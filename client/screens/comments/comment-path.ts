// Where the comments on one thing are listed, and where the thing itself is.
import type { CommentJson } from '../../../server/contract/comments.ts';

export function commentedPath({ noun, objectId }: Pick<CommentJson, 'noun' | 'objectId'>): string {
  return noun === 'resource'
    ? `/library?${new URLSearchParams({ resource: objectId })}`
    : `/plans/${encodeURIComponent(objectId)}/review`;
}
