// Positions of Chinese maps into CGCS2000. GCJ-02 and BD-09 shift every point by some hundred metres in a way that is only
// known forwards; gcoord inverts it by iteration (round trip below 1e-6 degrees). WGS 84 counts as equal for planning.
import gcoord from 'gcoord';
import type { LonLat } from '../model/geometry.ts';

export type Datum = 'CGCS2000' | 'WGS84' | 'GCJ-02' | 'BD-09';

export function toCgcs2000(position: LonLat, datum: Datum): LonLat {
  if (datum === 'CGCS2000' || datum === 'WGS84') return position;
  const from = datum === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09;
  return gcoord.transform([position[0], position[1]], from, gcoord.WGS84) as [number, number];
}

/** The way back, for maps that want a shifted datum. */
export function fromCgcs2000(position: LonLat, datum: Datum): LonLat {
  if (datum === 'CGCS2000' || datum === 'WGS84') return position;
  const to = datum === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09;
  return gcoord.transform([position[0], position[1]], gcoord.WGS84, to) as [number, number];
}
