// Whether a position lies inside, by counting the edges east of it (even-odd within each polygon, any polygon suffices).
// Half-open edges: of two polygons that share a border, exactly one holds a point of the border, save for rounding.
import type { LonLat, MultiPolygon, PolygonRings } from '../model/geometry.ts';

export function pointInMultiPolygon(position: LonLat, area: MultiPolygon): boolean {
  return area.coordinates.some((rings) => pointInRings(position, rings));
}

function pointInRings(position: LonLat, rings: PolygonRings): boolean {
  const [lon, lat] = position;
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [aLon, aLat] = ring[i]!;
      const [bLon, bLat] = ring[j]!;
      if (aLat > lat !== bLat > lat && lon < ((bLon - aLon) * (lat - aLat)) / (bLat - aLat) + aLon) {
        inside = !inside;
      }
    }
  }
  return inside;
}
