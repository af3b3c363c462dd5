// A coverage raster as GeoTIFF 1.1: best SS-RSRP in dBm as 32-bit floats in the local metric zone, EPSG stated, so that any
// GIS opens it in place. Written by hand (TIFF 6.0, one uncompressed strip, little endian): the usual library takes seconds
// of the server's only thread for a city. Takes four bytes per bin.
import type { CoverageRaster } from '../../engine/index.ts';

/** Where nobody is served, and outside the areas. */
export const NODATA_DBM = -9999;
const NO_LEVEL = -32_768;

type Entry = readonly [tag: number, type: keyof typeof BYTES_OF, values: readonly number[]];
/** TIFF field types: ASCII, SHORT, LONG, DOUBLE. */
const [ASCII, SHORT, LONG, DOUBLE] = [2, 3, 4, 12] as const;
const BYTES_OF = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 } as const;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** Values up to this size stand in the entry itself. */
const INLINE_BYTES = 4;

export function encodeCoverageGeotiff(raster: CoverageRaster): Uint8Array {
  const { columns, rows } = raster;
  const dataBytes = columns * rows * 4;
  const draft = entriesOf(raster, 0, dataBytes);
  const dataAt = align(HEADER_BYTES + 2 + draft.length * ENTRY_BYTES + 4 + outsideBytes(draft));
  const buffer = new ArrayBuffer(dataAt + dataBytes);
  writeDirectory(new DataView(buffer), entriesOf(raster, dataAt, dataBytes));
  const data = new DataView(buffer, dataAt);
  for (let at = 0; at < columns * rows; at++) {
    const level = raster.level[at] ?? NO_LEVEL;
    data.setFloat32(at * 4, level === NO_LEVEL ? NODATA_DBM : level / 10, true);
  }
  return new Uint8Array(buffer);
}

/** In the order of their tags, as the format asks. */
function entriesOf(raster: CoverageRaster, dataAt: number, dataBytes: number): Entry[] {
  const { columns, rows, binSizeM, westM, northM, epsg } = raster;
  const PIXEL_IS_AREA = 1;
  const PROJECTED = 1;
  // version, revision 1.1, number of keys; then key, place 0 (the value itself), count, value
  const geoKeys = [1, 1, 1, 3, 1024, 0, 1, PROJECTED, 1025, 0, 1, PIXEL_IS_AREA, 3072, 0, 1, epsg];
  return [
    [256, LONG, [columns]], // width
    [257, LONG, [rows]], // height
    [258, SHORT, [32]], // bits per sample
    [259, SHORT, [1]], // no compression
    [262, SHORT, [1]], // black is zero
    [273, LONG, [dataAt]], // where the strip begins
    [277, SHORT, [1]], // samples per pixel
    [278, LONG, [rows]], // rows per strip
    [279, LONG, [dataBytes]], // bytes of the strip
    [284, SHORT, [1]], // chunky
    [339, SHORT, [3]], // IEEE floating point
    [33_550, DOUBLE, [binSizeM, binSizeM, 0]], // ModelPixelScale
    [33_922, DOUBLE, [0, 0, 0, westM, northM, 0]], // ModelTiepoint
    [34_735, SHORT, geoKeys], // GeoKeyDirectory
    [42_113, ASCII, [...Buffer.from(`${NODATA_DBM}\0`, 'latin1')]], // GDAL_NODATA
  ];
}

function writeDirectory(view: DataView, entries: readonly Entry[]): void {
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint16(HEADER_BYTES, entries.length, true);
  let at = HEADER_BYTES + 2;
  let outsideAt = at + entries.length * ENTRY_BYTES + 4;
  for (const [tag, type, values] of entries) {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    const bytes = values.length * BYTES_OF[type];
    if (bytes <= INLINE_BYTES) writeValues(view, at + 8, type, values);
    else {
      view.setUint32(at + 8, outsideAt, true);
      writeValues(view, outsideAt, type, values);
      outsideAt += align(bytes);
    }
    at += ENTRY_BYTES;
  }
}

function writeValues(view: DataView, from: number, type: Entry[1], values: readonly number[]): void {
  values.forEach((value, index) => {
    const at = from + index * BYTES_OF[type];
    if (type === ASCII) view.setUint8(at, value);
    else if (type === SHORT) view.setUint16(at, value, true);
    else if (type === LONG) view.setUint32(at, value, true);
    else view.setFloat64(at, value, true);
  });
}

const outsideBytes = (entries: readonly Entry[]): number =>
  entries
    .map(([, type, values]) => values.length * BYTES_OF[type])
    .filter((bytes) => bytes > INLINE_BYTES)
    .reduce((sum, bytes) => sum + align(bytes), 0);

/** Everything begins at a multiple of eight, or at least of two as the format asks. */
const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;
