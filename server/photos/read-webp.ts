// A WebP file (RFC 9649) chunk by chunk: measured by its frame and not by its canvas alone, and written again without metadata.
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

const HEADER_BYTES = 12;
const flags = { profile: 0x20, alpha: 0x10, exif: 0x08 } as const;

/** Throws PHOTO_TRUNCATED, PHOTO_BROKEN, PHOTO_DIMENSIONS, PHOTO_ANIMATED, PHOTO_TRAILING. */
export function readWebp(bytes: Uint8Array): ReadPhoto {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  demandBytes(bytes, 0, end, 'WebP');
  const chunks = new Map<string, Uint8Array>();
  for (let at = HEADER_BYTES; at < end; ) {
    demandBytes(bytes, at, 8, 'WebP');
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > end) throw new ProductError('PHOTO_TRUNCATED', { where: 'WebP' });
    if (name === 'ANIM' || name === 'ANMF') throw new ProductError('PHOTO_ANIMATED');
    if (chunks.has(name)) throw broken(`WebP ${name.replace(/[^\w ]/g, '?')}`);
    chunks.set(name, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length & 1);
  }
  demandNothingAfter(bytes, end);
  const [width, height] = sizeOf(chunks);
  const exif = exifOf(chunks.get('EXIF'));
  return { mediaType: 'image/webp', width, height, exif, clean: written(chunks, exif, width, height) };
}

function sizeOf(chunks: ReadonlyMap<string, Uint8Array>): readonly [number, number] {
  const [lossy, lossless, canvas] = [chunks.get('VP8 '), chunks.get('VP8L'), chunks.get('VP8X')];
  if ((lossy === undefined) === (lossless === undefined)) throw broken('WebP');
  const [width, height] = lossy ? lossySize(lossy) : losslessSize(lossless!);
  demandSize(width, height);
  if (canvas) {
    if (canvas.length !== 10) throw broken('WebP VP8X');
    const side = (at: number) => 1 + canvas[at]! + (canvas[at + 1]! << 8) + (canvas[at + 2]! << 16);
    if (side(4) !== width || side(7) !== height) throw broken('WebP VP8X');
  }
  return [width, height];
}

/** RFC 6386, 9.1: a key frame begins with three bytes, a start code and two sizes of 14 bits. */
function lossySize(frame: Uint8Array): readonly [number, number] {
  if (frame.length < 10 || (frame[0]! & 1) !== 0 || !startsWith(frame, 3, '\x9d\x01\x2a'))
    throw broken('WebP VP8');
  return [(frame[6]! | (frame[7]! << 8)) & 0x3fff, (frame[8]! | (frame[9]! << 8)) & 0x3fff];
}

function losslessSize(frame: Uint8Array): readonly [number, number] {
  if (frame.length < 5 || frame[0] !== 0x2f) throw broken('WebP VP8L');
  const bits = new DataView(frame.buffer, frame.byteOffset).getUint32(1, true);
  return [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
}

/** Some writers put the letters of a JPEG segment before it. */
function exifOf(chunk: Uint8Array | undefined): ExifFacts {
  if (!chunk) return noExif;
  return readExif(startsWith(chunk, 0, 'Exif\0\0') ? chunk.subarray(6) : chunk);
}

function written(
  chunks: ReadonlyMap<string, Uint8Array>,
  { orientation }: ExifFacts,
  width: number,
  height: number,
): Uint8Array {
  const tiff = orientationExif(orientation);
  const [alpha, profile] = [chunks.get('ALPH'), chunks.get('ICCP')];
  const parts: Uint8Array[] = [];
  if (tiff || chunks.has('VP8X')) {
    const canvas = new Uint8Array(10);
    const hadAlpha = (chunks.get('VP8X')?.[0] ?? 0) & flags.alpha;
    canvas[0] = hadAlpha | (profile ? flags.profile : 0) | (tiff ? flags.exif : 0);
    [width - 1, height - 1].forEach((side, index) => {
      canvas.set([side & 0xff, (side >> 8) & 0xff, side >> 16], 4 + index * 3);
    });
    parts.push(chunkOf('VP8X', canvas));
    if (profile) parts.push(chunkOf('ICCP', profile));
  }
  if (alpha) parts.push(chunkOf('ALPH', alpha));
  for (const name of ['VP8 ', 'VP8L']) {
    const frame = chunks.get(name);
    if (frame) parts.push(chunkOf(name, frame));
  }
  if (tiff) parts.push(chunkOf('EXIF', tiff));
  const body = joined([lettersOf('WEBP'), ...parts]);
  return joined([lettersOf('RIFF'), lengthOf(body.length), body]);
}

function chunkOf(name: string, content: Uint8Array): Uint8Array {
  return joined([lettersOf(name), lengthOf(content.length), content, new Uint8Array(content.length & 1)]);
}

function lengthOf(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
}
