// A polygon in raster units (x columns to the east, y rows to the south), the form in which this room works.
// Edges of more than a kilometre are cut first: a straight line in degrees is not straight in the zone, and neighbours that
// share only a part of a border would otherwise drift apart by metres.
import type { LocalZone } from '../geo/local-zone.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';

export interface Shape {
  /** Flat `x, y` per ring, not closed; outer ring turning one way, holes the other. */
  readonly rings: readonly Float64Array[];
  readonly west: number;
  readonly east: number;
  readonly top: number;
  readonly bottom: number;
}

/** About a kilometre. */
export const LONGEST_EDGE_DEG = 0.01;

/** One shape per polygon. `toRaster` may move and scale, never turn. */
export function makeShapes(
  area: MultiPolygon,
  zone: LocalZone,
  toRaster: (eastM: number, northM: number) => [x: number, y: number],
): Shape[] {
  return area.coordinates.map((rings) => {
    const flat = rings.map((ring, index) => turned(flatRing(ring, zone, toRaster), index === 0));
    let west = Infinity;
    let east = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    for (const ring of flat) {
      for (let i = 0; i < ring.length; i += 2) {
        west = Math.min(west, ring[i]!);
        east = Math.max(east, ring[i]!);
        top = Math.min(top, ring[i + 1]!);
        bottom = Math.max(bottom, ring[i + 1]!);
      }
    }
    return { rings: flat, west, east, top, bottom };
  });
}

/** Whether a point in raster units lies inside (even-odd). */
export function pointInShape(x: number, y: number, shape: Shape): boolean {
  if (x < shape.west || x > shape.east || y < shape.top || y > shape.bottom) return false;
  let inside = false;
  for (const ring of shape.rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const ay = ring[i + 1]!;
      const by = ring[j + 1]!;
      if (ay > y !== by > y && x < ((ring[j]! - ring[i]!) * (y - ay)) / (by - ay) + ring[i]!)
        inside = !inside;
    }
  }
  return inside;
}

/** Twice the signed area of a flat ring. */
function twiceArea(ring: Float64Array): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    twice += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  }
  return twice;
}

function flatRing(
  ring: readonly LonLat[],
  zone: LocalZone,
  toRaster: (eastM: number, northM: number) => [x: number, y: number],
): Float64Array {
  const flat: number[] = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [lon, lat] = ring[i]!;
    const [nextLon, nextLat] = ring[i + 1]!;
    const reach = Math.max(Math.abs(nextLon - lon), Math.abs(nextLat - lat));
    const pieces = Math.max(1, Math.ceil(reach / LONGEST_EDGE_DEG));
    for (let piece = 0; piece < pieces; piece++) {
      const t = piece / pieces;
      const metres = zone.toMetres([lon + t * (nextLon - lon), lat + t * (nextLat - lat)]);
      flat.push(...toRaster(metres[0], metres[1]));
    }
  }
  return Float64Array.from(flat);
}

function turned(ring: Float64Array, positive: boolean): Float64Array {
  if (twiceArea(ring) > 0 === positive) return ring;
  const reversed = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    reversed[i] = ring[ring.length - 2 - i]!;
    reversed[i + 1] = ring[ring.length - 1 - i]!;
  }
  return reversed;
}
