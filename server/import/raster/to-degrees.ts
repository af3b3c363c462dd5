// A raster of any coordinate system on a lattice of degrees with cells of the same size: heights bilinear, classes nearest.
// Positions are projected at every 32nd cell and linear between, which bends by less than a tenth of a cell. A raster that is
// in degrees already keeps its cells.

import type { DegreeFrame } from '../../../engine/index.ts';
import { ProductError } from '../../errors.ts';
import { MOST_CELLS, type RasterGrid } from './raster-grid.ts';
import { checkSize } from './read-geotiff.ts';

const CELLS_BETWEEN = 32;
const BORDER_POINTS = 64;
/** A centimetre; a smaller cell is a slip in the file. */
const LEAST_STEP_DEG = 1e-7;

/**
 * Throws IMPORT_RASTER_POSITION when the cells lie outside the world or where their projection does not hold,
 * IMPORT_RASTER_BROKEN when they have no size, IMPORT_RASTER_TOO_LARGE.
 */
export function frameInDegrees(grid: RasterGrid): DegreeFrame {
  const { crs, west, north, stepX, stepY, columns, rows } = grid;
  if (crs.isDegrees) {
    // products that count from 0 to 360
    const westDeg = west >= 180 ? west - 360 : west;
    return checkedFrame({ westDeg, northDeg: north, stepLonDeg: stepX, stepLatDeg: stepY, columns, rows });
  }
  const place = (column: number, row: number) => crs.toDegrees(west + column * stepX, north - row * stepY);
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (let k = 0; k <= BORDER_POINTS; k++) {
    const [x, y] = [(columns * k) / BORDER_POINTS, (rows * k) / BORDER_POINTS];
    for (const [lon, lat] of [place(x, 0), place(x, rows), place(0, y), place(columns, y)]) {
      box.west = Math.min(box.west, lon);
      box.east = Math.max(box.east, lon);
      box.south = Math.min(box.south, lat);
      box.north = Math.max(box.north, lat);
    }
  }
  const middle = place(columns / 2, rows / 2);
  // far from its zone a projection leads to some place, but not back from there
  const [backX, backY] = crs.fromDegrees(middle);
  const awayCells = Math.hypot((backX - west) / stepX - columns / 2, (north - backY) / stepY - rows / 2);
  if (!(awayCells < 1)) {
    const found = [west, north - rows * stepY, west + columns * stepX, north].join(', ');
    throw new ProductError('IMPORT_RASTER_POSITION', { found });
  }
  const toEast = place(columns / 2 + 1, rows / 2);
  const toSouth = place(columns / 2, rows / 2 + 1);
  const stepLonDeg = Math.hypot(toEast[0] - middle[0], toSouth[0] - middle[0]);
  const stepLatDeg = Math.hypot(toEast[1] - middle[1], toSouth[1] - middle[1]);
  return checkedFrame({
    westDeg: box.west,
    northDeg: box.north,
    stepLonDeg,
    stepLatDeg,
    columns: Math.ceil((box.east - box.west) / stepLonDeg),
    rows: Math.ceil((box.north - box.south) / stepLatDeg),
  });
}

function checkedFrame(frame: DegreeFrame): DegreeFrame {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = frame;
  if (!(stepLonDeg >= LEAST_STEP_DEG && stepLatDeg >= LEAST_STEP_DEG)) {
    throw new ProductError('IMPORT_RASTER_BROKEN', { reason: `${stepLonDeg}° × ${stepLatDeg}°` });
  }
  const eastDeg = westDeg + columns * stepLonDeg;
  const southDeg = northDeg - rows * stepLatDeg;
  const fits =
    westDeg >= -180 - stepLonDeg &&
    eastDeg <= 180 + stepLonDeg &&
    southDeg >= -90 - stepLatDeg &&
    northDeg <= 90 + stepLatDeg;
  if (!fits) {
    const found = [westDeg, southDeg, eastDeg, northDeg].map((deg) => deg.toFixed(3)).join(', ');
    throw new ProductError('IMPORT_RASTER_POSITION', { found });
  }
  // a lattice turned against the meridians needs more cells for the same ground
  checkSize(columns, rows, 1.5 * MOST_CELLS);
  return frame;
}

/** Calls `visit` for every row of the frame with the places of its cells in the grid: columns and rows from its outer corner. */
function eachRow(
  grid: RasterGrid,
  frame: DegreeFrame,
  visit: (first: number, x: Float64Array, y: Float64Array) => void,
): void {
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = frame;
  const across = Math.ceil(columns / CELLS_BETWEEN) + 1;
  const nodes = (row: number): { x: Float64Array; y: Float64Array } => {
    const line = { x: new Float64Array(across), y: new Float64Array(across) };
    for (let node = 0; node < across; node++) {
      const lon = westDeg + node * CELLS_BETWEEN * stepLonDeg;
      const [x, y] = grid.crs.fromDegrees([lon, northDeg - row * stepLatDeg]);
      line.x[node] = (x - grid.west) / grid.stepX;
      line.y[node] = (grid.north - y) / grid.stepY;
    }
    return line;
  };
  const x = new Float64Array(columns);
  const y = new Float64Array(columns);
  let above = nodes(0);
  for (let first = 0; first < rows; first += CELLS_BETWEEN) {
    const below = nodes(first + CELLS_BETWEEN);
    for (let row = first; row < Math.min(rows, first + CELLS_BETWEEN); row++) {
      const down = (row + 0.5 - first) / CELLS_BETWEEN;
      spread(above.x, below.x, down, x);
      spread(above.y, below.y, down, y);
      visit(row * columns, x, y);
    }
    above = below;
  }
}

/** A line of cells between two lines of nodes. */
function spread(above: Float64Array, below: Float64Array, down: number, into: Float64Array): void {
  for (let column = 0, node = 0; column < into.length; node++) {
    const here = above[node]! + down * (below[node]! - above[node]!);
    const next = above[node + 1]! + down * (below[node + 1]! - above[node + 1]!);
    const step = (next - here) / CELLS_BETWEEN;
    const end = Math.min(into.length, (node + 1) * CELLS_BETWEEN);
    for (let right = 0.5; column < end; column++, right++) into[column] = here + right * step;
  }
}

/** Heights of the frame's cells; unknown neighbours are left out of the mean, NaN where none is known. */
export function heightsInDegrees(grid: RasterGrid, frame: DegreeFrame, heightM: Float32Array): Float32Array {
  if (grid.crs.isDegrees) return heightM;
  const { columns, rows } = grid;
  const made = new Float32Array(frame.columns * frame.rows).fill(Number.NaN);
  eachRow(grid, frame, (first, x, y) => {
    for (let column = 0; column < frame.columns; column++) {
      const [right, down] = [x[column]!, y[column]!];
      if (right >= 0 && right < columns && down >= 0 && down < rows)
        made[first + column] = heightAt(heightM, columns, rows, right - 0.5, down - 0.5);
    }
  });
  return made;
}

/** Bilinear between the four cells around a place, counted from the middle of the first cell. */
function heightAt(heightM: Float32Array, columns: number, rows: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const west = Math.max(0, left);
  const east = Math.min(columns - 1, left + 1);
  const above = Math.max(0, top) * columns;
  const below = Math.min(rows - 1, top + 1) * columns;
  const northWest = heightM[above + west]!;
  const northEast = heightM[above + east]!;
  const southWest = heightM[below + west]!;
  const southEast = heightM[below + east]!;
  const upper = northWest + dx * (northEast - northWest);
  const height = upper + dy * (southWest + dx * (southEast - southWest) - upper);
  if (!Number.isNaN(height)) return height;
  const weights = [(1 - dx) * (1 - dy), dx * (1 - dy), (1 - dx) * dy, dx * dy];
  let sum = 0;
  let known = 0;
  [northWest, northEast, southWest, southEast].forEach((each, corner) => {
    if (Number.isNaN(each)) return;
    sum += weights[corner]! * each;
    known += weights[corner]!;
  });
  return known > 1e-9 ? sum / known : Number.NaN;
}

/** Classes of the frame's cells: each that of the cell its centre falls in, 0 outside. */
export function classesInDegrees(grid: RasterGrid, frame: DegreeFrame, classCode: Uint8Array): Uint8Array {
  if (grid.crs.isDegrees) return classCode;
  const { columns, rows } = grid;
  const made = new Uint8Array(frame.columns * frame.rows);
  eachRow(grid, frame, (first, x, y) => {
    for (let column = 0; column < frame.columns; column++) {
      const [right, down] = [x[column]!, y[column]!];
      if (right >= 0 && right < columns && down >= 0 && down < rows)
        made[first + column] = classCode[Math.floor(down) * columns + Math.floor(right)]!;
    }
  });
  return made;
}
