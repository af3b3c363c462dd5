// The values a PDF is made of (ISO 32000-1, 7.3), read from bytes of unknown hands. Texts are passed over: what a file does is in its
// names. Every name met is kept, hidden letters (#4A) resolved, whatever stands around it.

export type PdfValue =
  | null
  | boolean
  | number
  | PdfText
  | PdfName
  | PdfRef
  | readonly PdfValue[]
  | PdfDictionary;
export type PdfDictionary = ReadonlyMap<string, PdfValue>;
/** A text, without what it says. */
export interface PdfText {
  readonly text: true;
}
export interface PdfName {
  readonly name: string;
}
export interface PdfRef {
  /** Number of the object meant. */
  readonly ref: number;
}

/** Why a file is no PDF to keep: it ends too early, or is put together wrongly; `where` names the place. */
export class PdfFault extends Error {
  readonly kind: 'cut-off' | 'broken';
  readonly where: string;

  constructor(kind: 'cut-off' | 'broken', where: string) {
    super(`${kind}: ${where}`);
    this.kind = kind;
    this.where = where;
  }
}

/** A place in bytes that moves on as values are read. */
export interface PdfCursor {
  readonly bytes: Uint8Array;
  at: number;
  /** Every name met so far. */
  readonly names: Set<string>;
}

const DEEPEST = 100;
const LONGEST_NAME = 127;
const letter = (sign: string): number => sign.charCodeAt(0);
const [slash, open, close, less, more, first, last, percent, hash] = [...'/()<>[]%#'].map(letter) as [
  // one for each sign
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const backslash = 0x5c;
const aText: PdfText = { text: true };

export const isBlank = (byte: number | undefined): boolean =>
  byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32;
const delimiters: ReadonlySet<number> = new Set([...'()<>[]{}/%'].map(letter));
const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && !isBlank(byte) && !delimiters.has(byte);
export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Over blanks and comments. */
export function skipBlank(cursor: PdfCursor): void {
  const { bytes } = cursor;
  for (;;) {
    while (isBlank(bytes[cursor.at])) cursor.at++;
    if (bytes[cursor.at] !== percent) return;
    while (cursor.at < bytes.length && bytes[cursor.at] !== 10 && bytes[cursor.at] !== 13) cursor.at++;
  }
}

/** The letters up to a blank or a delimiter; '' where there are none. */
export function readWord(cursor: PdfCursor): string {
  const from = cursor.at;
  while (isRegular(cursor.bytes[cursor.at])) cursor.at++;
  return String.fromCharCode(...cursor.bytes.subarray(from, Math.min(cursor.at, from + LONGEST_NAME)));
}

/** Throws PdfFault. */
export function readValue(cursor: PdfCursor, depth = 0): PdfValue {
  if (depth > DEEPEST) throw new PdfFault('broken', 'nesting');
  skipBlank(cursor);
  const { bytes } = cursor;
  const byte = bytes[cursor.at];
  if (byte === undefined) throw new PdfFault('cut-off', 'object');
  if (byte === slash) return { name: readName(cursor) };
  if (byte === open) return skipText(cursor);
  if (byte === less) return bytes[cursor.at + 1] === less ? readDictionary(cursor, depth) : skipHex(cursor);
  if (byte === first) return readArray(cursor, depth);
  if (isDigit(byte)) return readRef(cursor) ?? readNumber(cursor);
  const from = cursor.at;
  const word = readWord(cursor);
  if (word === 'null') return null;
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^[+.-][\d.+-]*$/.test(word)) return Number.parseFloat(word) || 0;
  throw new PdfFault(cursor.at >= bytes.length ? 'cut-off' : 'broken', `byte ${from}`);
}

/** From its slash on. */
export function readName(cursor: PdfCursor): string {
  const { bytes } = cursor;
  cursor.at++;
  let name = '';
  while (isRegular(bytes[cursor.at])) {
    const hidden = bytes[cursor.at] === hash ? hexAt(bytes, cursor.at + 1) : null;
    if (name.length < LONGEST_NAME) name += String.fromCharCode(hidden ?? bytes[cursor.at]!);
    cursor.at += hidden === null ? 1 : 3;
  }
  cursor.names.add(name);
  return name;
}

/** The letter two hexadecimal digits stand for; null where there are none. */
function hexAt(bytes: Uint8Array, at: number): number | null {
  const digits = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return /^[\da-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : null;
}

function readDictionary(cursor: PdfCursor, depth: number): PdfDictionary {
  const { bytes } = cursor;
  const found = new Map<string, PdfValue>();
  cursor.at += 2;
  for (;;) {
    skipBlank(cursor);
    if (bytes[cursor.at] === more && bytes[cursor.at + 1] === more) {
      cursor.at += 2;
      return found;
    }
    if (cursor.at >= bytes.length) throw new PdfFault('cut-off', 'dictionary');
    if (bytes[cursor.at] !== slash) throw new PdfFault('broken', `dictionary, byte ${cursor.at}`);
    found.set(readName(cursor), readValue(cursor, depth + 1));
  }
}

function readArray(cursor: PdfCursor, depth: number): PdfValue[] {
  const { bytes } = cursor;
  const found: PdfValue[] = [];
  cursor.at++;
  for (;;) {
    skipBlank(cursor);
    if (cursor.at >= bytes.length) throw new PdfFault('cut-off', 'array');
    if (bytes[cursor.at] === last) {
      cursor.at++;
      return found;
    }
    found.push(readValue(cursor, depth + 1));
  }
}

/** Brackets within a text come in pairs, or after a backslash. */
function skipText(cursor: PdfCursor): PdfText {
  const { bytes } = cursor;
  for (let depth = 0; cursor.at < bytes.length; cursor.at++) {
    const byte = bytes[cursor.at];
    if (byte === backslash) cursor.at++;
    else if (byte === open) depth++;
    else if (byte === close && --depth === 0) {
      cursor.at++;
      return aText;
    }
  }
  throw new PdfFault('cut-off', 'text');
}

function skipHex(cursor: PdfCursor): PdfText {
  const end = cursor.bytes.indexOf(more, cursor.at);
  if (end < 0) throw new PdfFault('cut-off', 'text');
  cursor.at = end + 1;
  return aText;
}

/** `12 0 R`; null and not moved on where it is a mere number. */
function readRef(cursor: PdfCursor): PdfRef | null {
  const from = cursor.at;
  const ref = readWholeNumber(cursor);
  skipBlank(cursor);
  const generation = readWholeNumber(cursor);
  skipBlank(cursor);
  if (ref !== null && generation !== null && readWord(cursor) === 'R') return { ref };
  cursor.at = from;
  return null;
}

/** Null: there is none. */
export function readWholeNumber(cursor: PdfCursor): number | null {
  const from = cursor.at;
  while (isDigit(cursor.bytes[cursor.at]) && cursor.at - from < 16) cursor.at++;
  if (cursor.at === from || isRegular(cursor.bytes[cursor.at])) return null;
  return Number(String.fromCharCode(...cursor.bytes.subarray(from, cursor.at)));
}

function readNumber(cursor: PdfCursor): number {
  const from = cursor.at;
  const value = Number.parseFloat(readWord(cursor));
  if (Number.isNaN(value)) throw new PdfFault('broken', `byte ${from}`);
  return value;
}

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map;
export const isName = (value: PdfValue | undefined): value is PdfName =>
  typeof value === 'object' && value !== null && 'name' in value;
export const isRef = (value: PdfValue | undefined): value is PdfRef =>
  typeof value === 'object' && value !== null && 'ref' in value;
/** Its name, or null. */
export const nameOf = (value: PdfValue | undefined): string | null => (isName(value) ? value.name : null);
