// The two languages of the product. The tags are also the locales of Intl. Chinese is the first one, and the answer when
// a browser asks for another.
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** `en-GB` → `en`; everything else is read in Chinese. */
export function languageOf(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** Sentences that the server sends in both languages. */
export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}

/** The sentence in the language of the reader. */
export function inLanguage(text: BothLanguages, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}
