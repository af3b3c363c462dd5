// The two languages of the screens. Each screen keeps its own messages in messages/<language>/<screen>.ts, which exports
// `messages` (a plain nested object); the file name is the first part of the key: t('coverage.run') reads
// messages/zh/coverage.ts → { run: … }. New files are found by themselves; both languages must hold the same keys.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languageOf } from './language.ts';

interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

const storageKey = 'zhanzhi.language';

/** All messages by language and screen. */
export const messageFiles = collectMessages(
  import.meta.glob<{ messages: MessageTree }>('./messages/*/*.ts', { eager: true }),
);

/** Starts i18next; call once before the first render. */
export function startI18n(): void {
  const language = storedLanguage();
  void i18next.use(initReactI18next).init({
    resources: {
      'zh-CN': { translation: messageFiles['zh-CN'] },
      en: { translation: messageFiles.en },
    },
    lng: language,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Switches the screens and remembers the choice on this machine. */
export function switchLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

function storedLanguage(): Language {
  try {
    return languageOf(localStorage.getItem(storageKey));
  } catch {
    return 'zh-CN';
  }
}

function collectMessages(
  files: Record<string, { messages: MessageTree }>,
): Record<Language, Record<string, MessageTree>> {
  const found: Record<Language, Record<string, MessageTree>> = { 'zh-CN': {}, en: {} };
  for (const [path, file] of Object.entries(files)) {
    const [, folder, screen] = /messages\/(zh|en)\/(.+)\.ts$/.exec(path) ?? [];
    if (screen !== undefined) found[languageOf(folder)][screen] = file.messages;
  }
  return found;
}
