// Distance over a sphere with the mean radius of the GRS 80 ellipsoid (haversine): within 0.5 % of the ellipsoid, and exact
// enough for labels, limits and snapping. Radio distances are taken in the local zone instead.

import type { LonLat } from '../model/geometry.ts';
import { asin, cos, sin } from './steady-math.ts';

const EARTH_MEAN_RADIUS_M = 6_371_008.77;
const RADIANS = Math.PI / 180;

/** Metres between two positions. */
export function distanceM(a: LonLat, b: LonLat): number {
  const halfLat = ((b[1] - a[1]) * RADIANS) / 2;
  const halfLon = ((b[0] - a[0]) * RADIANS) / 2;
  const alongLat = sin(halfLat);
  const alongLon = sin(halfLon);
  const h = alongLat * alongLat + cos(a[1] * RADIANS) * cos(b[1] * RADIANS) * alongLon * alongLon;
  return 2 * EARTH_MEAN_RADIUS_M * asin(Math.min(1, Math.sqrt(h)));
}
