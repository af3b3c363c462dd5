// Photos made byte by byte: pictures every viewer shows, with the metadata a test asks for, to be spoiled on purpose.
import { encode } from 'fast-png';

export interface CameraFacts {
  readonly orientation?: number;
  /** 2026:05:01 10:20:30 */
  readonly takenAt?: string;
  readonly offset?: string;
  /** [lon, lat] */
  readonly position?: readonly [number, number];
}

const bytesOf = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** A TIFF structure, little end first, as cameras write it. */
export function anExif({ orientation, takenAt, offset, position }: CameraFacts): Uint8Array {
  const out: number[] = [0x49, 0x49, 42, 0, 8, 0, 0, 0];
  const short = (value: number) => [value & 0xff, value >> 8];
  const long = (value: number) => [...short(value & 0xffff), ...short(value >>> 16)];
  type Field = readonly [tag: number, type: number, count: number, bytes: readonly number[]];
  const text = (tag: number, value: string): Field => [tag, 2, value.length + 1, bytesOf(`${value}\0`)];
  /** Writes a directory at the end, what does not fit behind it, and answers where it begins. */
  const directory = (fields: readonly Field[]): number => {
    const at = out.length;
    let behind = at + 2 + fields.length * 12 + 4;
    const rest: number[] = [];
    out.push(...short(fields.length));
    for (const [tag, type, count, bytes] of fields) {
      out.push(...short(tag), ...short(type), ...long(count));
      if (bytes.length <= 4) out.push(...bytes, ...[0, 0, 0, 0].slice(bytes.length));
      else {
        out.push(...long(behind));
        rest.push(...bytes);
        behind += bytes.length;
      }
    }
    out.push(0, 0, 0, 0, ...rest);
    return at;
  };
  const degrees = (value: number): number[] => {
    const seconds = Math.round(Math.abs(value) * 3600 * 1000);
    return [...long(0), ...long(1), ...long(0), ...long(1), ...long(seconds), ...long(1000)];
  };
  // the main directory first: where the others begin follows from its length
  const main: Field[] = [];
  if (orientation !== undefined) main.push([0x0112, 3, 1, short(orientation)]);
  const links = (takenAt !== undefined ? 1 : 0) + (position !== undefined ? 1 : 0);
  const exifAt = 8 + 2 + (main.length + links) * 12 + 4;
  const exif: Field[] =
    takenAt === undefined ? [] : [text(0x9003, takenAt), ...(offset ? [text(0x9011, offset)] : [])];
  const exifSize =
    2 + exif.length * 12 + 4 + exif.reduce((sum, [, , , { length }]) => sum + (length > 4 ? length : 0), 0);
  if (takenAt !== undefined) main.push([0x8769, 4, 1, long(exifAt)]);
  if (position !== undefined)
    main.push([0x8825, 4, 1, long(exifAt + (takenAt === undefined ? 0 : exifSize))]);
  directory(main);
  if (takenAt !== undefined) directory(exif);
  if (position !== undefined) {
    const [lon, lat] = position;
    directory([
      text(1, lat < 0 ? 'S' : 'N'),
      [2, 5, 3, degrees(lat)],
      text(3, lon < 0 ? 'W' : 'E'),
      [4, 5, 3, degrees(lon)],
    ]);
  }
  return Uint8Array.from(out);
}

export const segment = (code: number, content: readonly number[] | Uint8Array): Uint8Array =>
  Uint8Array.from([0xff, code, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content]);

export interface JpegOptions {
  readonly width?: number;
  readonly height?: number;
  readonly camera?: CameraFacts;
  /** Whole segments put in front of the tables. */
  readonly extra?: readonly Uint8Array[];
}

/**
 * A grey picture (ITU-T T.81, baseline): two Huffman codes, one for "no difference" and one for "end of block", so that every block is the
 * two bits 0 0.
 */
export function aJpeg({ width = 8, height = 8, camera, extra = [] }: JpegOptions = {}): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const bits = blocks * 2;
  const data = new Uint8Array(Math.ceil(bits / 8));
  // unused bits at the end are ones
  if (bits % 8 !== 0) data[data.length - 1] = (1 << (8 - (bits % 8))) - 1;
  const oneCode = [1, ...Array<number>(15).fill(0), 0];
  return Buffer.concat([
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, [...bytesOf('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...(camera ? [segment(0xe1, [...bytesOf('Exif\0\0'), ...anExif(camera)])] : []),
    ...extra,
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...oneCode]),
    segment(0xc4, [0x10, ...oneCode]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    data,
    Uint8Array.of(0xff, 0xd9),
  ]);
}

export const aPng = (width = 8, height = 8): Buffer =>
  Buffer.from(
    encode({ width, height, data: new Uint8Array(width * height * 3).fill(90), channels: 3, depth: 8 }),
  );

/** One pixel, lossless. */
export const aWebp = (): Buffer => Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
