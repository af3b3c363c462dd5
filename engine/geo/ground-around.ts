// The ground around a list of places: for a city that brings poles but no outline, everything near a pole is what the poles
// can be asked to serve. Square tiles in the local zone whose middle lies within the distance, merged along rows.
import type { LonLat, MultiPolygon, PolygonRings } from '../model/geometry.ts';
import type { LocalZone } from './local-zone.ts';

/** Tiles are half the distance wide: the outline is good to about a third of it. */
const TILES_PER_DISTANCE = 2;

/** One rectangle per row of neighbouring tiles; rectangles touch and never overlap. Empty when there are no positions. */
export function groundAround(positions: readonly LonLat[], zone: LocalZone, withinM: number): MultiPolygon {
  if (!(withinM > 0)) throw new RangeError(`groundAround: expected a distance in metres, got ${withinM}`);
  const tileM = withinM / TILES_PER_DISTANCE;
  const rows = new Map<number, Set<number>>();
  for (const position of positions) {
    const [eastM, northM] = zone.toMetres(position);
    const column = Math.floor(eastM / tileM);
    const row = Math.floor(northM / tileM);
    for (let dy = -TILES_PER_DISTANCE; dy <= TILES_PER_DISTANCE; dy++) {
      for (let dx = -TILES_PER_DISTANCE; dx <= TILES_PER_DISTANCE; dx++) {
        const awayEastM = (column + dx + 0.5) * tileM - eastM;
        const awayNorthM = (row + dy + 0.5) * tileM - northM;
        if (awayEastM * awayEastM + awayNorthM * awayNorthM > withinM * withinM) continue;
        const tiles = rows.get(row + dy);
        if (tiles) tiles.add(column + dx);
        else rows.set(row + dy, new Set([column + dx]));
      }
    }
  }
  const coordinates: PolygonRings[] = [];
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const columns = [...rows.get(row)!].sort((a, b) => a - b);
    let first = 0;
    for (let index = 1; index <= columns.length; index++) {
      if (index < columns.length && columns[index] === columns[index - 1]! + 1) continue;
      coordinates.push(
        rectangle(
          zone,
          columns[first]! * tileM,
          row * tileM,
          (columns[index - 1]! + 1) * tileM,
          (row + 1) * tileM,
        ),
      );
      first = index;
    }
  }
  return { type: 'MultiPolygon', coordinates };
}

function rectangle(
  zone: LocalZone,
  westM: number,
  southM: number,
  eastM: number,
  northM: number,
): PolygonRings {
  const corner = (x: number, y: number) => zone.toDegrees(x, y);
  const southWest = corner(westM, southM);
  return [[southWest, corner(eastM, southM), corner(eastM, northM), corner(westM, northM), southWest]];
}
