// A PNG file (W3C PNG, third edition) chunk by chunk: checked, measured, and written again with nothing but what shows the picture. Its
// colour profile is dropped: it is packed, and an unpacked one has no bound.
import { crc32 } from 'node:zlib';
import { ProductError } from '../errors.ts';
import {
  broken,
  demandBytes,
  demandNothingAfter,
  demandSize,
  joined,
  lettersOf,
  type ReadPhoto,
} from './photo-parts.ts';
import { type ExifFacts, noExif, orientationExif, readExif } from './read-exif.ts';

const SIGNATURE_BYTES = 8;
const shown: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'pHYs',
  'bKGD',
]);
/** Bits per sample a colour type may have, and its samples per pixel. */
const colourTypes: Readonly<Record<number, readonly [depths: readonly number[], samples: number]>> = {
  0: [[1, 2, 4, 8, 16], 1],
  2: [[8, 16], 3],
  3: [[1, 2, 4, 8], 1],
  4: [[8, 16], 2],
  6: [[8, 16], 4],
};

/** Throws PHOTO_TRUNCATED, PHOTO_BROKEN, PHOTO_DIMENSIONS, PHOTO_ANIMATED, PHOTO_TRAILING. */
export function readPng(bytes: Uint8Array): ReadPhoto {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  let size: readonly [number, number] | null = null;
  let exif: ExifFacts = noExif;
  let hasData = false;
  let at = SIGNATURE_BYTES;
  for (let name = ''; name !== 'IEND'; ) {
    demandBytes(bytes, at, 12, 'PNG');
    const length = view.getUint32(at);
    demandBytes(bytes, at, 12 + length, 'PNG');
    name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw broken(`PNG ${clean(name)}`);
    if ((size === null) !== (name === 'IHDR')) throw broken('PNG IHDR');
    if (name === 'IHDR') size = sizeOf(content);
    if (name === 'acTL') throw new ProductError('PHOTO_ANIMATED');
    if (name === 'eXIf') exif = readExif(content);
    if (name === 'IDAT') hasData = true;
    if (shown.has(name)) kept.push(bytes.subarray(at, at + 12 + length));
    // a capital first letter: nobody can show the picture without it
    else if (/^[^a-z]/.test(name)) throw broken(`PNG ${clean(name)}`);
    at += 12 + length;
  }
  if (!size || !hasData) throw broken('PNG');
  demandNothingAfter(bytes, at);
  const [width, height] = size;
  const [header, ...rest] = kept;
  return {
    mediaType: 'image/png',
    width,
    height,
    exif,
    clean: joined([bytes.subarray(0, SIGNATURE_BYTES), header!, ...orientationChunk(exif), ...rest]),
  };
}

const clean = (name: string): string => name.replace(/[^a-zA-Z]/g, '?');

function sizeOf(header: Uint8Array): readonly [number, number] {
  if (header.length !== 13) throw broken('PNG IHDR');
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = -1] = header.subarray(8, 10);
  const [depths, samples] = colourTypes[colour] ?? [[], 0];
  if (!depths.includes(depth)) throw broken('PNG IHDR');
  demandSize(width, height, Math.max(1, (samples * depth) / 8));
  return [width, height];
}

function orientationChunk({ orientation }: ExifFacts): Uint8Array[] {
  const tiff = orientationExif(orientation);
  if (!tiff) return [];
  const body = joined([lettersOf('eXIf'), tiff]);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, tiff.length);
  frame.setUint32(4, crc32(body));
  return [new Uint8Array(frame.buffer, 0, 4), body, new Uint8Array(frame.buffer, 4, 4)];
}
