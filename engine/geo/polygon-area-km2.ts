// Ground area on the ellipsoid, by way of the sphere of equal area (authalic latitudes, Snyder 1987, 3-11 and 3-12): exact for
// edges along meridians and parallels, and within about 1e-6 for the short edges of real outlines.

import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import { atanh, sin } from './steady-math.ts';

const SEMI_MAJOR_KM = 6378.137;
const FLATTENING = 1 / 298.257222101;
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);
const ECCENTRICITY = Math.sqrt(ECCENTRICITY_2);
const RADIANS = Math.PI / 180;

/** Square kilometres; outer rings minus holes, whatever way the rings turn. */
export function polygonAreaKm2(area: MultiPolygon): number {
  let total = 0;
  for (const rings of area.coordinates) {
    rings.forEach((ring, index) => {
      total += (index === 0 ? 1 : -1) * Math.abs(ringAreaKm2(ring));
    });
  }
  return total;
}

function ringAreaKm2(ring: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [aLon, aLat] = ring[j]!;
    const [bLon, bLat] = ring[i]!;
    sum += (bLon - aLon) * RADIANS * (authalic(aLat) + authalic(bLat));
  }
  return (SEMI_MAJOR_KM * SEMI_MAJOR_KM * sum) / 4;
}

/** Snyder's q: area between the equator and the parallel per radian of longitude, in units of half the squared axis. */
function authalic(lat: number): number {
  const s = sin(lat * RADIANS);
  const es = ECCENTRICITY * s;
  return (1 - ECCENTRICITY_2) * (s / (1 - es * es) + atanh(es) / ECCENTRICITY);
}
