// One field of a relocation in one line, as people read it.
import type { TFunction } from 'i18next';
import type { RelocationDetailJson } from '../../../server/contract/relocations.ts';
import { formatDate } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney } from '../../format/money.ts';
import type { RelocationDraft } from './relocation-draft.ts';

type Field = keyof RelocationDraft;

/** Keys under which the words of relocations name a field, where they differ. */
export const fieldNames: Readonly<Partial<Record<Field, string>>> = {
  affectedSiteIds: 'affected',
  replacementSiteIds: 'replacements',
};

/** Sites and milestones by name; an em dash for what is unknown. */
export function relocationFieldText(
  detail: RelocationDetailJson,
  field: Field,
  t: TFunction,
  language: Language,
): string {
  const list = (names: readonly string[]) => (names.length === 0 ? '—' : names.join(t('desk.separator')));
  switch (field) {
    case 'cause':
      return t(`relocations.cause.${detail.cause}`);
    case 'dueOn':
      return formatDate(detail.dueOn, language);
    case 'compensationCny':
      return formatMoney(detail.compensationCny, language);
    case 'affectedSiteIds':
      return list(detail.affectedSites.map(({ name, code }) => name || code));
    case 'replacementSiteIds':
      return list(detail.replacementSites.map(({ name, code }) => name || code));
    case 'milestones':
      return list(detail.milestones.map(({ name }) => name));
    default:
      return detail[field] || '—';
  }
}
