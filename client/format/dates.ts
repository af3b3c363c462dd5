// Dates and times in the reader's own zone unless one is given (tests give one).
import type { Language } from './language.ts';

/** `2025/06/03 14:05` in Chinese, `3 Jun 2025, 14:05` in English. An em dash for what is no date. */
export function formatDateTime(iso: string | null, language: Language, timeZone?: string): string {
  return format(
    iso,
    language,
    { ...dateParts(language), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    timeZone,
  );
}

/** The day alone. */
export function formatDate(iso: string | null, language: Language, timeZone?: string): string {
  return format(iso, language, dateParts(language), timeZone);
}

/** `20250603-1405` for file names: sorts by itself and is legal on every system. */
export function formatFileStamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}`;
}

/** yyyy-mm-dd: the last day that may be said to have happened, as the service counts. */
export const todayInChina = (): string =>
  new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });

function dateParts(language: Language): Intl.DateTimeFormatOptions {
  return language === 'zh-CN'
    ? { year: 'numeric', month: '2-digit', day: '2-digit' }
    : { year: 'numeric', month: 'short', day: 'numeric' };
}

function format(
  iso: string | null,
  language: Language,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): string {
  const date = new Date(iso ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '—';
  // 'en' alone would be the American order of day and month.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options).format(date);
}
