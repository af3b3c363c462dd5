// A PDF from its first byte to its last, object by object (ISO 32000-1, 7.3.10, 7.5.7, 7.5.8), and what its object streams hold. Tables
// of offsets are not followed: a reader that does would see one version of an object and another program the other. Every one is read.
import { inflateSync, constants as zlib } from 'node:zlib';
import {
  isDictionary,
  isDigit,
  nameOf,
  type PdfCursor,
  type PdfDictionary,
  PdfFault,
  type PdfValue,
  readValue,
  readWholeNumber,
  readWord,
  skipBlank,
} from './pdf-value.ts';

export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
}

export interface WalkedPdf {
  /** In the order of the file; a number may come more than once. */
  readonly objects: readonly PdfObject[];
  /** Dictionaries that name the catalogue: of trailers and of cross-reference streams. */
  readonly trailers: readonly PdfDictionary[];
  /** Every name outside streams and inside object streams. */
  readonly names: ReadonlySet<string>;
  /** What the object streams hold, unpacked. */
  readonly unpacked: readonly Uint8Array[];
}

const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const STREAM = Buffer.from('stream');
const STREAM_END = Buffer.from('endstream');
const OBJECT = Buffer.from('obj');
/** So far back the numbers of an object's head are looked for. */
const HEAD_BYTES = 512;

/** Throws PdfFault. */
export function walkPdf(bytes: Buffer): WalkedPdf {
  const cursor: PdfCursor = { bytes, at: 0, names: new Set() };
  const objects: PdfObject[] = [];
  const trailers: PdfDictionary[] = [];
  const packed: PackedObjects[] = [];
  const heads = new Set<number>();
  for (skipBlank(cursor); cursor.at < bytes.length; skipBlank(cursor)) {
    const number = readObjectHead(cursor);
    if (number !== null) {
      heads.add(cursor.at - OBJECT.length);
      const value = readValue(cursor);
      objects.push({ number, value });
      if (!isDictionary(value)) continue;
      const content = contentOf(cursor, bytes, value);
      if (content && isObjectStream(value)) packed.push({ dictionary: value, content });
      if (content && value.has('Root')) trailers.push(value);
    } else {
      const word = readWord(cursor);
      const trailer = word === 'trailer' ? readValue(cursor) : null;
      if (isDictionary(trailer)) trailers.push(trailer);
      // a stray bracket
      if (word === '') cursor.at++;
    }
  }
  demandNoOtherHeads(bytes, heads);
  const { names } = cursor;
  if (names.has('Encrypt')) return { objects, trailers, names, unpacked: [] };
  const unpacked = unpack(packed);
  unpacked.forEach((inner, index) => {
    const cursorWithin = { bytes: inner, at: 0, names };
    for (const object of readPacked(cursorWithin, packed[index]!.dictionary)) objects.push(object);
  });
  return { objects, trailers, names, unpacked };
}

/** `12 0 obj`; null and not moved on where no object begins. */
function readObjectHead(cursor: PdfCursor): number | null {
  if (!isDigit(cursor.bytes[cursor.at])) return null;
  const from = cursor.at;
  const number = readWholeNumber(cursor);
  skipBlank(cursor);
  const generation = readWholeNumber(cursor);
  skipBlank(cursor);
  const isHead = number !== null && generation !== null && startsWith(cursor.bytes, cursor.at, OBJECT);
  cursor.at = isHead ? cursor.at + OBJECT.length : from;
  return isHead ? number : null;
}

/** The bytes of the stream that follows its dictionary, passed over; null where none does. */
function contentOf(cursor: PdfCursor, bytes: Buffer, dictionary: PdfDictionary): Buffer | null {
  skipBlank(cursor);
  if (!startsWith(bytes, cursor.at, STREAM)) return null;
  let from = cursor.at + STREAM.length;
  if (bytes[from] === 13) from++;
  if (bytes[from] === 10) from++;
  const length = dictionary.get('Length');
  const told = typeof length === 'number' && length >= 0 ? endAfter(bytes, from + length) : null;
  const end = told ?? bytes.indexOf(STREAM_END, from);
  if (end < 0) throw new PdfFault('cut-off', 'stream');
  cursor.at = end + STREAM_END.length;
  return bytes.subarray(from, end);
}

/** Where the word that ends a stream stands, at or right after `at`; null: not there. */
function endAfter(bytes: Buffer, at: number): number | null {
  for (let end = at; end <= at + 2; end++) if (startsWith(bytes, end, STREAM_END)) return end;
  return null;
}

/**
 * Whoever follows a table of offsets could be led to an object within a stream, a text or a remark, which nobody else sees: where the
 * head of one could be read, it was read.
 */
function demandNoOtherHeads(bytes: Buffer, heads: ReadonlySet<number>): void {
  for (let at = bytes.indexOf(OBJECT); at >= 0; at = bytes.indexOf(OBJECT, at + 1)) {
    // of endobj, too
    if (heads.has(at) || isLetter(bytes[at - 1])) continue;
    const before = bytes.toString('latin1', Math.max(0, at - HEAD_BYTES), at);
    if (headSigns.some((sign) => sign.test(before))) throw new PdfFault('broken', 'hidden object');
  }
}

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));

/** What stands before the last word of a head: two numbers, a remark about them, or more of either than is looked at. */
const headSigns: readonly RegExp[] = [
  /[\d.][\s\0]+[\d.+-][\d.+\-e]*[\s\0]*$/i,
  /^[\s\0\d.+-]*$/,
  /^[^\r\n]*[\r\n][\s\0]*([\d.+-]+[\s\0]*)?$/,
  /(^|[\d.\r\n][\s\0]*)%[^\r\n]*[\r\n][\s\0]*([\d.+-]+[\s\0]*)?$/,
];

/** Some programs take a stream for one that holds objects without its type. */
const isObjectStream = (dictionary: PdfDictionary): boolean =>
  nameOf(dictionary.get('Type')) === 'ObjStm' || (dictionary.has('N') && dictionary.has('First'));

interface PackedObjects {
  readonly dictionary: PdfDictionary;
  readonly content: Buffer;
}

function unpack(packed: readonly PackedObjects[]): Uint8Array[] {
  let left = MOST_UNPACKED_BYTES;
  return packed.map(({ dictionary, content }) => {
    const inner = unpackOne(dictionary, content, left);
    left -= inner.length;
    return inner;
  });
}

/** Programs that write PDF pack objects with Flate or not at all; another filter is there to hide them. */
function unpackOne(dictionary: PdfDictionary, content: Buffer, most: number): Uint8Array {
  const filter = dictionary.get('Filter') ?? null;
  const [only, ...others] = Array.isArray(filter) ? filter : [filter];
  const isPlain = only === null || only === undefined;
  const parameters = dictionary.get('DecodeParms');
  const isFlate = nameOf(only) === 'FlateDecode' && (parameters === undefined || parameters === null);
  if (others.length > 0 || !(isPlain || isFlate)) throw new PdfFault('broken', 'object stream, filter');
  if (isPlain) return content;
  try {
    return inflateSync(content, { maxOutputLength: Math.max(1, most), finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    throw new PdfFault('broken', 'object stream');
  }
}

function readPacked(cursor: PdfCursor, dictionary: PdfDictionary): PdfObject[] {
  const [count, first] = [dictionary.get('N'), dictionary.get('First')];
  if (typeof count !== 'number' || typeof first !== 'number') throw new PdfFault('broken', 'object stream');
  const heads: (readonly [number: number, at: number])[] = [];
  for (let index = 0; index < count; index++) {
    skipBlank(cursor);
    const number = readWholeNumber(cursor);
    skipBlank(cursor);
    const at = readWholeNumber(cursor);
    if (number === null || at === null || first + at > cursor.bytes.length)
      throw new PdfFault('broken', 'object stream');
    heads.push([number, first + at]);
  }
  return heads.map(([number, at]) => {
    cursor.at = at;
    return { number, value: readValue(cursor) };
  });
}

function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  if (at + word.length > bytes.length) return false;
  return word.every((byte, index) => bytes[at + index] === byte);
}
