// Workbooks (.xlsx, ECMA-376) into rows of text: only what a list needs. Shared and inline strings, numbers as they are written,
// dates by their format, merged cells filled with their value, and titles above the header row left out. Formulas give their
// last value. The archive is opened file by file, so a bomb meets the size limit before it meets the memory.
import { unzipSync } from 'fflate';

/** Bytes of any one part when unpacked. */
const LARGEST_PART = 300_000_000;
const MOST_COLUMNS = 500;
/** Merged cells that are filled; a whole empty column merged is somebody's drawing. */
const MOST_MERGED = 200_000;
const HEADER_WITHIN = 15;

export class WorkbookError extends Error {}

/** Throws WorkbookError. `score` says how much a row looks like a header; the best sheet wins, the first one of equals. */
export function readWorkbook(bytes: Uint8Array, score: (row: readonly string[]) => number): string[][] {
  const parts = unpack(bytes);
  const book = textOf(parts, 'xl/workbook.xml');
  const strings = sharedStrings(textOf(parts, 'xl/sharedStrings.xml'));
  const isDate = dateStyles(textOf(parts, 'xl/styles.xml'));
  const from1904 = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"/.test(book);
  let best: { rows: string[][]; score: number } | null = null;
  for (const path of sheetPaths(book, textOf(parts, 'xl/_rels/workbook.xml.rels'))) {
    const rows = sheetRows(textOf(parts, path), strings, isDate, from1904);
    const scores = rows.slice(0, HEADER_WITHIN).map(score);
    const top = Math.max(0, ...scores);
    if (best === null || top > best.score)
      best = { rows: rows.slice(Math.max(0, scores.indexOf(top))), score: top };
  }
  if (!best) throw new WorkbookError('no sheet');
  return best.rows;
}

type Parts = Readonly<Record<string, Uint8Array>>;

function unpack(bytes: Uint8Array): Parts {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (
          !/^xl\/(?:workbook|sharedStrings|styles)\.xml$|^xl\/worksheets\/[^/]+\.xml$|^xl\/_rels\/workbook\.xml\.rels$/.test(
            name,
          )
        )
          return false;
        if (originalSize > LARGEST_PART) throw new WorkbookError('too large');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError('broken archive');
  }
}

const textOf = (parts: Parts, path: string): string => {
  const part = parts[path];
  return part ? new TextDecoder().decode(part) : '';
};

/** Sheets in their order, hidden ones last: people mean what they see. */
function sheetPaths(book: string, relations: string): string[] {
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  const sheets = [...book.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => ({
    target: targets.get(attribute(tag, 'r:id') || attribute(tag, 'id')) ?? '',
    hidden: attribute(tag, 'state') !== '',
  }));
  return [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)]
    .map(({ target }) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`))
    .filter((path) => path.startsWith('xl/worksheets/'));
}

function sharedStrings(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g)].map(([, inner = '']) =>
    runsOf(inner),
  );
}

/** Text of all runs, without the readings of Japanese and Chinese phonetic guides. */
function runsOf(xml: string): string {
  return [
    ...xml
      .replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '')
      .matchAll(/<(?:\w+:)?t\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?t>)/g),
  ]
    .map(([, text = '']) => unescapeXml(text))
    .join('');
}

/** Whether the cell format with this number shows a date (ECMA-376 part 1, 18.8.30). */
function dateStyles(xml: string): boolean[] {
  const custom = new Map(
    [...xml.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g)].map(([tag]) => [
      Number(attribute(tag, 'numFmtId')),
      unescapeXml(attribute(tag, 'formatCode')),
    ]),
  );
  const formats = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(xml)?.[1] ?? '';
  return [...formats.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].map(([tag]) => {
    const id = Number(attribute(tag, 'numFmtId'));
    const code = custom.get(id);
    if (code !== undefined)
      return /[ymd年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/i, ''));
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  });
}

function sheetRows(
  xml: string,
  strings: readonly string[],
  isDate: readonly boolean[],
  from1904: boolean,
): string[][] {
  const rows: string[][] = [];
  for (const [, head = '', inner = ''] of xml.matchAll(
    /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g,
  )) {
    const number = Number(attribute(head, 'r')) || rows.length + 1;
    const cells: string[] = [];
    for (const [, about = '', content = ''] of inner.matchAll(
      /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
    )) {
      const place = attribute(about, 'r');
      const column = place ? columnOf(place) : cells.length;
      if (column >= MOST_COLUMNS) throw new WorkbookError(`more than ${MOST_COLUMNS} columns`);
      while (cells.length < column) cells.push('');
      cells[column] = cellText(about, content, strings, isDate, from1904);
    }
    // a row far below is no reason to make a million empty ones
    if (number > rows.length + 1 && number <= rows.length + MOST_MERGED)
      while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  }
  fillMerged(xml, rows);
  return rows;
}

function cellText(
  about: string,
  content: string,
  strings: readonly string[],
  isDate: readonly boolean[],
  from1904: boolean,
): string {
  const type = attribute(about, 't');
  if (type === 'inlineStr') return runsOf(content);
  const value = unescapeXml(/<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1] ?? '');
  if (value === '') return '';
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? '是' : '否';
  if (type === 'd') return value.slice(0, 10);
  const number = Number(value);
  if ((type === '' || type === 'n') && isDate[Number(attribute(about, 's') || 0)] && number >= 1)
    return dateOfSerial(number, from1904);
  // 0.1 + 0.2 is written with all its digits: people typed fifteen at the most
  return type === '' || type === 'n' ? plainNumber(number, value) : value;
}

const plainNumber = (number: number, written: string): string =>
  Number.isFinite(number) && /[.eE]/.test(written) ? String(Number(number.toPrecision(15))) : written;

/** Day 1 is 1 January 1900, and there was a 29 February 1900 for its makers. */
function dateOfSerial(serial: number, from1904: boolean): string {
  const days = Math.floor(serial) + (from1904 ? 1462 : 0);
  const date = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

function fillMerged(xml: string, rows: string[][]): void {
  let left = MOST_MERGED;
  for (const [tag] of xml.matchAll(/<(?:\w+:)?mergeCell\b[^>]*>/g)) {
    const [from = '', to = from] = attribute(tag, 'ref').split(':');
    const [top, bottom] = [rowOf(from), Math.min(rowOf(to), rows.length - 1)];
    const [first, last] = [columnOf(from), Math.min(columnOf(to), MOST_COLUMNS - 1)];
    const value = rows[top]?.[first] ?? '';
    // a title merged across the sheet stays one cell: only what runs down is a value of several rows
    if (value === '' || top === bottom || first !== last) continue;
    for (let row = top + 1; row <= bottom && left > 0; row++, left--) {
      const cells = rows[row];
      if (!cells) continue;
      while (cells.length <= first) cells.push('');
      cells[first] = value;
    }
  }
}

/** 0-based: A1 is 0, B1 is 1. */
const columnOf = (place: string): number =>
  [...(/^[A-Z]{1,3}/.exec(place)?.[0] ?? 'A')].reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  ) - 1;
const rowOf = (place: string): number => Number(/\d{1,7}$/.exec(place)?.[0] ?? 1) - 1;

function attribute(tag: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex, decimal, name) => {
      if (name) return entities[name.toLowerCase()] ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
