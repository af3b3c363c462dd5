// The fields of a site in the reader's language. Lists come with values in Chinese; English readers get the catalogue's
// word, and any value that is in no catalogue is shown as the sender wrote it.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistricts } from '../../api/areas.ts';
import { useResourceTypes } from '../../api/catalogue.ts';
import { type Language, languageOf } from '../../format/language.ts';

export interface SiteWords {
  readonly language: Language;
  readonly resourceType: (code: string) => string;
  readonly district: (code: string) => string;
  /** A value of a closed list (`status`, `structure`, `freeStatus`, …); an em dash for null. */
  readonly term: (list: string, value: string | null) => string;
}

export function useSiteWords(): SiteWords {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const types = useResourceTypes().data;
  const districts = useDistricts().data;
  return useMemo(() => {
    const english = new Map(types?.map((type) => [type.code, type.en]));
    const names = new Map(districts?.map((district) => [district.code, district.name]));
    return {
      language,
      resourceType: (code) => (language === 'en' ? (english.get(code) ?? code) : code),
      district: (code) => names.get(code) ?? code,
      term: (list, value) => (value === null ? '—' : t(`terms.${list}.${value}`, { defaultValue: value })),
    };
  }, [types, districts, language, t]);
}
