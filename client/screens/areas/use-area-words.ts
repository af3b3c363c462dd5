// Target areas in words: what they are to reach, which of their fields differ, who approved them and with which paper.
import { useTranslation } from 'react-i18next';
import { type AreaField, findCoverageRule } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { commaOf } from '../../format/comma.ts';
import { formatDate } from '../../format/dates.ts';
import { formatArea } from '../../format/measures.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

type Target = Pick<AreaJson, 'coverageRule' | 'targetShare' | 'deadline'>;
type Approval = NonNullable<AreaJson['approval']>;

export function useAreaWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = (iso: string) => formatDate(iso, language, 'UTC');
  const rule = (word: string) => (language === 'en' ? (findCoverageRule(word)?.en ?? word) : word);
  const targetOf = ({ coverageRule, targetShare, deadline }: Target): string =>
    [
      coverageRule === null ? null : rule(coverageRule),
      targetShare === null ? null : formatShare(targetShare, language),
      deadline === null ? null : t('areas.by', { day: day(deadline) }),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  return {
    t,
    language,
    day,
    rule,
    /** A field other than the outline. */
    value: (field: AreaField, value: string | number | null): string =>
      value === null
        ? '—'
        : field === 'coverageRule'
          ? rule(String(value))
          : field === 'targetShare'
            ? formatShare(Number(value), language)
            : field === 'deadline'
              ? day(String(value))
              : String(value),
    field: (field: AreaField): string => t(`areas.field.${field}`),
    fields: (fields: readonly AreaField[]): string =>
      fields.map((field) => t(`areas.field.${field}`)).join(commaOf(language)),
    /** 连续覆盖 · 95 % · 2027-06-30 前 */
    target: (of: Target): string => targetOf(of) || '—',
    /** 第 2 次批准 · 沪规〔2026〕1 号 · 2026-11-22 */
    approval: ({ number, documentNo, at }: Pick<Approval, 'number' | 'documentNo' | 'at'>): string =>
      [t('areas.approvalNumber', { number }), documentNo, formatDate(at, language)]
        .filter(Boolean)
        .join(' · '),
    share: (share: number): string => formatShare(share, language),
    /** 学校 · 0.21 km² · 连续覆盖 */
    line: ({ kind, areaKm2, ...target }: Target & Pick<AreaJson, 'kind' | 'areaKm2'>): string =>
      [kind, formatArea(areaKm2, language), targetOf(target)].filter(Boolean).join(' · '),
    ground: (areaKm2: number): string => formatArea(areaKm2, language),
  };
}
