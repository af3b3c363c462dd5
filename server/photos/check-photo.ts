// What somebody sends as a photo: judged by its bytes and never by its name or what a browser says of it. A picture is rewritten
// without its metadata, because places are rounded for some roles; what we want of it is handed on beside the bytes.
import { createHash } from 'node:crypto';
import { ProductError } from '../errors.ts';
import { PHOTO_MB, type ReadPhoto, startsWith } from './photo-parts.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';
import { readWebp } from './read-webp.ts';

export interface CheckedPhoto extends ReadPhoto {
  /** SHA-256 of the bytes that are kept. */
  readonly digest: string;
  /** SHA-256 of what was sent. */
  readonly sentDigest: string;
}

/** Containers of HEIF and its kin, which browsers do not show (ISO/IEC 23008-12). */
const heifBrands: readonly string[] = [
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'msf1',
  'avif',
];

/** Throws PHOTO_FORMAT, PHOTO_HEIC, PHOTO_TOO_LARGE and what the formats throw: every refusal is a ProductError. */
export function checkPhoto(bytes: Uint8Array): CheckedPhoto {
  if (bytes.length > PHOTO_MB * 1024 * 1024)
    throw new ProductError('PHOTO_TOO_LARGE', { limit: `${PHOTO_MB} MB` });
  const read = readerOf(bytes)(bytes);
  return { ...read, digest: sha256(read.clean), sentDigest: sha256(bytes) };
}

function readerOf(bytes: Uint8Array): (bytes: Uint8Array) => ReadPhoto {
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return readJpeg;
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return readPng;
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return readWebp;
  if (startsWith(bytes, 4, 'ftyp') && heifBrands.some((brand) => startsWith(bytes, 8, brand)))
    throw new ProductError('PHOTO_HEIC');
  throw new ProductError('PHOTO_FORMAT');
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
