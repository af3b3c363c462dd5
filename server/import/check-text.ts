// Text cells: length, control characters, halves of surrogate pairs. Everything else is somebody's name for something and
// is kept as it is.
import type { ImportField } from './headers.ts';
import type { IssueList } from './import-issue.ts';
import type { RawRow } from './raw-table.ts';

const LONGEST_TEXT = 200;

/** Text to show: cut to length, without what no screen shows and no database keeps (controls, halves of surrogate pairs). */
export const shownText = (text: string, longest: number): string =>
  text.slice(0, longest).replace(/[\p{Cc}\p{Cs}]/gu, '\u00b7');

/** The cell's text, '' when empty. Too long or unprintable text is an error at its row. */
export function checkText(raw: RawRow, field: ImportField, header: string, issues: IssueList): string {
  const text = raw.cells.get(field)?.trim() ?? '';
  if (text.length > LONGEST_TEXT) {
    issues.error('IMPORT_TEXT_TOO_LONG', {
      row: raw.row,
      field: header,
      found: text,
      values: { limit: LONGEST_TEXT },
    });
  } else if (/(?![\t\n\r])[\p{Cc}\p{Cs}]/u.test(text)) {
    issues.error('IMPORT_TEXT_CONTROL', { row: raw.row, field: header, found: text });
  } else {
    return text.replace(/\s+/g, ' ');
  }
  return '';
}
