// Target areas and demand → bins. Bins are whole multiples of the bin size in the local zone; border bins hold exactly the
// ground they share with the areas, so the bins add up to the areas. Layout: demand-grid.ts.
// Outdoors: a bin whose centre is under a roof takes the nearest outdoor place in it as its receiver; a bin wholly under roofs
// is indoor, weighs nothing, and hands its people to the nearest outdoor bin, whose street they use.
import type { LocalZone } from '../geo/local-zone.ts';
import type { DemandPoints, Road } from '../model/buildings.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { KeyArea, WeightBy } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import { type DemandGrid, GUARD_COLUMN, STRIP_COLUMNS, type UnweighedGrid } from './demand-grid.ts';
import { keyMultipliers } from './key-multipliers.ts';
import type { Surface } from './make-surface.ts';
import { nearestOutdoorBin } from './nearest-outdoor-bin.ts';
import { outdoorPlace } from './outdoor-place.ts';
import { roadLengths } from './road-lengths.ts';
import { makeShapes, pointInShape, type Shape } from './shape.ts';
import { targetShares } from './target-shares.ts';
import { weighBins } from './weigh-bins.ts';

export interface DemandGridInput {
  readonly areas: readonly MultiPolygon[];
  /** Ground taken out of the areas: water. */
  readonly excluded: readonly MultiPolygon[];
  readonly zone: LocalZone;
  readonly binSizeM: number;
  /** People at points; those outside the areas do not count. */
  readonly demand: DemandPoints | null;
  readonly weightBy: WeightBy;
  /** Read when bins weigh their roads. */
  readonly roads: readonly Road[];
  readonly keyAreas: readonly KeyArea[];
  /** Roofs, or null when no buildings are known: then every bin is outdoors. */
  readonly outdoor: Surface | null;
}

const MOST_RASTER_BINS = 20_000_000;
const MOST_COLUMNS = 65_535;
/** Farther from the meridian lengths are off by more than 0.1 %. */
const WIDEST_FROM_MERIDIAN_DEG = 3.5;
/** Smaller slivers of a bin are rounding, not ground. */
const LEAST_SHARE = 1e-9;

/**
 * Throws GRID_AREA_EMPTY (also when people or roads are to weigh and none are in the areas), GRID_TOO_LARGE (over 20 million
 * raster bins) or GRID_AREA_TOO_WIDE.
 */
export function makeDemandGrid(input: DemandGridInput): DemandGrid {
  const { zone, binSizeM } = input;
  if (!(binSizeM > 0)) throw new RangeError(`makeDemandGrid: expected a bin size above 0 m, got ${binSizeM}`);
  checkWidth(input.areas, zone);
  const scaled = (area: MultiPolygon): Shape[] =>
    makeShapes(area, zone, (eastM, northM) => [eastM / binSizeM, -northM / binSizeM]);
  const areas = input.areas.flatMap(scaled);
  const frame = frameOf(areas, binSizeM);
  const moved = (shape: Shape): Shape => moveShape(shape, -frame.firstColumn, -frame.firstRow);
  const areaShapes = areas.map(moved);
  const excludedShapes = input.excluded
    .flatMap(scaled)
    .map(moved)
    .filter((shape) => inFrame(shape, frame));
  const share = targetShares(areaShapes, excludedShapes, frame.columns, frame.rows);
  const grid = numberBins(share, frame, zone.epsg, binSizeM, input.outdoor);
  const people = input.demand ? sumPeople(input.demand, zone, grid, areaShapes, excludedShapes) : null;
  const metres =
    input.weightBy === 'roads' ? roadLengths(input.roads, zone, grid, areaShapes, excludedShapes) : null;
  const keys = input.keyAreas.map(({ geometry, factor }) => ({
    shapes: scaled(geometry)
      .map(moved)
      .filter((shape) => inFrame(shape, frame)),
    factor,
  }));
  const target = { share, areas: areaShapes, excluded: excludedShapes };
  const multiplier = keyMultipliers(keys, target, frame.columns, frame.rows);
  return weighBins(grid, { people, metres }, input.weightBy, multiplier);
}

interface Frame {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly rows: number;
}

function checkWidth(areas: readonly MultiPolygon[], zone: LocalZone): void {
  for (const area of areas) {
    for (const rings of area.coordinates) {
      for (const [lon] of rings[0] ?? []) {
        const off = Math.abs(lon - zone.centralMeridianDeg);
        if (!(Math.min(off, 360 - off) <= WIDEST_FROM_MERIDIAN_DEG)) {
          throw new PlanningError('GRID_AREA_TOO_WIDE', { lon, meridian: zone.centralMeridianDeg });
        }
      }
    }
  }
}

function frameOf(areas: readonly Shape[], binSizeM: number): Frame {
  let west = Infinity;
  let east = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const shape of areas) {
    west = Math.min(west, shape.west);
    east = Math.max(east, shape.east);
    top = Math.min(top, shape.top);
    bottom = Math.max(bottom, shape.bottom);
  }
  if (!(east > west && bottom > top)) throw new PlanningError('GRID_AREA_EMPTY', { areas: areas.length });
  const firstColumn = Math.floor(west);
  const firstRow = Math.floor(top);
  const columns = Math.ceil(east) - firstColumn;
  const rows = Math.ceil(bottom) - firstRow;
  const bins = columns * rows;
  if (!(bins <= MOST_RASTER_BINS && columns < MOST_COLUMNS && rows < MOST_COLUMNS)) {
    throw new PlanningError('GRID_TOO_LARGE', { bins, most: MOST_RASTER_BINS, binSizeM });
  }
  return { firstColumn, firstRow, columns, rows };
}

function moveShape(shape: Shape, columns: number, rows: number): Shape {
  return {
    rings: shape.rings.map((ring) => ring.map((value, i) => value + (i % 2 === 0 ? columns : rows))),
    west: shape.west + columns,
    east: shape.east + columns,
    top: shape.top + rows,
    bottom: shape.bottom + rows,
  };
}

function inFrame(shape: Shape, frame: Frame): boolean {
  return shape.east > 0 && shape.west < frame.columns && shape.bottom > 0 && shape.top < frame.rows;
}

/** Numbers the bins strip by strip and finds their receivers. Strip rows without bins get no guard. */
function numberBins(
  share: Float64Array,
  frame: Frame,
  epsg: number,
  binSizeM: number,
  surface: Surface | null,
): UnweighedGrid {
  const { columns, rows } = frame;
  const westM = frame.firstColumn * binSizeM;
  const northM = -frame.firstRow * binSizeM;
  const [bins, stripRows] = countBins(share, columns, rows);
  if (bins === 0) throw new PlanningError('GRID_AREA_EMPTY', { areas: 0 });
  const binCount = bins + stripRows;
  const grid = {
    epsg,
    westM,
    northM,
    binSizeM,
    columns,
    rows,
    binCount,
    rowStarts: new Uint32Array(stripRows + 1),
    binColumn: new Uint16Array(binCount).fill(GUARD_COLUMN),
    binRow: new Uint16Array(binCount),
    areaM2: new Float64Array(binCount),
    indoor: new Uint8Array(binCount),
    receiverEastM: new Float64Array(binCount),
    receiverNorthM: new Float64Array(binCount),
    binAt: new Int32Array(columns * rows).fill(-1),
    bins,
    indoorBins: 0,
  };
  let id = 0;
  let stripRow = 0;
  let indoorBins = 0;
  for (let first = 0; first < columns; first += STRIP_COLUMNS) {
    const end = Math.min(columns, first + STRIP_COLUMNS);
    for (let row = 0; row < rows; row++) {
      let open = false;
      for (let column = first; column < end; column++) {
        const at = row * columns + column;
        if (!(share[at]! > LEAST_SHARE)) continue;
        if (!open) {
          grid.rowStarts[stripRow++] = id;
          grid.binRow[id] = row;
          id++;
          open = true;
        }
        grid.binAt[at] = id;
        grid.binColumn[id] = column;
        grid.binRow[id] = row;
        grid.areaM2[id] = share[at]! * binSizeM * binSizeM;
        const centreEastM = westM + (column + 0.5) * binSizeM;
        const centreNorthM = northM - (row + 0.5) * binSizeM;
        const place = surface ? outdoorPlace(surface, centreEastM, centreNorthM, binSizeM) : null;
        grid.receiverEastM[id] = place ? place.eastM : centreEastM;
        grid.receiverNorthM[id] = place ? place.northM : centreNorthM;
        if (surface && !place) {
          grid.indoor[id] = 1;
          indoorBins++;
        }
        id++;
      }
    }
  }
  grid.rowStarts[stripRow] = id;
  grid.indoorBins = indoorBins;
  return grid;
}

function countBins(share: Float64Array, columns: number, rows: number): [bins: number, stripRows: number] {
  let bins = 0;
  let stripRows = 0;
  for (let row = 0; row < rows; row++) {
    let lastStrip = -1;
    for (let column = 0; column < columns; column++) {
      if (!(share[row * columns + column]! > LEAST_SHARE)) continue;
      bins++;
      const strip = Math.floor(column / STRIP_COLUMNS);
      if (strip !== lastStrip) stripRows++;
      lastStrip = strip;
    }
  }
  return [bins, stripRows];
}

/** People per bin. Points in border bins are tested against the outlines themselves. */
function sumPeople(
  demand: DemandPoints,
  zone: LocalZone,
  grid: UnweighedGrid,
  areas: readonly Shape[],
  excluded: readonly Shape[],
): Float64Array {
  const people = new Float64Array(grid.binCount);
  const fullM2 = grid.binSizeM * grid.binSizeM;
  for (let i = 0; i + 2 < demand.length; i += 3) {
    const amount = demand[i + 2]!;
    if (!(amount > 0)) continue;
    const [eastM, northM] = zone.toMetres([demand[i]!, demand[i + 1]!]);
    const x = (eastM - grid.westM) / grid.binSizeM;
    const y = (grid.northM - northM) / grid.binSizeM;
    if (!(x >= 0 && y >= 0 && x < grid.columns && y < grid.rows)) continue;
    const id = grid.binAt[Math.floor(y) * grid.columns + Math.floor(x)]!;
    if (id < 0) continue;
    const inside =
      grid.areaM2[id] === fullM2 ||
      (areas.some((shape) => pointInShape(x, y, shape)) &&
        !excluded.some((shape) => pointInShape(x, y, shape)));
    if (inside) people[id] = people[id]! + amount;
  }
  for (let id = 0; id < grid.binCount; id++) {
    if (grid.indoor[id] === 0 || people[id] === 0) continue;
    const street = nearestOutdoorBin(grid, id);
    if (street < 0) continue;
    people[street] = people[street]! + people[id]!;
    people[id] = 0;
  }
  return people;
}
