// Initial bearing of the great circle from one position to another.
import type { LonLat } from '../model/geometry.ts';

const RADIANS = Math.PI / 180;

/** Degrees clockwise from north, 0 up to but not including 360. */
export function bearingDeg(from: LonLat, to: LonLat): number {
  const lon = (to[0] - from[0]) * RADIANS;
  const fromLat = from[1] * RADIANS;
  const toLat = to[1] * RADIANS;
  const east = Math.sin(lon) * Math.cos(toLat);
  const north = Math.cos(fromLat) * Math.sin(toLat) - Math.sin(fromLat) * Math.cos(toLat) * Math.cos(lon);
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}
