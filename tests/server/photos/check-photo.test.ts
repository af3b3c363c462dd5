// What is taken for a photo and what is refused, on bytes made here. A picture comes out without anything its camera or a stranger put
// beside it; whatever comes in, the answer is a picture or a refusal with a code.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { ProductError } from '../../../server/errors.ts';
import { type CheckedPhoto, checkPhoto } from '../../../server/photos/check-photo.ts';
import { readPhotoBytes, removePhotoBytes, savePhotoBytes } from '../../../server/photos/photo-files.ts';
import { aJpeg, anExif, aPng, aWebp, segment } from '../../support/a-photo.ts';

const codeOf = (bytes: Uint8Array): string => {
  try {
    checkPhoto(bytes);
    return 'taken';
  } catch (error) {
    if (error instanceof ProductError) return error.code;
    throw error;
  }
};
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const camera = { orientation: 6, takenAt: '2026:05:01 10:20:30', position: [121.025, 31.05] } as const;

/** A PNG chunk with its sum; `name` of four letters. */
const chunkEnd = (png: Buffer): number => png.indexOf('IDAT') - 4;
const insertChunk = (png: Buffer, chunk: Uint8Array): Buffer =>
  Buffer.concat([png.subarray(0, chunkEnd(png)), chunk, png.subarray(chunkEnd(png))]);
const withSize = (bytes: Buffer, at: number, sizes: readonly number[], width: 2 | 4): Buffer => {
  const copy = Buffer.from(bytes);
  sizes.forEach((size, index) => {
    copy.writeUIntBE(size, at + index * width, width);
  });
  return copy;
};

describe('what a camera wrote', () => {
  test('time without a zone is that of China; a place is told by degrees, minutes and seconds', () => {
    const { exif, width, height, mediaType } = checkPhoto(aJpeg({ width: 64, height: 48, camera }));
    expect(exif.takenAt).toBe('2026-05-01T02:20:30.000Z');
    expect(exif.position?.map((degrees) => degrees.toFixed(6))).toEqual(['121.025000', '31.050000']);
    expect([mediaType, width, height, exif.orientation]).toEqual(['image/jpeg', 64, 48, 6]);
  });

  test('a zone of its own counts, and the south and the west are negative', () => {
    const { exif } = checkPhoto(
      aJpeg({ camera: { takenAt: '2026:05:01 10:20:30', offset: '-03:00', position: [-58.5, -34.25] } }),
    );
    expect(exif).toEqual({ orientation: 1, takenAt: '2026-05-01T13:20:30.000Z', position: [-58.5, -34.25] });
  });

  test('zeros of a receiver without satellites, impossible days and bent links say nothing', () => {
    expect(checkPhoto(aJpeg({ camera: { position: [0, 0] } })).exif.position).toBeNull();
    expect(checkPhoto(aJpeg({ camera: { takenAt: '0000:00:00 00:00:00' } })).exif.takenAt).toBeNull();
    const bent = Buffer.from(anExif(camera));
    bent.writeUInt32LE(0xfffffff0, 4);
    const photo = checkPhoto(aJpeg({ extra: [segment(0xe1, [...latin('Exif\0\0'), ...bent])] }));
    expect(photo.exif).toEqual({ orientation: 1, takenAt: null, position: null });
  });
});

describe('what is kept', () => {
  test('the same picture without place, time, comments and other cargo, which way up it is stays', () => {
    const secret = latin('<script>alert(1)</script> 13800000000');
    const sent = aJpeg({
      camera,
      extra: [
        segment(0xfe, secret),
        segment(0xe1, latin('http://ns.adobe.com/xap/1.0/')),
        segment(0xed, secret),
      ],
    });
    const { clean, exif } = checkPhoto(sent);
    for (const word of ['script', '138000', 'adobe', '2026:05:01'])
      expect(Buffer.from(clean).includes(word)).toBe(false);
    const again = checkPhoto(clean);
    expect(exif.position).not.toBeNull();
    expect(again.exif).toEqual({ orientation: 6, takenAt: null, position: null });
    expect(again.clean).toEqual(clean);
  });

  test('the same picture has the same digest, whenever and wherever its file was written', () => {
    const [here, there] = [
      checkPhoto(aJpeg({ camera })),
      checkPhoto(aJpeg({ camera: { ...camera, position: [100, 20] } })),
    ];
    expect(here.digest).toBe(there.digest);
    expect(here.sentDigest).not.toBe(there.sentDigest);
  });

  test.each([
    ['JPEG', aJpeg({ width: 640, height: 480 }), 'image/jpeg', 640, 480],
    ['PNG', aPng(20, 30), 'image/png', 20, 30],
    ['WebP', aWebp(), 'image/webp', 1, 1],
  ] as const)('a %s stays one, of the same size', (_, bytes, mediaType, width, height) => {
    const photo: CheckedPhoto = checkPhoto(bytes);
    expect([photo.mediaType, photo.width, photo.height]).toEqual([mediaType, width, height]);
    expect(checkPhoto(photo.clean)).toEqual({ ...photo, sentDigest: photo.digest });
  });

  test('what a phone appends, a second picture or a short film, is dropped', () => {
    const photo = aJpeg();
    const film = Buffer.concat([Uint8Array.of(0, 0, 0, 24), latin('ftypmp42'), Buffer.alloc(40)]);
    for (const more of [photo, film, Buffer.alloc(16)])
      expect(checkPhoto(Buffer.concat([photo, more])).digest).toBe(checkPhoto(photo).digest);
  });
});

describe('what is refused', () => {
  const archive = zipSync({ 'a.txt': latin('hello') });
  const html = latin('<!doctype html><script>alert(1)</script>');

  test.each([
    ['a page', html],
    ['a drawing', latin('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['an archive', archive],
    ['a GIF', latin('GIF89a')],
    ['a program', latin('MZ\x90\0')],
    ['nothing', Buffer.alloc(0)],
    ['the first two bytes of a JPEG', Uint8Array.of(0xff, 0xd8)],
  ])('%s named .jpg', (_, bytes) => {
    expect(codeOf(bytes)).toBe('PHOTO_FORMAT');
  });

  test('a HEIC photo, with a word of its own', () => {
    expect(codeOf(Buffer.concat([Uint8Array.of(0, 0, 0, 24), latin('ftypheic'), Buffer.alloc(64)]))).toBe(
      'PHOTO_HEIC',
    );
  });

  test.each([
    ['JPEG', aJpeg()],
    ['PNG', aPng()],
    ['WebP', aWebp()],
  ])('a %s that is a page or an archive as well', (_, photo) => {
    for (const cargo of [html, archive]) expect(codeOf(Buffer.concat([photo, cargo]))).toBe('PHOTO_TRAILING');
    // an archive behind a second picture
    if (photo[0] === 0xff) expect(codeOf(Buffer.concat([photo, photo, archive]))).toBe('PHOTO_TRAILING');
  });

  test.each([
    ['JPEG', aJpeg({ width: 64, height: 64, camera })],
    ['PNG', aPng(20, 20)],
    ['WebP', aWebp()],
  ])('a %s cut off anywhere', (_, photo) => {
    for (let length = 16; length < photo.length; length++)
      expect([length, codeOf(photo.subarray(0, length))]).toEqual([
        length,
        expect.stringMatching(/^PHOTO_(TRUNCATED|BROKEN)$/),
      ]);
  });

  test('pictures that would fill the memory of whoever looks at them, by a header of a few bytes', () => {
    const jpeg = aJpeg();
    expect(codeOf(withSize(jpeg, jpeg.indexOf(Uint8Array.of(0xff, 0xc0)) + 5, [65_535, 65_535], 2))).toBe(
      'PHOTO_DIMENSIONS',
    );
    const wide = (width: number, height: number, depth: number, colour: number): Buffer => {
      const header = Buffer.concat([latin('IHDR'), Buffer.alloc(13)]);
      header.writeUInt32BE(width, 4);
      header.writeUInt32BE(height, 8);
      header.set([depth, colour], 12);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crcOf(header));
      const png = aPng();
      return Buffer.concat([png.subarray(0, 12), header, sum, png.subarray(33)]);
    };
    expect(codeOf(wide(30_000, 30_000, 8, 2))).toBe('PHOTO_DIMENSIONS');
    expect(codeOf(wide(6_000, 6_000, 16, 6))).toBe('PHOTO_DIMENSIONS');
    expect(codeOf(wide(6_000, 6_000, 8, 6))).toBe('taken');
    expect(codeOf(wide(0, 8, 8, 2))).toBe('PHOTO_BROKEN');
    expect(codeOf(Buffer.alloc(10 * 1024 * 1024 + 1))).toBe('PHOTO_TOO_LARGE');
  });

  test('animations, and a picture with more scans than anybody needs', () => {
    const control = Buffer.concat([latin('acTL'), Buffer.alloc(8)]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(8, 0);
    frame.writeUInt32BE(crcOf(control), 4);
    expect(
      codeOf(insertChunk(aPng(), Buffer.concat([frame.subarray(0, 4), control, frame.subarray(4)]))),
    ).toBe('PHOTO_ANIMATED');
    const photo = aJpeg();
    const scan = photo.subarray(photo.indexOf(Uint8Array.of(0xff, 0xda)), photo.length - 2);
    expect(
      codeOf(Buffer.concat([photo.subarray(0, -2), ...Array<Buffer>(100).fill(scan), photo.subarray(-2)])),
    ).toBe('PHOTO_BROKEN');
  });

  test('whatever is spoiled, the answer is a picture or a refusal with a code, and a picture taken is taken again', () => {
    const photos = [aJpeg({ width: 32, height: 32, camera }), aPng(9, 9), aWebp()];
    fc.assert(
      fc.property(
        fc.constantFrom(...photos),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        (photo, changes) => {
          const spoiled = Buffer.from(photo);
          for (const [at, byte] of changes) spoiled[at % spoiled.length] = byte;
          if (codeOf(spoiled) === 'taken') expect(codeOf(checkPhoto(spoiled).clean)).toBe('taken');
        },
      ),
      { seed: 20261121, numRuns: 3_000 },
    );
  });
});

test('a file is there whole under its digest, once, and gone when it is removed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zhanzhi-photos-'));
  try {
    const { digest, clean } = checkPhoto(aJpeg());
    await Promise.all([1, 2, 3, 4].map(() => savePhotoBytes(dir, digest, clean)));
    expect(readdirSync(join(dir, digest.slice(0, 2)))).toEqual([digest]);
    expect(await readPhotoBytes(dir, digest)).toEqual(Buffer.from(clean));
    await removePhotoBytes(dir, digest);
    expect(await readPhotoBytes(dir, digest)).toBeNull();
    await removePhotoBytes(dir, digest);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/** CRC-32 (ISO 3309), bit by bit: a second opinion on the one the reader uses. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
