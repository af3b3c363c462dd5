// Memory of a plan before it is taken: typed arrays lie outside the heap that a thread's limit watches, so the largest of them
// are estimated and refused here. Estimates are upper bounds: a bin that no ray reaches takes no byte in a footprint.
import type { StationPlace } from '../coverage/station-place.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { MetreBox, Surface } from '../grid/make-surface.ts';
import type { PlanInput } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';

const MEGABYTE = 1024 * 1024;
/** Ten per cell, more with terrain and clutter (make-surface.ts). */
const SURFACE_BYTES = 10;
const GROUND_BYTES = 4;
const CLUTTER_BYTES = 1;
/** One byte per bin in reach, and five per span of a row: one span per 27 bins in the sample district, with a margin. */
const FOOTPRINT_BYTES = 1.25;
/** Counts, candidates and the state of the selection, per bin. */
const BIN_BYTES = 32;

/** Throws COVERAGE_TOO_LARGE when the raster of roofs and ground alone would not fit. */
export function checkSurfaceMemory(
  input: PlanInput,
  [west, south, east, north]: MetreBox,
  cellM: number,
  memoryMb: number,
): void {
  const { buildings, terrain, clutter } = input;
  if (buildings === null && terrain.length + clutter.length === 0) return;
  const cells = ((east - west) / cellM) * ((north - south) / cellM);
  const ground = (terrain.length > 0 ? GROUND_BYTES : 0) + (clutter.length > 0 ? CLUTTER_BYTES : 0);
  refuseAbove(cells * (SURFACE_BYTES + ground), memoryMb);
}

/** Throws COVERAGE_TOO_LARGE when grid, surface and the footprints of all places, so many times, would not fit. */
export function checkFootprintMemory(
  grid: DemandGrid,
  surface: Surface | null,
  places: readonly StationPlace[],
  memoryMb: number,
  times = 1,
): void {
  const ground = bytesOf(grid) + (surface ? bytesOf(surface) : 0) + BIN_BYTES * grid.binCount;
  refuseAbove(ground + times * estimateFootprintBytes(grid, places), memoryMb);
}

/** Of each service disc no more than the part of its square that lies in the frame, and as if the frame were full. */
export function estimateFootprintBytes(grid: DemandGrid, places: readonly StationPlace[]): number {
  const { westM, northM, binSizeM, columns, rows } = grid;
  const eastM = westM + columns * binSizeM;
  const southM = northM - rows * binSizeM;
  let reachM2 = 0;
  for (const { eastM: x, northM: y, form } of places) {
    const radiusM = form.serviceRadiusM;
    const width = Math.min(eastM, x + radiusM) - Math.max(westM, x - radiusM);
    const height = Math.min(northM, y + radiusM) - Math.max(southM, y - radiusM);
    reachM2 += Math.min(Math.PI * radiusM * radiusM, Math.max(0, width) * Math.max(0, height));
  }
  return (FOOTPRINT_BYTES * reachM2) / (binSizeM * binSizeM);
}

function bytesOf(value: object): number {
  return Object.values(value).reduce(
    (sum: number, part: unknown) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0),
    0,
  );
}

function refuseAbove(bytes: number, memoryMb: number): void {
  const needMb = Math.ceil(bytes / MEGABYTE);
  if (needMb > memoryMb) throw new PlanningError('COVERAGE_TOO_LARGE', { needMb, haveMb: memoryMb });
}
