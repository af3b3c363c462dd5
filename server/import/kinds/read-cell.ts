// Small readings several kinds share: cells that say nothing, lists in a cell, days.
import type { RawRow } from '../raw-table.ts';
import { headerText, type KindContext } from './kind-context.ts';

const unknownWords = new Set([
  '',
  '-',
  '—',
  '--',
  '/',
  '\\',
  '无数据',
  '不详',
  '未知',
  '待定',
  '暂无',
  'n/a',
  'null',
]);
/** What a cell says that says nothing. */
export const isUnknown = (text: string): boolean =>
  unknownWords.has(text.normalize('NFKC').trim().toLowerCase());

/** The different parts of a list in one cell; null for null. */
export function partsOf(text: string | null): string[] | null {
  if (text === null) return null;
  const parts = text
    .split(/[、,，;；/|\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return [...new Set(parts)];
}

/** YYYY-MM-DD of a cell as people write days; anything else is an issue and null. */
export function readDate(
  raw: RawRow,
  field: 'surveyDate' | 'validFrom' | 'validTo' | 'wantDate',
  context: KindContext,
): string | null {
  const cell = raw.cells.get(field);
  if (cell === undefined || isUnknown(cell)) return null;
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?$/.exec(
    cell.normalize('NFKC').trim(),
  );
  const [year, month, day] = (match ?? []).slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day));
  if (!Number.isNaN(date.getTime()) && date.getUTCMonth() + 1 === month && date.getUTCDate() === day)
    return date.toISOString().slice(0, 10);
  const facts = { row: raw.row, field: headerText(context, field), found: cell, expected: '2026-03-01' };
  context.issues.error('IMPORT_DATE', facts);
  return null;
}
