// How much ground of each bin belongs to one area or district, for totals by area.
// Exact where only one of the two borders crosses a bin, and for a district that is itself a target area; where a district
// border and another target border cross the same bin, at most the bin's target ground is counted.
import type { LocalZone } from '../geo/local-zone.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { DemandGrid, ZoneShare } from './demand-grid.ts';
import { makeShapes } from './shape.ts';
import { shapeShares } from './shape-shares.ts';

/** Bins in ascending order with their square metres inside the geometry. */
export function makeZoneShare(grid: DemandGrid, zone: LocalZone, geometry: MultiPolygon): ZoneShare {
  const { columns, rows, binSizeM, westM, northM } = grid;
  const fullM2 = binSizeM * binSizeM;
  const areaOf = new Map<number, number>();
  const shapes = makeShapes(geometry, zone, (eastM, metresNorth) => [
    (eastM - westM) / binSizeM,
    (northM - metresNorth) / binSizeM,
  ]);
  for (const shape of shapes) {
    const window = shapeShares(shape, columns, rows);
    if (!window) continue;
    for (let i = 0; i < window.share.length; i++) {
      const part = window.share[i]!;
      if (!(part > 1e-9)) continue;
      const row = window.firstRow + Math.floor(i / window.columns);
      const id = grid.binAt[row * columns + window.firstColumn + (i % window.columns)]!;
      if (id < 0) continue;
      areaOf.set(id, Math.min(grid.areaM2[id]!, (areaOf.get(id) ?? 0) + part * fullM2));
    }
  }
  const bins = Uint32Array.from(areaOf.keys()).sort();
  return { bins, areaM2: Float64Array.from(bins, (id) => areaOf.get(id)!) };
}
