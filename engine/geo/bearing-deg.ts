// Initial bearing of the great circle from one position to another.

import type { LonLat } from '../model/geometry.ts';
import { atan2, cos, sin } from './steady-math.ts';

const RADIANS = Math.PI / 180;

/** Degrees clockwise from north, 0 up to but not including 360. */
export function bearingDeg(from: LonLat, to: LonLat): number {
  const lon = (to[0] - from[0]) * RADIANS;
  const fromLat = from[1] * RADIANS;
  const toLat = to[1] * RADIANS;
  const east = sin(lon) * cos(toLat);
  const north = cos(fromLat) * sin(toLat) - sin(fromLat) * cos(toLat) * cos(lon);
  return (atan2(east, north) / RADIANS + 360) % 360;
}
