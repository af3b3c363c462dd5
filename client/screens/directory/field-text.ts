// Fields of a directory row in words, and what changed in them: a place in degrees, anything else as the library says it.
import type { TFunction } from 'i18next';
import type { ListedRowJson } from '../../../server/contract/directories.ts';
import { formatPosition } from '../../format/coordinates.ts';
import type { LibraryWords } from '../library/use-library-words.ts';

export function fieldText(words: LibraryWords, field: string, value: unknown): string {
  if (field === 'position' && Array.isArray(value)) return formatPosition(value.map(Number));
  return words.value(field, value);
}

/** `年费用：— → 500 CNY；名称：甲 → 乙`; the first of them, and how many more. */
export function changesText(
  t: TFunction,
  words: LibraryWords,
  fields: ListedRowJson['fields'],
  most: number,
): string {
  const told = fields.slice(0, most).map(({ field, before, after }) =>
    t('directory.diff.field', {
      label: words.field(field),
      before: fieldText(words, field, before),
      after: fieldText(words, field, after),
    }),
  );
  const more = fields.length > most ? ` +${fields.length - most}` : '';
  return told.join(words.language === 'en' ? '; ' : '；') + more;
}
