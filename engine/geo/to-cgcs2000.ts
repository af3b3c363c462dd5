// Positions of Chinese maps into CGCS2000. GCJ-02 and BD-09 shift every point by some hundred metres in a way that is only
// known forwards (gcoord); the way back repeats: shift the guess, correct it by what is missing. The shift changes slowly, so
// a few rounds settle it far below 1e-6 degrees. WGS 84 counts as equal to CGCS2000 for planning.
import gcoord from 'gcoord';
import type { LonLat } from '../model/geometry.ts';

export const datums = ['CGCS2000', 'WGS84', 'GCJ-02', 'BD-09'] as const;
export type Datum = (typeof datums)[number];

const MOST_ROUNDS = 12;
const SETTLED_DEG = 1e-11;

export function toCgcs2000(position: LonLat, datum: Datum): LonLat {
  if (datum === 'CGCS2000' || datum === 'WGS84') return position;
  let [lon, lat] = position;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const shifted = fromCgcs2000([lon, lat], datum);
    const missingLon = position[0] - shifted[0];
    const missingLat = position[1] - shifted[1];
    lon += missingLon;
    lat += missingLat;
    if (Math.abs(missingLon) < SETTLED_DEG && Math.abs(missingLat) < SETTLED_DEG) break;
  }
  return [lon, lat];
}

/** The way out, for maps that want a shifted datum. */
export function fromCgcs2000(position: LonLat, datum: Datum): LonLat {
  if (datum === 'CGCS2000' || datum === 'WGS84') return position;
  const to = datum === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09;
  return gcoord.transform([position[0], position[1]], gcoord.WGS84, to) as [number, number];
}
