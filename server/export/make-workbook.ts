// Workbooks of tables: one sheet each, bold headers that stay in sight, text as text so that nothing becomes a formula or a date.
import writeXlsxFile, { type Cell, type Sheet } from 'write-excel-file/node';

export type SheetCell = string | number | boolean | null;

export interface TableSheet {
  readonly name: string;
  /** Width in characters. */
  readonly columns: readonly { readonly header: string; readonly width: number }[];
  readonly rows: readonly (readonly SheetCell[])[];
}

export async function makeWorkbook(sheets: readonly TableSheet[]): Promise<Uint8Array> {
  return writeXlsxFile(sheets.map(sheetOf)).toBuffer();
}

type XlsxSheet = Parameters<typeof writeXlsxFile>[0] extends (infer One)[]
  ? Extract<One, { data: unknown }>
  : never;

function sheetOf({ name, columns, rows }: TableSheet): Sheet<never> & XlsxSheet {
  const headers: Cell[] = columns.map(({ header }) => ({ value: header, type: String, fontWeight: 'bold' }));
  return {
    sheet: name,
    data: [headers, ...rows.map((row) => row.map(cellOf))],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  };
}

function cellOf(value: SheetCell): Cell {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  if (typeof value === 'boolean') return { value: value ? '是' : '否', type: String };
  return { value: writable(value), type: String };
}

/** A sheet's longest cell, and without what XML has no place for. */
const LONGEST_CELL = 32_767;
const writable = (text: string): string =>
  text.slice(0, LONGEST_CELL).replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '·');
