// Batches and their rows as people read them: states, decisions, opinions, reasons, checks and any field of a proposal in one line.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewedField } from '../../../engine/index.ts';
import { useTowns } from '../../api/areas.ts';
import { commaOf } from '../../format/comma.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney } from '../../format/money.ts';
import { formatNumber } from '../../format/numbers.ts';
import type { ActWork } from '../../state/unsent-acts.ts';
import { useLibraryWords } from '../library/use-library-words.ts';
import { dueClock } from './due-clock.ts';

export interface BatchWords {
  readonly t: TFunction;
  readonly language: Language;
  /** A word of the list: state, decision, opinion, consent. */
  word(list: string, value: string | null): string;
  reason(code: string | null): string;
  resourceType(code: string | null): string;
  place(code: string): string;
  field(field: string): string;
  /** Any reviewed field in one line; an em dash for what is unknown. */
  value(field: ReviewedField | 'townCode' | 'districtCode', value: unknown): string;
  /** How long is left. */
  due(dueAt: string | null, now: Date): string;
  time(iso: string | null): string;
  /** Several names in one line; '' of none. */
  list(names: readonly string[]): string;
  /** What an act on rows says of them. */
  said(work: Exclude<ActWork, { readonly kind: 'undo' }>): string;
}

export function useBatchWords(): BatchWords {
  const { t } = useTranslation();
  const library = useLibraryWords();
  // names of towns are part of the words
  useTowns();
  return useMemo((): BatchWords => {
    const { language } = library;
    const word = (list: string, value: string | null) =>
      t(`batches.${list}.${value ?? 'none'}`, { defaultValue: value ?? '—' });
    const list = (names: readonly string[]) => names.join(commaOf(language));
    return {
      t,
      language,
      word,
      reason: (code) => (code === null ? '—' : t(`terms.reason.${code}`, { defaultValue: code })),
      resourceType: library.resourceType,
      place: library.place,
      field: (field) => t(`batches.field.${field}`, { defaultValue: field }),
      value: (field, value) => {
        if (value === null || value === undefined || value === '') return '—';
        if (field === 'position' && isPosition(value)) return formatPosition(value);
        if (Array.isArray(value))
          return value.length === 0 ? '—' : list(value.map((one) => library.word(field, String(one))));
        switch (field) {
          case 'consent':
            return word('consent', String(value));
          case 'resourceType':
            return library.resourceType(String(value));
          case 'resourceState':
            return library.state(String(value));
          case 'structure':
            return t(`terms.structure.${String(value)}`, { defaultValue: String(value) });
          case 'costCny':
            return formatMoney(Number(value), language);
          case 'heightM':
            return `${formatNumber(Number(value), language, 1)} m`;
          case 'townCode':
          case 'districtCode':
            return library.place(String(value));
          default:
            return library.word(field, String(value));
        }
      },
      due: (dueAt, now) => {
        const clock = dueClock(dueAt, now);
        return clock === null ? '—' : t(`batches.due.${clock.word}`, { days: clock.days });
      },
      time: (iso) => formatDateTime(iso, language),
      list,
      said: (work) => {
        if (work.kind === 'decide') return word('decision', work.decision);
        if (work.kind === 'countersign') return t('batches.verb.countersign');
        if (work.kind === 'countersign-back') return t('batches.countersign.back');
        return word('opinion', work.opinion);
      },
    };
  }, [t, library]);
}

function isPosition(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
}
