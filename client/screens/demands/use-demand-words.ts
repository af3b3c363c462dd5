// Demands as people read them: states, closed lists, places by name, and what a rule found at a candidate.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchRuleId } from '../../../engine/index.ts';
import type { MatchJson } from '../../../server/contract/demands.ts';
import type { Language } from '../../format/language.ts';
import { formatNumber } from '../../format/numbers.ts';
import { type LibraryWords, useLibraryWords } from '../library/use-library-words.ts';

type Reason = MatchJson['reasons'][number];

export interface DemandWords {
  readonly language: Language;
  readonly library: LibraryWords;
  state(state: string): string;
  /** A value of a closed list; what has no word stands as it is. */
  word(list: 'scenario' | 'form' | 'reason', value: string | null): string;
  field(field: string): string;
  rule(id: MatchRuleId): string;
  metres(metres: number | null, digits?: number): string;
  /** What a rule found, and what was asked for. */
  found(reason: Reason): string;
}

/** Rules whose values are words of a list of the library. */
const libraryLists: Partial<Record<MatchRuleId, string>> = {
  'MATCH-POWER': 'powerMode',
  'MATCH-FIBRE': 'fibre',
  'MATCH-FREE': 'freeStatus',
  'MATCH-STRUCTURE': 'structureCheck',
  'MATCH-STATE': 'state',
  'MATCH-FORM': 'resourceType',
};

export function useDemandWords(): DemandWords {
  const { t } = useTranslation();
  const library = useLibraryWords();
  return useMemo(() => {
    const { language } = library;
    const metres = (value: number | null, digits = 0) =>
      value === null ? '—' : `${formatNumber(value, language, digits)} m`;
    const word: DemandWords['word'] = (list, value) =>
      value === null ? '—' : t(`demands.word.${list}.${value}`, { defaultValue: value });
    const foundText = ({ rule, value }: Reason): string => {
      if (value === null) return t(rule === 'MATCH-GAIN' ? 'demands.found.noGain' : 'demands.found.unknown');
      const list = libraryLists[rule];
      if (list !== undefined) return library.value(list, value);
      if (rule === 'MATCH-DISTANCE' || rule === 'MATCH-HEIGHT') return metres(Number(value));
      if (rule === 'MATCH-GAIN') return `${formatNumber(100 * Number(value), language, 2)} %`;
      if (rule === 'MATCH-OWNER') return t(`demands.ownerClass.${value}`, { defaultValue: String(value) });
      if (rule === 'MATCH-CONSTRAINT')
        return value === ''
          ? t('demands.found.none')
          : library.value('constraintFlags', String(value).split('、'));
      return String(value);
    };
    const wantedText = ({ rule, wanted }: Reason): string =>
      rule === 'MATCH-DISTANCE' || rule === 'MATCH-HEIGHT'
        ? metres(Number(wanted))
        : rule === 'MATCH-FORM'
          ? word('form', String(wanted))
          : String(wanted);
    return {
      language,
      library,
      state: (state) => t(`demands.state.${state}`, { defaultValue: state }),
      word,
      field: (field) => t(`demands.field.${field}`, { defaultValue: field }),
      rule: (id) => t(`demands.rule.${id}`),
      metres,
      found: (reason) =>
        reason.wanted === null
          ? foundText(reason)
          : t(reason.rule === 'MATCH-DISTANCE' ? 'demands.found.within' : 'demands.found.wanted', {
              value: foundText(reason),
              wanted: wantedText(reason),
            }),
    };
  }, [library, t]);
}
