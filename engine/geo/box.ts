// Boxes of west, south, east, north in degrees. Areas across the date line are out of scope: west is never east of east.

import type { Box, LineString, LonLat, MultiPolygon } from '../model/geometry.ts';
import { cos } from './steady-math.ts';

/** A degree of a meridian is nowhere shorter than this. */
const LEAST_METRES_PER_DEGREE = 110_500;

type Shape = MultiPolygon | LineString | { readonly type: 'Point'; readonly coordinates: LonLat };

/** The smallest box around a geometry; `[Infinity, Infinity, -Infinity, -Infinity]` around nothing. */
export function boxOf(geometry: Shape): Box {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const [lon, lat] of positionsOf(geometry)) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}

/** Whether two boxes share at least a point of their borders. */
export function boxesTouch(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** The box around both; a box around nothing changes nothing. */
export function joinBoxes(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The box with a margin on every side that is at least `marginM` wide everywhere inside. */
export function growBox(box: Box, marginM: number): Box {
  const latDeg = marginM / LEAST_METRES_PER_DEGREE;
  const worstLat = Math.min(89, Math.max(Math.abs(box[1]), Math.abs(box[3])) + latDeg);
  const lonDeg = marginM / (LEAST_METRES_PER_DEGREE * cos((worstLat * Math.PI) / 180));
  return [
    Math.max(-180, box[0] - lonDeg),
    Math.max(-90, box[1] - latDeg),
    Math.min(180, box[2] + lonDeg),
    Math.min(90, box[3] + latDeg),
  ];
}

function positionsOf(geometry: Shape): readonly LonLat[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  if (geometry.type === 'LineString') return geometry.coordinates;
  return geometry.coordinates.flatMap((rings) => rings.flat());
}
