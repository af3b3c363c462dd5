// Cases as people read them: states, fields, kinds of photos, and the words of the library for places and closed lists.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type BothLanguages, inLanguage } from '../../format/language.ts';
import { type LibraryWords, useLibraryWords } from '../library/use-library-words.ts';

export interface CaseWords {
  readonly library: LibraryWords;
  readonly language: LibraryWords['language'];
  state(state: string): string;
  field(field: string): string;
  photoKind(kind: string): string;
  sentence(sentence: BothLanguages): string;
}

export function useCaseWords(): CaseWords {
  const { t } = useTranslation();
  const library = useLibraryWords();
  return useMemo(() => {
    const { language } = library;
    return {
      library,
      language,
      state: (state) => t(`cases.state.${state}`, { defaultValue: state }),
      field: (field) => t(`cases.field.${field}`, { defaultValue: field }),
      photoKind: (kind) => t(`photos.kind.${kind}`, { defaultValue: kind }),
      sentence: (sentence) => inLanguage(sentence, language),
    };
  }, [library, t]);
}
