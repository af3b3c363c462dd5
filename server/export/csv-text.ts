// CSV lines that spreadsheets open safely; the cell rules (quotes, formula mark) are the engine's.
import { csvCell } from '../../engine/index.ts';

/** Byte order mark: without it spreadsheets on Chinese desktops read GBK. */
export const CSV_START = '\uFEFF';

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`;
