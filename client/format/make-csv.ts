// CSV that spreadsheets open rightly: a byte order mark so that Chinese survives Excel, CRLF (RFC 4180), and text that
// would start a formula gets an apostrophe in front, because rows come from other people's files.

export type CsvCell = string | number | null;

/** One text with header line; numbers are written plainly, without grouping. */
export function makeCsv(headers: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [headers, ...rows].map((row) => row.map(cell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
