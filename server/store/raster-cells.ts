// The cells of a raster piece as bytes in the database. Heights are whole decimetres, each as its difference from its western
// neighbour, deflated: lossless to 0.05 m and about a byte per cell. Classes are deflated as they are.
import { deflateSync, inflateSync } from 'node:zlib';
import { StoreError } from './store.ts';

/** No height of the earth: stands for "unknown". */
const HOLE = -2_147_483_648;
/** A third larger than at level 6, and six times as fast. */
const LEVEL = 1;

/** Metres row by row; NaN is kept. */
export function packHeights(heightM: Float32Array): Buffer {
  const differences = new Int32Array(heightM.length);
  let before = 0;
  for (let at = 0; at < heightM.length; at++) {
    const value = Number.isNaN(heightM[at]!) ? HOLE : Math.round(heightM[at]! * 10);
    // may pass the range of 32 bits beside a hole, and comes back the same way
    differences[at] = value - before;
    before = value;
  }
  return deflateSync(bytesOf(differences), { level: LEVEL });
}

/** Throws STORE_INTERNAL when the bytes are not `cells` heights. */
export function unpackHeights(packed: Uint8Array, cells: number): Float32Array {
  const bytes = unpack(packed, 4 * cells);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const heightM = new Float32Array(cells);
  let value = 0;
  for (let at = 0; at < cells; at++) {
    value = (value + view.getInt32(4 * at, true)) | 0;
    heightM[at] = value === HOLE ? Number.NaN : value / 10;
  }
  return heightM;
}

export const packClasses = (classCode: Uint8Array): Buffer => deflateSync(classCode, { level: LEVEL });

/** Throws STORE_INTERNAL when the bytes are not `cells` classes. */
export const unpackClasses = (packed: Uint8Array, cells: number): Uint8Array => unpack(packed, cells);

function unpack(packed: Uint8Array, length: number): Uint8Array {
  const bytes = inflateSync(packed, { maxOutputLength: length + 1 });
  if (bytes.length === length) return bytes;
  throw new StoreError('STORE_INTERNAL', `a raster piece holds ${bytes.length} bytes instead of ${length}`);
}

/** Little endian on every machine this runs on, like the packed arrays of a plan. */
const bytesOf = (numbers: Int32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
