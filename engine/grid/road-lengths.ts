// Metres of public road in every bin: the demand of a grid that weighs roads.
import { drivableRoads } from '../candidates/drivable-roads.ts';
import type { LocalZone } from '../geo/local-zone.ts';
import type { Road } from '../model/buildings.ts';
import { type LineGrid, lineLengths } from './line-lengths.ts';
import type { Shape } from './shape.ts';

/**
 * Metres per bin id, in the zone. Shapes are in raster units of the grid. Counts trunk to residential (drivable-roads.ts):
 * service ways, paths and rails are left out; two carriageways drawn apart count both.
 */
export function roadLengths(
  roads: readonly Road[],
  zone: LocalZone,
  grid: LineGrid,
  areas: readonly Shape[],
  excluded: readonly Shape[],
): Float64Array {
  const lines = drivableRoads(roads).map(({ path }) => path);
  return lineLengths(lines, zone, grid, areas, excluded);
}
