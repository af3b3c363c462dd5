// Small GeoTIFFs made in a test: a lattice of numbers with a coordinate system, in the way the library writes them.
import { writeArrayBuffer } from 'geotiff';

export interface TestRaster {
  readonly columns: number;
  readonly rows: number;
  /** Outer corner of the north-western cell. */
  readonly west: number;
  readonly north: number;
  readonly step: number;
  readonly cellAt: (column: number, row: number) => number;
  readonly noData?: number;
  /** GeoKeys as the GeoTIFF standard names them. */
  readonly keys: Readonly<Record<string, number>>;
}

export const degreeKeys = (epsg = 4490) =>
  ({ GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1, GeographicTypeGeoKey: epsg }) as const;
export const metreKeys = (epsg: number) =>
  ({ GTModelTypeGeoKey: 1, GTRasterTypeGeoKey: 1, ProjectedCSTypeGeoKey: epsg }) as const;

/** 32-bit floats without packing. */
export function makeGeotiff(raster: TestRaster): Buffer {
  const { columns, rows, west, north, step, cellAt, noData, keys } = raster;
  const values = Float32Array.from({ length: columns * rows }, (_, at) =>
    cellAt(at % columns, Math.floor(at / columns)),
  );
  const bytes = writeArrayBuffer(values, {
    width: columns,
    height: rows,
    BitsPerSample: [32],
    SampleFormat: [3],
    SamplesPerPixel: [1],
    ModelPixelScale: [step, step, 0],
    ModelTiepoint: [0, 0, 0, west, north, 0],
    ...keys,
    ...(noData !== undefined && { GDAL_NODATA: String(noData) }),
  });
  return Buffer.from(bytes);
}
