// A JPEG file (ITU-T T.81, annex B) marker by marker: its size, what the camera wrote, and the same picture without anything that is
// not needed to show it. Nothing is unpacked here.
import { ProductError } from '../errors.ts';
import {
  broken,
  demandBytes,
  demandNothingAfter,
  demandSize,
  joined,
  lettersOf,
  type ReadPhoto,
  startsWith,
} from './photo-parts.ts';
import { type ExifFacts, noExif, orientationExif, readExif } from './read-exif.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
/** Baseline, extended and progressive; lossless and arithmetic coding no browser shows. */
const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Quantisation, Huffman tables, restart interval. */
const tables: ReadonlySet<number> = new Set([0xdb, 0xc4, 0xdd]);
/** Each scan of a progressive picture is unpacked over all of it. */
const MOST_SCANS = 100;
const EXIF = 'Exif\0\0';

/** Throws PHOTO_TRUNCATED, PHOTO_BROKEN, PHOTO_DIMENSIONS, PHOTO_TRAILING. */
export function readJpeg(bytes: Uint8Array): ReadPhoto {
  const kept: Uint8Array[] = [];
  let size: readonly [number, number] | null = null;
  let exif: ExifFacts = noExif;
  let scans = 0;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    at = marker.next;
    if (marker.code === END) break;
    if (marker.code < 0xc0 || (marker.code >= 0xd0 && marker.code <= START))
      throw broken(`JPEG FF${marker.code.toString(16).toUpperCase()}`);
    demandBytes(bytes, at, 2, 'JPEG');
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    if (length < 2) throw broken('JPEG');
    demandBytes(bytes, at, length, 'JPEG');
    const segment = bytes.subarray(at - 2, at + length);
    const content = bytes.subarray(at + 2, at + length);
    at += length;
    if (frames.has(marker.code)) {
      if (size) throw broken('JPEG SOF');
      size = sizeOf(content);
      kept.push(whole(marker.code, segment));
    } else if (marker.code === SCAN) {
      scans += 1;
      if (!size || scans > MOST_SCANS) throw broken('JPEG SOS');
      const end = endOfScan(bytes, at);
      kept.push(whole(marker.code, segment), bytes.subarray(at, end));
      at = end;
    } else if (tables.has(marker.code) || isShown(marker.code, segment.length, content)) {
      kept.push(whole(marker.code, segment));
    } else if (marker.code === 0xe1 && startsWith(content, 0, EXIF)) {
      exif = readExif(content.subarray(EXIF.length));
    } else if (marker.code < 0xe0) {
      throw broken(`JPEG FF${marker.code.toString(16).toUpperCase()}`);
    }
  }
  if (!size || scans === 0) throw broken('JPEG');
  demandNoCargo(bytes, at);
  const [width, height] = size;
  const clean = joined([
    Uint8Array.of(0xff, START),
    ...orientationSegment(exif),
    ...kept,
    Uint8Array.of(0xff, END),
  ]);
  return { mediaType: 'image/jpeg', width, height, exif, clean };
}

/** Fill bytes may stand before a marker. */
function markerAt(bytes: Uint8Array, at: number): { readonly code: number; readonly next: number } {
  demandBytes(bytes, at, 2, 'JPEG');
  if (bytes[at] !== 0xff) throw broken('JPEG');
  let next = at + 1;
  while (bytes[next] === 0xff) next++;
  demandBytes(bytes, next, 1, 'JPEG');
  return { code: bytes[next]!, next: next + 1 };
}

/** The segment with one FF before its code, whatever stood there. */
const whole = (code: number, segment: Uint8Array): Uint8Array =>
  joined([Uint8Array.of(0xff, code), segment.subarray(2)]);

function sizeOf(frame: Uint8Array): readonly [number, number] {
  if (frame.length < 6) throw broken('JPEG SOF');
  const [height, width] = [(frame[1]! << 8) | frame[2]!, (frame[3]! << 8) | frame[4]!];
  demandSize(width, height);
  return [width, height];
}

/** Where the coded data ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new ProductError('PHOTO_TRUNCATED', { where: 'JPEG' });
}

/** Colours need these: JFIF without its thumbnail, the ICC profile, Adobe's transform. */
function isShown(code: number, length: number, content: Uint8Array): boolean {
  return (
    (code === 0xe0 && length === 18 && startsWith(content, 0, 'JFIF\0')) ||
    (code === 0xe2 && startsWith(content, 0, 'ICC_PROFILE\0')) ||
    (code === 0xee && startsWith(content, 0, 'Adobe'))
  );
}

function orientationSegment({ orientation }: ExifFacts): Uint8Array[] {
  const tiff = orientationExif(orientation);
  if (!tiff) return [];
  const length = 2 + EXIF.length + tiff.length;
  return [Uint8Array.of(0xff, 0xe1, length >> 8, length & 0xff), lettersOf(EXIF), tiff];
}

/** Phones append a second picture or a short film, which is dropped; anything else is refused. */
function demandNoCargo(bytes: Uint8Array, end: number): void {
  const isPicture = bytes[end] === 0xff && bytes[end + 1] === START && bytes[end + 2] === 0xff;
  const isFilm = startsWith(bytes, end + 4, 'ftyp');
  const holdsArchive =
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('PK\x05\x06', end, 'latin1') >= 0;
  if ((isPicture || isFilm) && !holdsArchive) return;
  demandNothingAfter(bytes, end);
}
