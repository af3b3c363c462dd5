// Where the thing a notice tells of is worked on.
import type { NoticeJson } from '../../../server/contract/notices.ts';

/** Null: there is no screen for it. */
export function noticePath({ noun, objectId }: Pick<NoticeJson, 'noun' | 'objectId'>): string | null {
  const id = encodeURIComponent(objectId);
  switch (noun) {
    case 'demand':
      return `/demands?demand=${id}`;
    case 'claim':
      return `/claims?claim=${id}`;
    case 'case':
      return `/cases/${id}`;
    case 'batch':
      return `/batches/${id}`;
    case 'problem':
      return `/problems/${id}`;
    case 'relocation':
      return `/relocations/${id}`;
    case 'resource':
      return `/library?resource=${id}`;
    case 'plan':
      return `/plans/${id}/review`;
    case 'export':
      return `/exports?request=${id}`;
    default:
      return null;
  }
}
