// Where the thing a notice tells of is worked on.
import type { NoticeJson } from '../../../server/contract/notices.ts';

/** Null: there is no screen for it. */
export function noticePath({
  noun,
  objectId,
  kind = '',
}: Pick<NoticeJson, 'noun' | 'objectId'> & Partial<Pick<NoticeJson, 'kind'>>): string | null {
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
    case 'area':
      return `/areas?area=${id}`;
    case 'plan':
      // steps through the office on one page, what is said of sites on the other
      return kind.startsWith('plan-') ? `/plans/${id}/office` : `/plans/${id}/review`;
    case 'rule-proposal':
      return `/people/rules?proposal=${id}`;
    case 'export':
      return `/exports?request=${id}`;
    default:
      return null;
  }
}
