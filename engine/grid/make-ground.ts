// Height of the ground per cell of a metric raster, from one or more terrain models: bilinear between their cell centres,
// unknown neighbours left out of the mean, the finer model on top of the coarser. Cells that nobody knows are filled from the
// nearest known cell, so that a sweep never meets a gap; both kinds are counted for the report.
import type { LocalZone } from '../geo/local-zone.ts';
import type { HeightRaster } from '../model/height-raster.ts';
import { cellPositions, coarsestFirst, type GroundFrame, rasterTouches } from './cell-positions.ts';
import { fillUnknown } from './fill-unknown.ts';

export interface Ground {
  /** Metres above sea level per cell, row 0 in the north; never NaN. */
  readonly groundM: Float32Array;
  /** Cells inside a terrain model that say nothing: filled. */
  readonly holes: number;
  /** Cells outside every terrain model: filled. */
  readonly outside: number;
}

/** Null when no raster gives any cell of the frame a height. Takes five bytes per cell, and twelve more per filled one. */
export function makeGround(
  rasters: readonly HeightRaster[],
  zone: LocalZone,
  frame: GroundFrame,
): Ground | null {
  const positions = cellPositions(zone, frame);
  const touching = coarsestFirst(rasters).filter((raster) => rasterTouches(raster, positions.box));
  if (touching.length === 0) return null;
  const { columns, rows } = frame;
  const groundM = new Float32Array(columns * rows).fill(Number.NaN);
  const isInside = new Uint8Array(columns * rows);
  const lonDeg = new Float64Array(columns);
  const latDeg = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    positions.readRow(row, lonDeg, latDeg);
    for (const raster of touching) paintRow(raster, lonDeg, latDeg, row * columns, groundM, isInside);
  }
  let holes = 0;
  let outside = 0;
  for (let at = 0; at < groundM.length; at++) {
    if (!Number.isNaN(groundM[at]!)) continue;
    if (isInside[at] === 1) holes++;
    else outside++;
  }
  if (holes + outside === groundM.length) return null;
  if (holes + outside > 0) fillUnknown(groundM, columns, holes + outside);
  return { groundM, holes, outside };
}

function paintRow(
  raster: HeightRaster,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  first: number,
  groundM: Float32Array,
  isInside: Uint8Array,
): void {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows, heightM } = raster;
  for (let column = 0; column < lonDeg.length; column++) {
    const x = (lonDeg[column]! - westDeg) / stepLonDeg;
    const y = (northDeg - latDeg[column]!) / stepLatDeg;
    if (!(x >= 0 && x < columns && y >= 0 && y < rows)) continue;
    isInside[first + column] = 1;
    // between the centres around the place; in the outer half cell the border cell counts alone
    const left = Math.floor(x - 0.5);
    const top = Math.floor(y - 0.5);
    const dx = x - 0.5 - left;
    const dy = y - 0.5 - top;
    const west = Math.max(0, left);
    const east = left + 1 < columns ? left + 1 : left;
    const above = Math.max(0, top) * columns;
    const below = (top + 1 < rows ? top + 1 : top) * columns;
    const northWest = heightM[above + west]!;
    const northEast = heightM[above + east]!;
    const southWest = heightM[below + west]!;
    const southEast = heightM[below + east]!;
    const upper = northWest + dx * (northEast - northWest);
    let height = upper + dy * (southWest + dx * (southEast - southWest) - upper);
    if (Number.isNaN(height)) height = knownMean(northWest, northEast, southWest, southEast, dx, dy);
    if (!Number.isNaN(height)) groundM[first + column] = height;
  }
}

/** The weighted mean of the neighbours that are known; NaN when those have no weight. */
function knownMean(
  northWest: number,
  northEast: number,
  southWest: number,
  southEast: number,
  dx: number,
  dy: number,
): number {
  let sum = 0;
  let weights = 0;
  const add = (height: number, weight: number): void => {
    if (Number.isNaN(height)) return;
    sum += weight * height;
    weights += weight;
  };
  add(northWest, (1 - dx) * (1 - dy));
  add(northEast, dx * (1 - dy));
  add(southWest, (1 - dx) * dy);
  add(southEast, dx * dy);
  return weights > 1e-9 ? sum / weights : Number.NaN;
}
