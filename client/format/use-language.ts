// The language of the screens as a hook: components draw again when it is switched.
import { useTranslation } from 'react-i18next';
import { type Language, languageOf } from './language.ts';

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languageOf(i18n.language);
}
