// Clutter class per cell of a metric raster: the class of the raster cell the centre falls in, never a mean of classes.
// Where rasters overlap the finer wins, unless it says nothing there.
import type { LocalZone } from '../geo/local-zone.ts';
import type { ClutterRaster } from '../model/clutter-raster.ts';
import { cellPositions, coarsestFirst, type GroundFrame, rasterTouches } from './cell-positions.ts';

export interface Clutter {
  /** Codes of `clutterClasses` per cell, row 0 in the north; 0 where unknown. */
  readonly classCode: Uint8Array;
  /** Cells without a class. */
  readonly unknown: number;
}

/** Null when no raster gives any cell of the frame a class. */
export function makeClutter(
  rasters: readonly ClutterRaster[],
  zone: LocalZone,
  frame: GroundFrame,
): Clutter | null {
  const positions = cellPositions(zone, frame);
  const touching = coarsestFirst(rasters).filter((raster) => rasterTouches(raster, positions.box));
  if (touching.length === 0) return null;
  const { columns, rows } = frame;
  const classCode = new Uint8Array(columns * rows);
  const lonDeg = new Float64Array(columns);
  const latDeg = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    positions.readRow(row, lonDeg, latDeg);
    for (const raster of touching) paintRow(raster, lonDeg, latDeg, row * columns, classCode);
  }
  let unknown = 0;
  for (const code of classCode) if (code === 0) unknown++;
  return unknown === classCode.length ? null : { classCode, unknown };
}

function paintRow(
  raster: ClutterRaster,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  first: number,
  classCode: Uint8Array,
): void {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = raster;
  for (let column = 0; column < lonDeg.length; column++) {
    const x = (lonDeg[column]! - westDeg) / stepLonDeg;
    const y = (northDeg - latDeg[column]!) / stepLatDeg;
    if (!(x >= 0 && x < columns && y >= 0 && y < rows)) continue;
    const code = raster.classCode[Math.floor(y) * columns + Math.floor(x)]!;
    if (code !== 0) classCode[first + column] = code;
  }
}
