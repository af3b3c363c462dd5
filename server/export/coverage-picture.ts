// A coverage layer as a picture for reports and other GIS: classes painted in the plan's own metric zone, one pixel per bin, with
// world file, zone and legend in one archive. A palette keeps it at one byte per bin.
import { encode as encodePng } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import {
  type CoverageClass,
  type CoverageRamp,
  type CoverageRaster,
  classIndexOf,
  coverageClasses,
  isInAreas,
  layerUnits,
  readLayer,
} from '../../engine/index.ts';
import { CSV_START, csvLine } from './csv-text.ts';
import type { ShownLayer } from './encode-coverage-tile.ts';
import { zoneWkt } from './zone-wkt.ts';

export interface PictureRequest extends ShownLayer {
  readonly ramp: CoverageRamp;
}

/** The earliest day a zip can name: equal pictures are equal bytes. */
const FIRST_ZIP_DAY = new Date(1980, 0, 1);

/**
 * A zip of coverage.png, coverage.pgw, coverage.prj, coverage.png.aux.xml (the zone for GDAL, which reads no .prj beside a PNG)
 * and legend.csv. Throws RangeError as `readLayer`.
 */
export function encodeCoveragePicture(raster: CoverageRaster, request: PictureRequest): Uint8Array {
  const classes = coverageClasses(request.layer, request.thresholdDbm);
  const wkt = zoneWkt(raster.epsg);
  return zipSync(
    {
      'coverage.png': [paintClasses(raster, request, classes), { level: 0 }],
      'coverage.pgw': strToU8(worldFile(raster)),
      'coverage.prj': strToU8(wkt),
      'coverage.png.aux.xml': strToU8(
        `<PAMDataset><SRS>${wkt.replaceAll('"', '&quot;')}</SRS></PAMDataset>\n`,
      ),
      'legend.csv': strToU8(legendCsv(request, classes)),
    },
    { mtime: FIRST_ZIP_DAY },
  );
}

function paintClasses(
  raster: CoverageRaster,
  { layer, ramp }: PictureRequest,
  classes: readonly CoverageClass[],
): Uint8Array {
  const valueAt = readLayer(raster, layer);
  const data = new Uint8Array(raster.columns * raster.rows);
  for (let at = 0; at < data.length; at++)
    if (isInAreas(raster, at)) data[at] = 1 + classIndexOf(classes, valueAt(at));
  // the clear colour stands first: the format lists transparency from the front
  const palette = [[0, 0, 0, 0], ...classes.map(({ colours }) => opaque(colours[ramp]))];
  return encodePng({ width: raster.columns, height: raster.rows, data, channels: 1, depth: 8, palette });
}

const opaque = (hex: string): number[] => [...Buffer.from(hex.slice(1), 'hex'), 255];

/** Pixel size and the middle of the first pixel, one number a line. */
function worldFile({ westM, northM, binSizeM }: CoverageRaster): string {
  const lines = [binSizeM, 0, 0, -binSizeM, westM + binSizeM / 2, northM - binSizeM / 2];
  return `${lines.join('\n')}\n`;
}

function legendCsv({ layer, ramp }: PictureRequest, classes: readonly CoverageClass[]): string {
  const unit = layerUnits[layer];
  const lines = classes.map(({ from, to, colours }, index) =>
    csvLine([layer, index, from, to, unit, colours[ramp]]),
  );
  const heads = ['图层 layer', '级别 class', '下限 from', '上限 to', '单位 unit', '颜色 colour'];
  return CSV_START + csvLine(heads) + lines.join('');
}
