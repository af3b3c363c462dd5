// A cell that holds one of a list of words.
import type { ImportField } from '../headers.ts';
import type { RawRow } from '../raw-table.ts';
import { wordOf } from '../resource-words.ts';
import { headerText, type KindContext } from './kind-context.ts';

/** The value behind a word; an unknown word is a remark and null. */
export function readWord<T extends string>(
  raw: RawRow,
  field: ImportField,
  words: ReadonlyMap<string, T>,
  context: KindContext,
): T | null {
  const cell = raw.cells.get(field);
  if (cell === undefined) return null;
  const value = words.get(wordOf(cell));
  if (value !== undefined) return value;
  const header = headerText(context, field);
  const expected = [...new Set(words.values())].join(', ');
  context.issues.warning('IMPORT_VALUE_UNKNOWN', { row: raw.row, field: header, found: cell, expected });
  return null;
}
