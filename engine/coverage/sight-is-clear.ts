// Whether a straight ray between two places passes over all roofs: the cells under the ray, each roof compared with the lowest
// point of the ray above that cell. The ray is walked along its longer axis, where every step lies over one cell or two: no
// unpredictable branch, and a third faster than stepping from cell to cell (Amanatides and Woo 1987; measured).
// Walks from the lower end, where rays are blocked first. The building that carries the antenna never blocks.
import type { Surface } from '../grid/make-surface.ts';
import type { StationPlace } from './station-place.ts';

/** Heights in metres above one common level (here: flat ground). Ground outside the surface is open. */
export function sightIsClear(
  surface: Surface,
  lowEastM: number,
  lowNorthM: number,
  lowHeightM: number,
  highEastM: number,
  highNorthM: number,
  highHeightM: number,
  ownBuilding: number,
): boolean {
  if (lowHeightM > highHeightM) {
    return sightIsClear(
      surface,
      highEastM,
      highNorthM,
      highHeightM,
      lowEastM,
      lowNorthM,
      lowHeightM,
      ownBuilding,
    );
  }
  const { columns, rows, cellM, westM, northM } = surface;
  let fromX = (lowEastM - westM) / cellM;
  let fromY = (northM - lowNorthM) / cellM;
  let toX = (highEastM - westM) / cellM;
  let toY = (northM - highNorthM) / cellM;
  let lowDm = lowHeightM * 10;
  let highDm = highHeightM * 10;
  if (!isOver(fromX, fromY, columns, rows) || !isOver(toX, toY, columns, rows)) {
    // The part of the ray over the surface.
    const start = Math.max(entryOf(fromX, toX, columns), entryOf(fromY, toY, rows));
    const end = 1 - Math.max(entryOf(toX, fromX, columns), entryOf(toY, fromY, rows));
    if (!(start < end)) return true;
    const dx = toX - fromX;
    const dy = toY - fromY;
    const riseDm = highDm - lowDm;
    toX = keptOver(fromX + end * dx, columns);
    toY = keptOver(fromY + end * dy, rows);
    fromX = keptOver(fromX + start * dx, columns);
    fromY = keptOver(fromY + start * dy, rows);
    highDm = lowDm + end * riseDm;
    lowDm += start * riseDm;
  }
  return Math.abs(toX - fromX) >= Math.abs(toY - fromY)
    ? walk(surface, fromX, fromY, lowDm, toX, toY, highDm, 1, columns, ownBuilding)
    : walk(surface, fromY, fromX, lowDm, toY, toX, highDm, columns, 1, ownBuilding);
}

/** 1 + index of the building at a place, 0 in the open or outside the surface. */
export function buildingAt(surface: Surface, eastM: number, northM: number): number {
  const column = Math.floor((eastM - surface.westM) / surface.cellM);
  const row = Math.floor((surface.northM - northM) / surface.cellM);
  if (!isOver(column, row, surface.columns, surface.rows)) return 0;
  return surface.building[row * surface.columns + column]!;
}

/**
 * The building that carries an antenna: the one at its place; for an antenna above the roofs (macro) that stands in the open,
 * the first of the neighbouring cells that is built on, because roof positions near an edge fall beside the raster outline.
 */
export function carrierOf(surface: Surface, place: StationPlace): number {
  const under = buildingAt(surface, place.eastM, place.northM);
  if (under !== 0 || place.form.model === 'UMi') return under;
  for (const [east, north] of NEIGHBOURS) {
    const beside = buildingAt(
      surface,
      place.eastM + east * surface.cellM,
      place.northM + north * surface.cellM,
    );
    if (beside !== 0) return beside;
  }
  return 0;
}

/** Sides before corners. */
const NEIGHBOURS = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
  [1, 1],
  [1, -1],
  [-1, -1],
  [-1, 1],
] as const;

/** Steps along u, the axis the ray covers most of; v is the other one. Strides lead from cell to cell along each. */
function walk(
  surface: Surface,
  fromU: number,
  fromV: number,
  fromDm: number,
  toU: number,
  toV: number,
  toDm: number,
  strideU: number,
  strideV: number,
  ownBuilding: number,
): boolean {
  if (toU === fromU) return true;
  const { heightDm, building } = surface;
  const slopeV = (toV - fromV) / (toU - fromU);
  const slopeDm = (toDm - fromDm) / (toU - fromU);
  const step = toU > fromU ? 1 : -1;
  // `| 0` instead of Math.floor: coordinates over the surface are never negative, and it is much faster here.
  const firstU = fromU | 0;
  const steps = Math.abs((toU | 0) - firstU);
  let border = step > 0 ? firstU + 1 : firstU;
  let at = firstU * strideU;
  let u = fromU;
  let v = fromV;
  let cellV = v | 0;
  let dm = fromDm;
  for (let i = 0; i <= steps; i++) {
    const nextU = i === steps ? toU : border;
    const nextV = fromV + (nextU - fromU) * slopeV;
    const nextCellV = nextV | 0;
    const first = at + cellV * strideV;
    const second = at + nextCellV * strideV;
    // The ray rises, so no point of it in this step is lower than where the step begins.
    if (heightDm[first]! > dm || heightDm[second]! > dm) {
      if (heightDm[first]! > dm && building[first] !== ownBuilding && enters(cellV, u, v, nextU, nextV))
        return false;
      if (
        second !== first &&
        building[second] !== ownBuilding &&
        enters(nextCellV, u, v, nextU, nextV) &&
        heightDm[second]! > fromDm + ((nextV > v ? nextCellV : nextCellV + 1) - fromV) * (slopeDm / slopeV)
      ) {
        return false;
      }
    }
    u = nextU;
    v = nextV;
    cellV = nextCellV;
    dm = fromDm + (u - fromU) * slopeDm;
    border += step;
    at += step * strideU;
  }
  return true;
}

/** Whether a step has any length inside the cells [cellV, cellV + 1]: touching a corner is not entering. */
function enters(cellV: number, u: number, v: number, nextU: number, nextV: number): boolean {
  if (u === nextU) return false;
  return v === nextV || (Math.max(v, nextV) > cellV && Math.min(v, nextV) < cellV + 1);
}

function isOver(x: number, y: number, columns: number, rows: number): boolean {
  return x >= 0 && y >= 0 && x < columns && y < rows;
}

/** Where along the way (0..1) one coordinate comes over the surface; above 1 when it never does. */
function entryOf(from: number, to: number, cells: number): number {
  if (from < 0) return to <= 0 ? 2 : -from / (to - from);
  if (from >= cells) return to >= cells ? 2 : (from - cells) / (from - to);
  return 0;
}

/** Undoes the rounding of a cut: just inside the surface. */
function keptOver(x: number, cells: number): number {
  return Math.min(cells - 1e-9, Math.max(0, x));
}
