// A coverage raster as GeoTIFF: best SS-RSRP in dBm as 32-bit floats in the local metric zone, EPSG stated, so that any GIS
// opens it in place. Takes four bytes per bin.
import { writeArrayBuffer } from 'geotiff';
import type { CoverageRaster } from '../../engine/index.ts';

/** Where nobody is served, and outside the areas. */
export const NODATA_DBM = -9999;
const NO_LEVEL = -32_768;

const GT_MODEL_PROJECTED = 1;
const RASTER_PIXEL_IS_AREA = 1;
const SAMPLE_FLOAT = 3;

export function encodeCoverageGeotiff(raster: CoverageRaster): Uint8Array {
  const { columns, rows, binSizeM, westM, northM, epsg } = raster;
  const levelsDbm = new Float32Array(columns * rows);
  for (let at = 0; at < levelsDbm.length; at++) {
    const level = raster.level[at] ?? NO_LEVEL;
    levelsDbm[at] = level === NO_LEVEL ? NODATA_DBM : level / 10;
  }
  const bytes = writeArrayBuffer(levelsDbm, {
    width: columns,
    height: rows,
    BitsPerSample: [32],
    SampleFormat: [SAMPLE_FLOAT],
    SamplesPerPixel: [1],
    ModelPixelScale: [binSizeM, binSizeM, 0],
    ModelTiepoint: [0, 0, 0, westM, northM, 0],
    GTModelTypeGeoKey: GT_MODEL_PROJECTED,
    GTRasterTypeGeoKey: RASTER_PIXEL_IS_AREA,
    ProjectedCSTypeGeoKey: epsg,
    GDAL_NODATA: String(NODATA_DBM),
  });
  return new Uint8Array(bytes);
}
