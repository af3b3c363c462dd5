// Claims as people read them: states, rules and sentences of the service in the reader's language, and the words of the library.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimJson } from '../../../server/contract/claims.ts';
import { commaOf } from '../../format/comma.ts';
import { type BothLanguages, inLanguage } from '../../format/language.ts';
import { type LibraryWords, useLibraryWords } from '../library/use-library-words.ts';

export interface ClaimWords {
  readonly library: LibraryWords;
  readonly language: LibraryWords['language'];
  state(state: string): string;
  rule(rule: string): string;
  list(texts: readonly string[]): string;
  sentence(sentence: BothLanguages): string;
  /** Of an operator's request that no company has taken up there is none. */
  company(claim: Pick<ClaimJson, 'company'>): string;
}

export function useClaimWords(): ClaimWords {
  const { t } = useTranslation();
  const library = useLibraryWords();
  return useMemo(() => {
    const { language } = library;
    return {
      library,
      language,
      state: (state) => t(`claims.state.${state}`, { defaultValue: state }),
      rule: (rule) => t(`claims.rule.${rule}`, { defaultValue: rule }),
      list: (texts) => (texts.length === 0 ? '—' : texts.join(commaOf(language))),
      sentence: (sentence) => inLanguage(sentence, language),
      company: ({ company }) => (company === '' ? t('claims.noCompany') : company),
    };
  }, [library, t]);
}
