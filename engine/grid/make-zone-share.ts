// How much ground of each bin belongs to one area or district, for totals by area.
// Exact where only one of the two borders crosses a bin, and for a district that is itself a target area; where a district
// border and another target border cross the same bin, at most the bin's target ground is counted.
import type { LocalZone } from '../geo/local-zone.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { DemandGrid, ZoneShare } from './demand-grid.ts';
import { makeShapes } from './shape.ts';
import { shapeShares } from './shape-shares.ts';

/** Smaller slivers are rounding. */
const LEAST_SHARE = 1e-9;

/** Bins in ascending order with their square metres inside the geometry. */
export function makeZoneShare(grid: DemandGrid, zone: LocalZone, geometry: MultiPolygon): ZoneShare {
  const { columns, rows, binSizeM, westM, northM } = grid;
  const fullM2 = binSizeM * binSizeM;
  const areaM2 = new Float64Array(grid.binCount);
  const shapes = makeShapes(geometry, zone, (eastM, metresNorth) => [
    (eastM - westM) / binSizeM,
    (northM - metresNorth) / binSizeM,
  ]);
  for (const shape of shapes) {
    const window = shapeShares(shape, columns, rows);
    if (!window) continue;
    for (let row = 0; row < window.rows; row++) {
      const first = (window.firstRow + row) * columns + window.firstColumn;
      for (let column = 0; column < window.columns; column++) {
        const part = window.share[row * window.columns + column]!;
        const id = part > LEAST_SHARE ? grid.binAt[first + column]! : -1;
        if (id >= 0) areaM2[id] = Math.min(grid.areaM2[id]!, areaM2[id]! + part * fullM2);
      }
    }
  }
  const bins = new Uint32Array(grid.bins);
  let count = 0;
  for (let id = 0; id < grid.binCount; id++) {
    if (areaM2[id] === 0) continue;
    // Packs in place: never ahead of the bin being read.
    areaM2[count] = areaM2[id]!;
    bins[count++] = id;
  }
  return { bins: bins.slice(0, count), areaM2: areaM2.slice(0, count) };
}
