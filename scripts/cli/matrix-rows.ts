// Rows of a large CSV file one by one, straight from its bytes: a piece of the file is held, never the text. One row is one line; quotes
// (RFC 4180) may hold separators but no line break. Comma, semicolon or tab, whichever the header uses; a BOM and CRLF are fine.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ProductError } from '../../server/errors.ts';
import { CommandError } from './options.ts';

/** The fields of the current row, as places in `bytes`; valid until the next row. */
export interface CsvRow {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  fields: number;
  /** From 1; the header is line 1. */
  line: number;
}

export interface ScannedFile {
  readonly rows: number;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string;
}

const PIECE_BYTES = 1 << 20;
const MOST_FIELDS = 256;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const SPACE = 32;
const SEPARATORS = [44, 59, 9];

/**
 * `onHeader` gets the names and may answer another reader of rows; empty lines are passed over. Throws COMMAND_FILE_MISSING,
 * SELECTION_MATRIX_EMPTY or SELECTION_MATRIX_ROW with the line, and whatever the readers throw.
 */
export function scanRows(
  option: string,
  path: string,
  onHeader: (names: readonly string[]) => (row: CsvRow) => void,
): ScannedFile {
  const file = basename(path);
  const row: CsvRow = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MOST_FIELDS),
    ends: new Int32Array(MOST_FIELDS),
    fields: 0,
    line: 0,
  };
  let separator = SEPARATORS[0]!;
  let onRow: ((row: CsvRow) => void) | null = null;
  let rows = 0;
  const digest = readLines(option, path, (bytes, start, end) => {
    row.line += 1;
    row.bytes = bytes;
    const first = row.line === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb ? start + 3 : start;
    const last = end > first && bytes[end - 1] === RETURN ? end - 1 : end;
    if (isBlank(bytes, first, last)) return;
    if (onRow === null) separator = separatorOf(bytes, first, last);
    if (!splitRow(row, first, last, separator))
      throw new ProductError('SELECTION_MATRIX_ROW', {
        file,
        line: row.line,
        found: new TextDecoder().decode(bytes.subarray(first, Math.min(last, first + 80))),
      });
    if (onRow === null) {
      onRow = onHeader(
        Array.from({ length: row.fields }, (_, field) => textOf(row, field, file).toLowerCase()),
      );
      return;
    }
    rows += 1;
    onRow(row);
  });
  if (rows === 0) throw new ProductError('SELECTION_MATRIX_EMPTY', { file });
  return { rows, digest };
}

/** Throws IMPORT_ENCODING for bytes that are no UTF-8. */
export function textOf({ bytes, starts, ends }: CsvRow, field: number, file: string): string {
  return decodeUtf8(bytes.subarray(starts[field]!, ends[field]!), file);
}

export function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProductError('SELECTION_MATRIX_ENCODING', { file });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readLines(
  option: string,
  path: string,
  onLine: (bytes: Uint8Array, start: number, end: number) => void,
): string {
  const handle = openFile(option, path);
  const hash = createHash('sha256');
  try {
    let buffer = new Uint8Array(PIECE_BYTES);
    let kept = 0;
    for (;;) {
      if (kept === buffer.length) {
        const more = new Uint8Array(2 * buffer.length);
        more.set(buffer);
        buffer = more;
      }
      const read = readSync(handle, buffer, kept, buffer.length - kept, null);
      hash.update(buffer.subarray(kept, kept + read));
      const filled = kept + read;
      const text = buffer.subarray(0, filled);
      let start = 0;
      // what was kept holds no line break
      for (let end = text.indexOf(NEWLINE, kept); end >= 0; end = text.indexOf(NEWLINE, start)) {
        onLine(buffer, start, end);
        start = end + 1;
      }
      if (read === 0) {
        if (start < filled) onLine(buffer, start, filled);
        return hash.digest('hex');
      }
      buffer.copyWithin(0, start, filled);
      kept = filled - start;
    }
  } finally {
    closeSync(handle);
  }
}

function openFile(option: string, path: string): number {
  try {
    // a folder opens as well, and only reading it fails
    if (!statSync(path).isDirectory()) return openSync(path, 'r');
  } catch {
    // the sentence below says it for every cause
  }
  throw new CommandError(
    'COMMAND_FILE_MISSING',
    `--${option} ${path}: 读不到这个文件 / this file cannot be read`,
    '检查路径与权限 / check the path and its rights',
  );
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  return at === end;
}

function separatorOf(bytes: Uint8Array, start: number, end: number): number {
  const header = bytes.subarray(start, end);
  return SEPARATORS.find((separator) => header.includes(separator)) ?? SEPARATORS[0]!;
}

/** False for quotes that do not close, or text behind them, or very many fields. */
function splitRow(row: CsvRow, first: number, last: number, separator: number): boolean {
  const { bytes, starts, ends } = row;
  let field = 0;
  let at = first;
  for (;;) {
    if (field === MOST_FIELDS) return false;
    while (at < last && bytes[at] === SPACE) at++;
    let end: number;
    if (at < last && bytes[at] === QUOTE) {
      starts[field] = ++at;
      let write = at;
      for (;;) {
        if (at >= last) return false;
        if (bytes[at] === QUOTE) {
          if (bytes[at + 1] !== QUOTE || at + 1 >= last) break;
          at += 1;
        }
        bytes[write++] = bytes[at++]!;
      }
      end = write;
      at += 1;
      while (at < last && bytes[at] === SPACE) at++;
      if (at < last && bytes[at] !== separator) return false;
    } else {
      starts[field] = at;
      while (at < last && bytes[at] !== separator) {
        if (bytes[at] === QUOTE) return false;
        at++;
      }
      end = at;
      while (end > starts[field]! && bytes[end - 1] === SPACE) end--;
    }
    ends[field++] = end;
    if (at >= last) break;
    at += 1;
  }
  row.fields = field;
  return true;
}
