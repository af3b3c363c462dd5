// Problems as people read them: states, levels, categories, places by name, clocks.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { problemCategories } from '../../../engine/index.ts';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { useDistricts, useTowns } from '../../api/areas.ts';
import { commaOf } from '../../format/comma.ts';
import { type Language, languageOf } from '../../format/language.ts';
import { problemClock } from './problem-clock.ts';

export interface ProblemWords {
  readonly language: Language;
  state(state: string): string;
  level(level: string): string;
  category(code: string): string;
  /** District or town by name. */
  place(code: string): string;
  /** Where there is none it is said. */
  town(code: string): string;
  /** Several names in one line; an em dash for none. */
  list(names: readonly string[]): string;
  clock(problem: Pick<ProblemJson, 'state' | 'overdue' | 'workingDaysLeft'>): string;
  noun(noun: string): string;
}

const english = new Map<string, string>(problemCategories.map(({ code, en }) => [code, en]));

export function useProblemWords(): ProblemWords {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const districts = useDistricts().data;
  const towns = useTowns().data;
  return useMemo(() => {
    const names = new Map([...(districts ?? []), ...(towns ?? [])].map(({ code, name }) => [code, name]));
    const place = (code: string) => (code === '' ? '—' : (names.get(code) ?? code));
    return {
      language,
      state: (state) => t(`problems.state.${state}`, { defaultValue: state }),
      level: (level) => t(`problems.level.${level}`, { defaultValue: level }),
      category: (code) => (language === 'en' ? (english.get(code) ?? code) : code),
      place,
      town: (code) => (code === '' ? t('library.filter.noTown') : place(code)),
      list: (all) => (all.length === 0 ? '—' : all.join(commaOf(language))),
      clock: (problem) => {
        const { word, count } = problemClock(problem);
        return t(`problems.clock.${word}`, { count });
      },
      noun: (noun) => t(`problems.noun.${noun}`, { defaultValue: noun }),
    };
  }, [districts, towns, language, t]);
}
