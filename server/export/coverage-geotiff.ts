// A layer of a coverage raster as GeoTIFF: values in the layer's unit as 32-bit floats in the local metric zone, EPSG stated, so
// that any GIS opens it in place. Takes four bytes per bin.
import { writeArrayBuffer } from 'geotiff';
import { type CoverageLayer, type CoverageRaster, layerUnits, readLayer } from '../../engine/index.ts';

/** Outside the areas, and where nothing is served. */
export const NO_DATA = -9999;

const GT_MODEL_PROJECTED = 1;
const RASTER_PIXEL_IS_AREA = 1;
const SAMPLE_FLOAT = 3;

/** Throws RangeError when the raster does not hold the layer. */
export function encodeCoverageGeotiff(raster: CoverageRaster, layer: CoverageLayer = 'level'): Uint8Array {
  const { columns, rows, binSizeM, westM, northM, epsg } = raster;
  const valueAt = readLayer(raster, layer);
  const values = new Float32Array(columns * rows);
  for (let at = 0; at < values.length; at++) {
    const value = valueAt(at);
    values[at] = Number.isNaN(value) ? NO_DATA : value;
  }
  const bytes = writeArrayBuffer(values, {
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
    GDAL_NODATA: String(NO_DATA),
    ...descriptionOf(layer),
  });
  return new Uint8Array(bytes);
}

/** GDAL's own tag for units is one the library does not write; it writes this one, which its types do not know. */
const descriptionOf = (layer: CoverageLayer) => ({
  ImageDescription: `layer=${layer} unit=${layerUnits[layer]}`,
});
