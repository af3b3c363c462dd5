// Facts of a notice as words: a time in the reader's form, a list with the language's comma, a number with its separators.
import { commaOf } from '../../format/comma.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { formatCount } from '../../format/numbers.ts';

const moment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Without what a sentence cannot hold; `timeZone` for tests. */
export function noticeFacts(
  facts: Readonly<Record<string, unknown>>,
  language: Language,
  timeZone?: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, wordOf(value, language, timeZone)]),
  );
}

function wordOf(value: unknown, language: Language, timeZone: string | undefined): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? formatCount(value, language) : String(value);
  if (typeof value === 'string') {
    if (day.test(value)) return formatDate(value, language, 'UTC');
    return moment.test(value) ? formatDateTime(value, language, timeZone) : value;
  }
  if (Array.isArray(value))
    return value.map((item) => wordOf(item, language, timeZone)).join(commaOf(language));
  return '';
}
