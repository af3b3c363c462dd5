// Degrees of the cells of a metric raster, row by row. Projecting every cell would take a microsecond each, so a coarse
// lattice is projected and positions between are linear: over 400 m meridians bend by less than a centimetre below 70°.

import type { LocalZone } from '../geo/local-zone.ts';
import type { DegreeFrame } from '../model/degree-frame.ts';

/** Where the cells of a raster lie in the metres of its zone; row 0 in the north. */
export interface GroundFrame {
  /** Outer border of the north-western cell. */
  readonly westM: number;
  readonly northM: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
}

export interface CellPositions {
  /** West, south, east, north in degrees: no cell of the frame lies outside. */
  readonly box: readonly [west: number, south: number, east: number, north: number];
  /** Writes longitude and latitude of the cell centres of a row into arrays of `columns` numbers. */
  readRow(row: number, lonDeg: Float64Array, latDeg: Float64Array): void;
}

const MOST_CELLS_BETWEEN = 64;
const MOST_METRES_BETWEEN = 400;

/** Throws RangeError for a frame without cells. */
export function cellPositions(zone: LocalZone, frame: GroundFrame): CellPositions {
  const { westM, northM, cellM, columns, rows } = frame;
  if (!(columns >= 1 && rows >= 1 && cellM > 0)) {
    throw new RangeError(`cellPositions: expected cells above 0 m, got ${columns} × ${rows} of ${cellM} m`);
  }
  const step = Math.max(1, Math.min(MOST_CELLS_BETWEEN, Math.floor(MOST_METRES_BETWEEN / cellM)));
  const across = Math.ceil(columns / step) + 1;
  const down = Math.ceil(rows / step) + 1;
  const nodeLon = new Float64Array(across * down);
  const nodeLat = new Float64Array(across * down);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < nodeLon.length; at++) {
    const x = (at % across) * step;
    const y = Math.floor(at / across) * step;
    const [lon, lat] = zone.toDegrees(westM + x * cellM, northM - y * cellM);
    nodeLon[at] = lon;
    nodeLat[at] = lat;
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }

  return {
    box: [west, south, east, north],
    readRow(row, lonDeg, latDeg) {
      const y = (row + 0.5) / step;
      const above = Math.floor(y) * across;
      const dy = y - Math.floor(y);
      for (let node = 0, column = 0; column < columns; node++) {
        const at = above + node;
        const lonHere = nodeLon[at]! + dy * (nodeLon[at + across]! - nodeLon[at]!);
        const latHere = nodeLat[at]! + dy * (nodeLat[at + across]! - nodeLat[at]!);
        const lonNext = nodeLon[at + 1]! + dy * (nodeLon[at + across + 1]! - nodeLon[at + 1]!);
        const latNext = nodeLat[at + 1]! + dy * (nodeLat[at + across + 1]! - nodeLat[at + 1]!);
        const lonStep = (lonNext - lonHere) / step;
        const latStep = (latNext - latHere) / step;
        const end = Math.min(columns, (node + 1) * step);
        for (let x = 0.5; column < end; column++, x++) {
          lonDeg[column] = lonHere + x * lonStep;
          latDeg[column] = latHere + x * latStep;
        }
      }
    },
  };
}

/** The order to paint rasters in, so that the finer one wins; equal ones by id, so that the order they came in is nothing. */
export function coarsestFirst<
  T extends { readonly id: string; readonly stepLonDeg: number; readonly stepLatDeg: number },
>(rasters: readonly T[]): T[] {
  return [...rasters].sort(
    (a, b) => b.stepLonDeg * b.stepLatDeg - a.stepLonDeg * a.stepLatDeg || (a.id < b.id ? 1 : -1),
  );
}

/** Whether a raster and a box share ground. */
export function rasterTouches(
  raster: DegreeFrame,
  [west, south, east, north]: CellPositions['box'],
): boolean {
  return (
    raster.westDeg < east &&
    raster.westDeg + raster.columns * raster.stepLonDeg > west &&
    raster.northDeg > south &&
    raster.northDeg - raster.rows * raster.stepLatDeg < north
  );
}
