// The layers of a coverage raster as numbers in their units: painter, legend and exports read them here and nowhere else.
import { gradePercent } from '../coverage/probability-grades.ts';
import { type CoverageQuality, type CoverageRaster, NO_LEVEL } from '../model/plan.ts';
import type { CoverageLayer } from './coverage-classes.ts';
import { NO_GRADE } from './make-raster.ts';

/** False for the quality layers of a plan whose version did not compute them. */
export function rasterHolds(raster: CoverageRaster, layer: CoverageLayer): boolean {
  return layer === 'level' || layer === 'probability' || raster.quality !== null;
}

/** Whether a place of the frame lies in the areas and not wholly under a roof. */
export function isInAreas(raster: CoverageRaster, at: number): boolean {
  return raster.grade[at] !== NO_GRADE;
}

/**
 * The value of a layer at a place of the frame, in the unit of `layerUnits`; NaN outside the areas and where nothing is served.
 * Throws RangeError when the raster does not hold the layer.
 */
export function readLayer(raster: CoverageRaster, layer: CoverageLayer): (at: number) => number {
  const valueAt = readServed(raster, layer);
  return (at) => (isInAreas(raster, at) ? valueAt(at) : NaN);
}

function readServed({ level, grade, quality }: CoverageRaster, layer: CoverageLayer): (at: number) => number {
  if (layer === 'level') return (at) => inTenths(level[at]!);
  if (layer === 'probability') return (at) => gradePercent(grade[at]!);
  if (quality === null) throw new RangeError(`the raster has no quality, so no layer ${layer}`);
  const values = quality[fields[layer]];
  return layer === 'rate' || layer === 'servers' ? (at) => values[at]! : (at) => inTenths(values[at]!);
}

const fields = {
  sinr: 'ssSinr',
  'pdsch-sinr': 'pdschSinr',
  rate: 'downlinkMbps',
  uplink: 'uplinkMargin',
  indoor: 'indoorLevel',
  servers: 'servers',
} as const satisfies Record<Exclude<CoverageLayer, 'level' | 'probability'>, keyof CoverageQuality>;

function inTenths(value: number): number {
  return value === NO_LEVEL ? NaN : value / 10;
}
