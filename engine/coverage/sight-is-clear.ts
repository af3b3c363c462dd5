// Whether a straight ray between two places passes over all roofs and hills: the cells under the ray, each roof compared with the
// lowest point of the ray above that cell, the ground with the ray where it crosses between two cells. The ray is walked along
// its longer axis, where every step lies over one cell or two: no unpredictable branch, and a third faster than stepping from
// cell to cell (Amanatides and Woo 1987; measured).
// Walks from the lower end, where rays are blocked first. The building that carries the antenna never blocks.
import type { Surface } from '../grid/make-surface.ts';

/** Heights in metres above the datum of `Surface.topM`. Ground outside the surface is open. */
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
  let lowM = lowHeightM;
  let highM = highHeightM;
  if (!isOver(fromX, fromY, columns, rows) || !isOver(toX, toY, columns, rows)) {
    // The part of the ray over the surface.
    const start = Math.max(entryOf(fromX, toX, columns), entryOf(fromY, toY, rows));
    const end = 1 - Math.max(entryOf(toX, fromX, columns), entryOf(toY, fromY, rows));
    if (!(start < end)) return true;
    const dx = toX - fromX;
    const dy = toY - fromY;
    const riseM = highM - lowM;
    toX = keptOver(fromX + end * dx, columns);
    toY = keptOver(fromY + end * dy, rows);
    fromX = keptOver(fromX + start * dx, columns);
    fromY = keptOver(fromY + start * dy, rows);
    highM = lowM + end * riseM;
    lowM += start * riseM;
  }
  return Math.abs(toX - fromX) >= Math.abs(toY - fromY)
    ? isClear(surface, fromX, fromY, lowM, toX, toY, highM, 1, columns, rows, ownBuilding)
    : isClear(surface, fromY, fromX, lowM, toY, toX, highM, columns, 1, columns, ownBuilding);
}

function isClear(
  surface: Surface,
  fromU: number,
  fromV: number,
  fromM: number,
  toU: number,
  toV: number,
  toM: number,
  strideU: number,
  strideV: number,
  cellsV: number,
  ownBuilding: number,
): boolean {
  const { groundM } = surface;
  if (!walk(surface, fromU, fromV, fromM, toU, toV, toM, strideU, strideV, ownBuilding)) return false;
  return (
    groundM === null || overGround(groundM, fromU, fromV, fromM, toU, toV, toM, strideU, strideV, cellsV)
  );
}

/** Ground between the centres of two neighbouring cells, compared with the ray at every step but the two ends. */
function overGround(
  groundM: Float32Array,
  fromU: number,
  fromV: number,
  fromM: number,
  toU: number,
  toV: number,
  toM: number,
  strideU: number,
  strideV: number,
  cellsV: number,
): boolean {
  const length = toU - fromU;
  if (length === 0) return true;
  const step = length > 0 ? 1 : -1;
  const last = toU | 0;
  for (let cell = (fromU | 0) + step; cell * step < last * step; cell += step) {
    const part = (cell + 0.5 - fromU) / length;
    const v = Math.min(cellsV - 1.001, Math.max(0, fromV + part * (toV - fromV) - 0.5));
    const before = v | 0;
    const at = cell * strideU + before * strideV;
    const ground = groundM[at]! + (v - before) * (groundM[at + strideV]! - groundM[at]!);
    if (ground > fromM + part * (toM - fromM)) return false;
  }
  return true;
}

/** Steps along u, the axis the ray covers most of; v is the other one. Strides lead from cell to cell along each. */
function walk(
  surface: Surface,
  fromU: number,
  fromV: number,
  fromM: number,
  toU: number,
  toV: number,
  toM: number,
  strideU: number,
  strideV: number,
  ownBuilding: number,
): boolean {
  if (toU === fromU) return true;
  const { topM, building } = surface;
  const slopeV = (toV - fromV) / (toU - fromU);
  const slopeM = (toM - fromM) / (toU - fromU);
  const step = toU > fromU ? 1 : -1;
  // `| 0` instead of Math.floor: coordinates over the surface are never negative, and it is much faster here.
  const firstU = fromU | 0;
  const steps = Math.abs((toU | 0) - firstU);
  let border = step > 0 ? firstU + 1 : firstU;
  let at = firstU * strideU;
  let u = fromU;
  let v = fromV;
  let cellV = v | 0;
  let rayM = fromM;
  for (let i = 0; i <= steps; i++) {
    const nextU = i === steps ? toU : border;
    const nextV = fromV + (nextU - fromU) * slopeV;
    const nextCellV = nextV | 0;
    const first = at + cellV * strideV;
    const second = at + nextCellV * strideV;
    // The ray rises, so no point of it in this step is lower than where the step begins.
    if (topM[first]! > rayM || topM[second]! > rayM) {
      if (
        topM[first]! > rayM &&
        building[first] !== 0 &&
        building[first] !== ownBuilding &&
        enters(cellV, u, v, nextU, nextV)
      ) {
        return false;
      }
      if (
        second !== first &&
        building[second] !== 0 &&
        building[second] !== ownBuilding &&
        enters(nextCellV, u, v, nextU, nextV) &&
        topM[second]! > fromM + ((nextV > v ? nextCellV : nextCellV + 1) - fromV) * (slopeM / slopeV)
      ) {
        return false;
      }
    }
    u = nextU;
    v = nextV;
    cellV = nextCellV;
    rayM = fromM + (u - fromU) * slopeM;
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
