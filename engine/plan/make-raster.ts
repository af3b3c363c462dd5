// The result as a raster over the frame of the grid: best level, best probability, best server. Reason codes come later.
// The server is the open site with the highest level; at equal levels the smaller id.

import { computeSiteLevels } from '../coverage/compute-site-levels.ts';
import type { SiteLevels } from '../coverage/footprints.ts';
import { type CoverageQuality, type CoverageRaster, NO_LEVEL } from '../model/plan.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

/** Outside the areas or wholly under a roof. */
export const NO_GRADE = 255;
export const NO_SERVER = 65_535;

/** Six bytes per bin of the frame, and eleven of quality. `open` in the order of the plan's items. */
export function makeRaster(
  prepared: PreparedCoverage,
  open: readonly number[],
  best: Uint8Array,
  uncovered: Uint8Array,
  quality: CoverageQuality,
): CoverageRaster {
  const { grid, sites } = prepared;
  const { epsg, westM, northM, binSizeM, columns, rows, binCount, binAt, indoor } = grid;
  if (open.length >= NO_SERVER)
    throw new RangeError(`a raster names up to ${NO_SERVER - 1} sites, got ${open.length}`);

  const levelOfBin = new Int16Array(binCount).fill(NO_LEVEL);
  const serverOfBin = new Uint16Array(binCount).fill(NO_SERVER);
  const byId = open.map((site, place) => ({ site, place }));
  byId.sort((a, b) => (sites[a.site]!.id < sites[b.site]!.id ? -1 : 1));
  for (const { site, place } of byId) {
    const { bins, level } = siteLevelsOf(prepared, site);
    for (let index = 0; index < bins.length; index++) {
      const bin = bins[index]!;
      if (level[index]! <= levelOfBin[bin]! || indoor[bin] === 1) continue;
      levelOfBin[bin] = level[index]!;
      serverOfBin[bin] = place;
    }
  }

  const size = columns * rows;
  const level = new Int16Array(size).fill(NO_LEVEL);
  const grade = new Uint8Array(size).fill(NO_GRADE);
  const server = new Uint16Array(size).fill(NO_SERVER);
  for (let at = 0; at < size; at++) {
    const bin = binAt[at]!;
    if (bin < 0 || indoor[bin] === 1) continue;
    level[at] = levelOfBin[bin]!;
    grade[at] = best[bin]!;
    server[at] = serverOfBin[bin]!;
  }
  const siteIds = open.map((site) => sites[site]!.id);
  return { epsg, westM, northM, binSizeM, columns, rows, level, grade, server, siteIds, uncovered, quality };
}

/** Computed once per site and kept, so that a re-plan pays only for sites it never saw. */
export function siteLevelsOf(prepared: PreparedCoverage, site: number): SiteLevels {
  let levels = prepared.siteLevels.get(site);
  if (!levels) {
    levels = computeSiteLevels(prepared.model, prepared.places[site]!);
    prepared.siteLevels.set(site, levels);
  }
  return levels;
}
