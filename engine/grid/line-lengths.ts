// Metres of lines in every bin, inside the target areas and outside the ground taken out of them (a bridge over water does not
// count). Lines are cut at the borders of the raster squares; what lies in a square of whole target ground counts as it is, in a
// border square it is cut at the outlines too; a line along an outline is inside, a line between two squares in one.
import type { LocalZone } from '../geo/local-zone.ts';
import type { LonLat } from '../model/geometry.ts';
import type { DemandGrid } from './demand-grid.ts';
import { edgesByRow, insidePart, type Piece } from './inside-part.ts';
import { LONGEST_EDGE_DEG, type Shape } from './shape.ts';

export type LineGrid = Pick<
  DemandGrid,
  'westM' | 'northM' | 'binSizeM' | 'columns' | 'rows' | 'binCount' | 'binAt' | 'areaM2'
>;

/** Two areas that share a border fill its squares to within this. */
const ROUNDING = 1e-9;

/** Metres per bin id, in the zone; lines drawn twice count twice. Shapes are in raster units of the grid. */
export function lineLengths(
  lines: readonly (readonly LonLat[])[],
  zone: LocalZone,
  grid: LineGrid,
  areas: readonly Shape[],
  excluded: readonly Shape[],
): Float64Array {
  const { binSizeM, columns, rows } = grid;
  const metres = new Float64Array(grid.binCount);
  const wholeM2 = binSizeM * binSizeM * (1 - ROUNDING);
  const rowEdges = edgesByRow(areas, excluded, rows);
  const addPiece = (piece: Piece): void => {
    eachSquare(piece, columns, rows, (column, row, from, to) => {
      const id = grid.binAt[row * columns + column]!;
      if (id < 0) return;
      const part = grid.areaM2[id]! >= wholeM2 ? to - from : insidePart(piece, from, to, row, rowEdges[row]!);
      metres[id] = metres[id]! + part * lengthOf(piece) * binSizeM;
    });
  };
  for (const path of lines) {
    for (let i = 0; i + 1 < path.length; i++) {
      eachPiece(path[i]!, path[i + 1]!, (position) => rasterOf(zone, grid, position), addPiece);
    }
  }
  return metres;
}

/** Where a line passes a square that holds target ground: metres along the line, in the zone. */
export interface LineStretch {
  readonly bin: number;
  readonly fromM: number;
  readonly toM: number;
}

/** In the order of the line. Squares count whole: the stretch in a border square is not cut at the outline. */
export function squaresAlong(path: readonly LonLat[], zone: LocalZone, grid: LineGrid): LineStretch[] {
  const stretches: LineStretch[] = [];
  let passedM = 0;
  for (let i = 0; i + 1 < path.length; i++) {
    eachPiece(
      path[i]!,
      path[i + 1]!,
      (position) => rasterOf(zone, grid, position),
      (piece) => {
        const pieceM = lengthOf(piece) * grid.binSizeM;
        eachSquare(piece, grid.columns, grid.rows, (column, row, from, to) => {
          const bin = grid.binAt[row * grid.columns + column]!;
          if (bin >= 0) stretches.push({ bin, fromM: passedM + from * pieceM, toM: passedM + to * pieceM });
        });
        passedM += pieceM;
      },
    );
  }
  return stretches;
}

type Point = readonly [x: number, y: number];

function lengthOf({ ax, ay, bx, by }: Piece): number {
  return Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
}

function rasterOf(zone: LocalZone, grid: LineGrid, position: readonly [number, number]): Point {
  const [eastM, northM] = zone.toMetres(position);
  return [(eastM - grid.westM) / grid.binSizeM, (grid.northM - northM) / grid.binSizeM];
}

/** The stretch between two positions in pieces of at most a kilometre. */
function eachPiece(
  [lon, lat]: readonly [number, number],
  [nextLon, nextLat]: readonly [number, number],
  toRaster: (position: readonly [number, number]) => Point,
  visit: (piece: Piece) => void,
): void {
  const reach = Math.max(Math.abs(nextLon - lon), Math.abs(nextLat - lat));
  if (!Number.isFinite(reach))
    throw new RangeError(`lineLengths: expected positions in degrees, got ${reach}`);
  const pieces = Math.max(1, Math.ceil(reach / LONGEST_EDGE_DEG));
  let [ax, ay] = toRaster([lon, lat]);
  for (let piece = 1; piece <= pieces; piece++) {
    const t = piece / pieces;
    const [bx, by] = toRaster(
      piece === pieces ? [nextLon, nextLat] : [lon + t * (nextLon - lon), lat + t * (nextLat - lat)],
    );
    visit({ ax, ay, bx, by });
    ax = bx;
    ay = by;
  }
}

/** Visits the squares a piece passes, each with the part of the piece (0..1) inside it. */
function eachSquare(
  { ax, ay, bx, by }: Piece,
  columns: number,
  rows: number,
  visit: (column: number, row: number, from: number, to: number) => void,
): void {
  const stops = [0, 1];
  addStops(stops, ax, bx, columns);
  addStops(stops, ay, by, rows);
  stops.sort((a, b) => a - b);
  for (let i = 0; i + 1 < stops.length; i++) {
    const from = stops[i]!;
    const to = stops[i + 1]!;
    if (!(to > from)) continue;
    const middle = (from + to) / 2;
    const column = Math.floor(ax + middle * (bx - ax));
    const row = Math.floor(ay + middle * (by - ay));
    if (column >= 0 && row >= 0 && column < columns && row < rows) visit(column, row, from, to);
  }
}

/** Where the way from a to b crosses a whole number from 0 to `most`. */
function addStops(stops: number[], a: number, b: number, most: number): void {
  const last = Math.min(most, Math.floor(Math.max(a, b)));
  for (let line = Math.max(0, Math.ceil(Math.min(a, b))); line <= last; line++) {
    const t = (line - a) / (b - a);
    if (t > 0 && t < 1) stops.push(t);
  }
}
