// What stands between the words of a list.
import type { Language } from './language.ts';

export const commaOf = (language: Language): string => (language === 'en' ? ', ' : '、');
