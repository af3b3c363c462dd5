// CSV that spreadsheets open safely: a byte order mark for Chinese, quotes where needed, and a mark before text that a
// spreadsheet would take for a formula (OWASP CSV injection). Numbers stay numbers.

export type CsvCell = string | number | null;

const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

export const CSV_START = '\uFEFF';

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
