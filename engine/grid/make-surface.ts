// The roofs as a raster (surface model): which cells are built on, how high, and by which building; below them the bare ground.
// A cell is built when its centre lies inside an outline by the even-odd rule; the highest roof wins where outlines overlap.
// Cells are whole multiples of the cell size in the zone, like the bins of the demand grid. Takes ten bytes per cell, 14
// with ground.
import { assumedBuildingHeightM } from '../geo/assumed-building-height.ts';
import type { LocalZone } from '../geo/local-zone.ts';
import type { BuildingSet } from '../model/buildings.ts';
import type { ClutterRaster } from '../model/clutter-raster.ts';
import type { HeightRaster } from '../model/height-raster.ts';
import { PlanningError } from '../model/planning-error.ts';
import { makeClutter } from './make-clutter.ts';
import { makeGround } from './make-ground.ts';

export interface Surface {
  readonly westM: number;
  readonly northM: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Height above ground in decimetres, 0 where nothing stands. Row 0 is in the north. */
  readonly heightDm: Uint16Array;
  /** Top of each cell, roof or ground, in metres above sea level (above flat ground where terrain is unknown). */
  readonly topM: Float32Array;
  /** 1 + index of the building that owns the cell, 0 for none. */
  readonly building: Int32Array;
  /** Buildings in the raster whose height was assumed. */
  readonly assumedHeights: number;
  /** False where no building data exist: then sight is a chance, not a fact. */
  readonly hasBuildings: boolean;
  /** Bare ground per cell in metres above sea level, or null where it is taken as flat. */
  readonly groundM: Float32Array | null;
  /** Clutter class per cell for profile models, or null where none is known. */
  readonly clutterCode: Uint8Array | null;
  /** Cells whose height the terrain models do not say, in a hole or beyond their border: taken from the nearest known cell. */
  readonly groundHoles: number;
}

/** West, south, east, north in metres of the zone. */
export type MetreBox = readonly [westM: number, southM: number, eastM: number, northM: number];

const MOST_CELLS = 200_000_000;

/** Buildings outside the box are left out; `null` means that none are known. Throws GRID_TOO_LARGE above 200 million cells. */
export function makeSurface(
  buildings: BuildingSet | null,
  zone: LocalZone,
  box: MetreBox,
  cellM = 5,
  terrain: readonly HeightRaster[] = [],
  clutter: readonly ClutterRaster[] = [],
): Surface {
  const firstColumn = Math.floor(box[0] / cellM);
  const lastRow = Math.ceil(box[3] / cellM);
  const columns = Math.max(1, Math.ceil(box[2] / cellM) - firstColumn);
  const rows = Math.max(1, lastRow - Math.floor(box[1] / cellM));
  if (!(columns * rows <= MOST_CELLS)) throw new PlanningError('GRID_TOO_LARGE', { bins: columns * rows });
  const frame = { westM: firstColumn * cellM, northM: lastRow * cellM, cellM, columns, rows };
  const heightDm = new Uint16Array(columns * rows);
  const building = new Int32Array(columns * rows);
  let assumedHeights = 0;
  for (let index = 0; buildings && index < buildings.heightM.length; index++) {
    const outline = outlineOf(buildings, index, zone, frame);
    if (!outline) continue;
    let heightM = buildings.heightM[index]!;
    if (!(heightM > 0)) {
      heightM = assumedBuildingHeightM(outline.areaCells * cellM * cellM);
      assumedHeights++;
    }
    fillOutline(outline, frame, Math.min(65_535, Math.round(heightM * 10)), index + 1, heightDm, building);
  }
  const ground = makeGround(terrain, zone, frame);
  return {
    ...frame,
    heightDm,
    topM: topOf(heightDm, ground ? ground.groundM : null),
    building,
    assumedHeights,
    hasBuildings: buildings !== null,
    groundM: ground ? ground.groundM : null,
    clutterCode: makeClutter(clutter, zone, frame)?.classCode ?? null,
    groundHoles: ground ? ground.holes + ground.outside : 0,
  };
}

function topOf(heightDm: Uint16Array, groundM: Float32Array | null): Float32Array {
  const topM = new Float32Array(heightDm.length);
  for (let cell = 0; cell < topM.length; cell++)
    topM[cell] = heightDm[cell]! * 0.1 + (groundM ? groundM[cell]! : 0);
  return topM;
}

interface Frame {
  readonly westM: number;
  readonly northM: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
}

/** Edges in cell units, x to the east and y to the south, with the rows they span and the roof area. */
interface Outline {
  readonly edges: Float64Array;
  readonly top: number;
  readonly bottom: number;
  readonly areaCells: number;
}

function outlineOf(set: BuildingSet, index: number, zone: LocalZone, frame: Frame): Outline | null {
  const firstRing = set.buildingStarts[index]!;
  const endRing = set.buildingStarts[index + 1]!;
  const first = set.ringStarts[firstRing]!;
  const vertices = set.ringStarts[endRing]! - first;
  const x = new Float64Array(vertices);
  const y = new Float64Array(vertices);
  let west = Infinity;
  let east = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (let v = 0; v < vertices; v++) {
    const at = 2 * (first + v);
    const [eastM, northM] = zone.toMetres([set.positions[at]!, set.positions[at + 1]!]);
    x[v] = (eastM - frame.westM) / frame.cellM;
    y[v] = (frame.northM - northM) / frame.cellM;
    west = Math.min(west, x[v]!);
    east = Math.max(east, x[v]!);
    top = Math.min(top, y[v]!);
    bottom = Math.max(bottom, y[v]!);
  }
  if (!(east > 0 && west < frame.columns && bottom > 0 && top < frame.rows)) return null;
  const edges = new Float64Array(4 * vertices);
  let largest = 0;
  let sum = 0;
  for (let ring = firstRing, e = 0; ring < endRing; ring++) {
    const from = set.ringStarts[ring]! - first;
    const to = set.ringStarts[ring + 1]! - first;
    let twice = 0;
    for (let v = from, w = to - 1; v < to; w = v++) {
      edges[e++] = x[w]!;
      edges[e++] = y[w]!;
      edges[e++] = x[v]!;
      edges[e++] = y[v]!;
      twice += x[w]! * y[v]! - x[v]! * y[w]!;
    }
    largest = Math.max(largest, Math.abs(twice) / 2);
    sum += Math.abs(twice) / 2;
  }
  // The largest ring is the outline, all others count as courtyards: exact for one polygon with holes.
  return { edges, top, bottom, areaCells: Math.max(0, 2 * largest - sum) };
}

function fillOutline(
  outline: Outline,
  frame: Frame,
  heightDm: number,
  owner: number,
  heights: Uint16Array,
  owners: Int32Array,
): void {
  const { edges } = outline;
  const firstRow = Math.max(0, Math.ceil(outline.top - 0.5));
  const lastRow = Math.min(frame.rows - 1, Math.floor(outline.bottom - 0.5));
  const crossings: number[] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    const y = row + 0.5;
    crossings.length = 0;
    for (let e = 0; e < edges.length; e += 4) {
      const ay = edges[e + 1]!;
      const by = edges[e + 3]!;
      if (ay > y === by > y) continue;
      crossings.push(edges[e]! + ((y - ay) / (by - ay)) * (edges[e + 2]! - edges[e]!));
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil(crossings[pair]! - 0.5));
      const to = Math.min(frame.columns - 1, Math.ceil(crossings[pair + 1]! - 0.5) - 1);
      for (let at = row * frame.columns + from; at <= row * frame.columns + to; at++) {
        if (heightDm <= heights[at]!) continue;
        heights[at] = heightDm;
        owners[at] = owner;
      }
    }
  }
}
