// The first band of a GeoTIFF (TIFF 6.0, OGC 19-008): where its cells lie, what its values mean, and the values. What the
// file claims (size, offsets, compression) is checked before anything is read, so a crafted one cannot take the memory.
import { addDecoder, fromArrayBuffer, type GeoTIFFImage } from 'geotiff';
import { ProductError } from '../../errors.ts';
import { crsOfKeys, type GeoKeys } from './crs-of-keys.ts';
import { InflateDecoder } from './inflate-decoder.ts';
import { MOST_CELLS, MOST_CELLS_A_SIDE, type RasterGrid, type RasterValues } from './raster-grid.ts';

const DEFLATE = 8;
const OLD_DEFLATE = 32_946;
const compressions: ReadonlyMap<number, string> = new Map([
  [1, 'none'],
  [5, 'LZW'],
  [DEFLATE, 'deflate'],
  [OLD_DEFLATE, 'deflate'],
  [32_773, 'PackBits'],
]);
const PIXEL_IS_POINT = 2;
const US_SURVEY_FOOT_M = 1200 / 3937;
const FOOT_M = 0.3048;

addDecoder([DEFLATE, OLD_DEFLATE], async () => InflateDecoder);

/** Throws ProductError with one of the IMPORT_RASTER codes. */
export async function readGeotiff(bytes: Uint8Array): Promise<RasterGrid> {
  try {
    return await readChecked(bytes);
  } catch (error) {
    if (error instanceof ProductError) throw error;
    // the library's own words: which tag or block it stumbled over
    const reason = error instanceof Error ? error.message.slice(0, 80) : '-';
    throw new ProductError('IMPORT_RASTER_BROKEN', { reason });
  }
}

async function readChecked(bytes: Uint8Array): Promise<RasterGrid> {
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const image = await (await fromArrayBuffer(whole)).getImage(0);
  const columns = image.getWidth();
  const rows = image.getHeight();
  checkSize(columns, rows);
  const crs = crsOfKeys(image.getGeoKeys() as GeoKeys | null);
  const place = placeOf(image, rows);
  await checkBlocks(image, bytes.length);
  const [values] = (await image.readRasters({ samples: [0], interleave: false })) as unknown as [
    RasterValues,
  ];
  const metadata = await image.getGDALMetadata(0).catch(() => null);
  const { metresPerUnit, unit } = unitOf(image.getGeoKeys() as GeoKeys | null, metadata?.UNITTYPE);
  return {
    crs,
    ...place,
    columns,
    rows,
    values: place.isUpsideDown ? turned(values, columns) : values,
    scale: numberIn(metadata?.SCALE) ?? 1,
    offset: numberIn(metadata?.OFFSET) ?? 0,
    noData: noDataOf(image),
    metresPerUnit,
    unit,
    bands: image.getSamplesPerPixel(),
  };
}

/** Throws IMPORT_RASTER_TOO_LARGE. */
export function checkSize(columns: number, rows: number, mostCells = MOST_CELLS): void {
  if (!(columns >= 2 && rows >= 2))
    throw new ProductError('IMPORT_RASTER_BROKEN', { reason: `${columns} × ${rows}` });
  if (columns * rows <= mostCells && Math.max(columns, rows) <= MOST_CELLS_A_SIDE) return;
  throw new ProductError('IMPORT_RASTER_TOO_LARGE', { found: `${columns} × ${rows}`, limit: mostCells });
}

interface Place {
  readonly west: number;
  readonly north: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly isUpsideDown: boolean;
}

/** From a tie point with a scale, or from a matrix without rotation. */
function placeOf(image: GeoTIFFImage, rows: number): Place {
  const directory = image.fileDirectory;
  const scale = directory.getValue('ModelPixelScale') as ArrayLike<number> | undefined;
  const tie = directory.getValue('ModelTiepoint') as ArrayLike<number> | undefined;
  const matrix = directory.getValue('ModelTransformation') as ArrayLike<number> | undefined;
  let corner: readonly [x: number, y: number];
  let step: readonly [x: number, y: number];
  if (scale && tie && tie.length >= 6) {
    step = [scale[0]!, -scale[1]!];
    corner = [tie[3]! - tie[0]! * step[0], tie[4]! - tie[1]! * step[1]];
  } else if (matrix && matrix.length >= 8) {
    if (matrix[1] !== 0 || matrix[4] !== 0) throw new ProductError('IMPORT_RASTER_ROTATED');
    step = [matrix[0]!, matrix[5]!];
    corner = [matrix[3]!, matrix[7]!];
  } else throw new ProductError('IMPORT_RASTER_NO_CRS');
  if (![...corner, ...step].every(Number.isFinite) || step[1] === 0)
    throw new ProductError('IMPORT_RASTER_NO_CRS');
  if (!(step[0] > 0)) throw new ProductError('IMPORT_RASTER_ROTATED');
  const isPoint = (image.getGeoKeys() as GeoKeys | null)?.GTRasterTypeGeoKey === PIXEL_IS_POINT;
  const shift = isPoint ? 0.5 : 0;
  const isUpsideDown = step[1] > 0;
  const stepY = Math.abs(step[1]);
  const top = corner[1] - shift * step[1];
  return {
    west: corner[0] - shift * step[0],
    north: isUpsideDown ? top + rows * stepY : top,
    stepX: step[0],
    stepY,
    isUpsideDown,
  };
}

/** Blocks lie inside the file, are no larger than the raster may be, and are packed in a way that is read. */
async function checkBlocks(image: GeoTIFFImage, fileBytes: number): Promise<void> {
  const directory = image.fileDirectory;
  const compression = Number(directory.getValue('Compression') ?? 1);
  if (!compressions.has(compression)) {
    throw new ProductError('IMPORT_RASTER_COMPRESSION', { found: compression });
  }
  const blockCells = image.getTileWidth() * Math.min(image.getTileHeight(), MOST_CELLS_A_SIDE);
  if (!(blockCells <= 2 * MOST_CELLS)) {
    throw new ProductError('IMPORT_RASTER_TOO_LARGE', { found: `${blockCells}`, limit: MOST_CELLS });
  }
  const [starts, lengths] = await Promise.all(
    image.isTiled
      ? [directory.loadValue('TileOffsets'), directory.loadValue('TileByteCounts')]
      : [directory.loadValue('StripOffsets'), directory.loadValue('StripByteCounts')],
  );
  for (let at = 0; at < starts!.length; at++) {
    if (Number(starts![at]) + Number(lengths![at]) > fileBytes)
      throw new Error('a block ends behind the file');
  }
}

/** South-up files exist; the rest of the product reads from the north. */
function turned(values: RasterValues, columns: number): RasterValues {
  const copy = values.slice();
  for (let at = 0; at < values.length; at += columns) {
    copy.set(values.subarray(at, at + columns) as never, values.length - columns - at);
  }
  return copy;
}

function noDataOf(image: GeoTIFFImage): number | null {
  const text = image.fileDirectory.getValue('GDAL_NODATA');
  const number = text === undefined ? Number.NaN : Number.parseFloat(String(text));
  return Number.isNaN(number) ? null : number;
}

/** The unit of heights: from the vertical keys, else from what GDAL wrote beside the band. */
function unitOf(keys: GeoKeys | null, written: unknown): { metresPerUnit: number; unit: string } {
  const vertical = keys?.VerticalUnitsGeoKey;
  const datum = keys?.VerticalCSTypeGeoKey;
  const text = String(written ?? '').trim();
  const isUsFoot =
    vertical === 9003 || datum === 6360 || datum === 5702 || /^(?:ftus|us[ _-]?survey|us[ _-]?f)/i.test(text);
  if (isUsFoot) return { metresPerUnit: US_SURVEY_FOOT_M, unit: 'US survey foot' };
  const isFoot = vertical === 9002 || datum === 8228 || /^(?:ft|feet|foot|英尺)/i.test(text);
  return isFoot ? { metresPerUnit: FOOT_M, unit: 'foot' } : { metresPerUnit: 1, unit: 'm' };
}

function numberIn(value: unknown): number | null {
  const number = Number.parseFloat(String(value ?? ''));
  return Number.isFinite(number) ? number : null;
}
