// SRTM tiles (.hgt): nothing but heights, big-endian, in rows from the north; the name gives the south-western corner and the
// length the step (1201² for 3″, 3601² for 1″). Values stand at the posts: the first and last lie on the whole degrees.
import { ProductError } from '../../errors.ts';
import { degrees } from './crs-of-keys.ts';
import type { RasterGrid } from './raster-grid.ts';

const sides: readonly number[] = [1201, 3601];
const HOLE = -32_768;

/** Throws IMPORT_HGT_NAME or IMPORT_HGT_SIZE. */
export function readHgt(bytes: Uint8Array, fileName: string): RasterGrid {
  const corner = /^([NS])(\d{2})([EW])(\d{3})/i.exec(fileName.replace(/^.*[\\/]/, ''));
  if (!corner) throw new ProductError('IMPORT_HGT_NAME', { found: fileName });
  const south = Number(corner[2]) * (/s/i.test(corner[1]!) ? -1 : 1);
  const west = Number(corner[4]) * (/w/i.test(corner[3]!) ? -1 : 1);
  if (!(south >= -90 && south <= 89 && west >= -180 && west <= 179)) {
    throw new ProductError('IMPORT_HGT_NAME', { found: fileName });
  }
  const side = sides.find((each) => 2 * each * each === bytes.length);
  if (side === undefined) throw new ProductError('IMPORT_HGT_SIZE', { found: bytes.length });
  const step = 1 / (side - 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    crs: degrees(4326),
    west: west - step / 2,
    north: south + 1 + step / 2,
    stepX: step,
    stepY: step,
    columns: side,
    rows: side,
    values: Int16Array.from({ length: side * side }, (_, at) => view.getInt16(2 * at, false)),
    scale: 1,
    offset: 0,
    noData: HOLE,
    metresPerUnit: 1,
    unit: 'm',
    bands: 1,
  };
}
