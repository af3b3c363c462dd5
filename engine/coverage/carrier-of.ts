// The building that carries an antenna: it never blocks its own antenna's rays.
import type { Surface } from '../grid/make-surface.ts';
import type { StationPlace } from './station-place.ts';

/**
 * 1 + index of the building at the place, 0 in the open. For an antenna above the roofs (macro) that stands in the open, the
 * first of the neighbouring cells that is built on, because roof positions near an edge fall beside the raster outline.
 */
export function carrierOf(surface: Surface, place: StationPlace): number {
  const under = buildingAt(surface, place.eastM, place.northM);
  if (under !== 0 || !place.form.aboveRoofs) return under;
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

/** 1 + index of the building at a place, 0 in the open or outside the surface. */
export function buildingAt(surface: Surface, eastM: number, northM: number): number {
  const column = Math.floor((eastM - surface.westM) / surface.cellM);
  const row = Math.floor((surface.northM - northM) / surface.cellM);
  if (column < 0 || row < 0 || column >= surface.columns || row >= surface.rows) return 0;
  return surface.building[row * surface.columns + column]!;
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
