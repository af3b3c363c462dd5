// What the readers of the three formats share: the limits of a photo, what they hand on, and how they refuse.

import type { PhotoMediaType } from '../contract/photos.ts';
import { ProductError } from '../errors.ts';
import type { ExifFacts } from './read-exif.ts';

export const PHOTO_MB = 10;
/** A 40-megapixel picture takes 160 MB once it is unpacked. */
const MOST_PIXELS = 40_000_000;
const MOST_UNPACKED_BYTES = 4 * MOST_PIXELS;
const LONGEST_SIDE = 20_000;

export interface ReadPhoto {
  readonly mediaType: PhotoMediaType;
  /** Pixels as stored, before its orientation is applied. */
  readonly width: number;
  readonly height: number;
  readonly exif: ExifFacts;
  /** The picture again, without what the camera and others wrote beside it. */
  readonly clean: Uint8Array;
}

/** Throws PHOTO_DIMENSIONS for what would fill the memory of whoever looks at it. */
export function demandSize(width: number, height: number, bytesPerPixel = 4): void {
  if (width < 1 || height < 1) throw new ProductError('PHOTO_BROKEN', { where: `${width}×${height}` });
  const fits =
    width <= LONGEST_SIDE &&
    height <= LONGEST_SIDE &&
    width * height <= MOST_PIXELS &&
    width * height * bytesPerPixel <= MOST_UNPACKED_BYTES;
  if (!fits) throw new ProductError('PHOTO_DIMENSIONS', { width, height, limit: MOST_PIXELS / 10_000 });
}

/** Throws PHOTO_TRUNCATED when fewer than `size` bytes are there from `at` on. */
export function demandBytes(bytes: Uint8Array, at: number, size: number, where: string): void {
  if (at + size > bytes.length) throw new ProductError('PHOTO_TRUNCATED', { where });
}

export const broken = (where: string): ProductError => new ProductError('PHOTO_BROKEN', { where });

/** Padding that some cameras leave; anything else after a picture is somebody's cargo. */
export function demandNothingAfter(bytes: Uint8Array, at: number): void {
  for (let index = at; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte !== 0 && byte !== 0xff && byte !== 0x0a && byte !== 0x0d && byte !== 0x20)
      throw new ProductError('PHOTO_TRAILING');
  }
}

export function startsWith(bytes: Uint8Array, at: number, letters: string): boolean {
  if (at + letters.length > bytes.length) return false;
  for (let index = 0; index < letters.length; index++)
    if (bytes[at + index] !== letters.charCodeAt(index)) return false;
  return true;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const lettersOf = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0));
