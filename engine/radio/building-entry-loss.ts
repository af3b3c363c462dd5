// Loss into a building as a distribution over buildings and rooms: ITU-R P.2109-2 annex 1 section 3, 0.08 to 100 GHz.
// Two normal laws in dB and a floor of -3 dB, added as powers. Either this or indoor-loss.ts, never both.
import { log10, pow } from '../geo/steady-math.ts';
import { normalQuantile } from './normal-distribution.ts';

export type BuildingClass = 'traditional' | 'thermallyEfficient';

export interface BuildingEntry {
  readonly building: BuildingClass;
  readonly frequencyGhz: number;
  /** Share of places whose loss is not above the result, strictly between 0 and 100. */
  readonly placePercent: number;
  /** Elevation of the path at the facade, degrees; the sign does not matter. */
  readonly elevationDeg: number;
}

// The rows of the table: a median with its slopes over log f and (log f)², and the two spreads.
const COEFFICIENTS = {
  traditional: { r: 12.64, s: 3.72, t: 0.96, u: 9.6, v: 2.0, w: 9.1, x: -3.0, y: 4.5, z: -2.0 },
  thermallyEfficient: { r: 28.19, s: -3.0, t: 8.48, u: 13.5, v: 3.8, w: 27.8, x: -2.9, y: 9.4, z: -2.1 },
} as const;

const LOSS_PER_ELEVATION_DEGREE_DB = 0.212;
const FLOOR_DB = -3;

/** Loss in dB not exceeded at the given share of places. Throws for a share outside (0, 100). */
export function buildingEntryLossDb({
  building,
  frequencyGhz,
  placePercent,
  elevationDeg,
}: BuildingEntry): number {
  if (!(placePercent > 0 && placePercent < 100)) {
    throw new RangeError(`buildingEntryLossDb: expected 0 < placePercent < 100, got ${placePercent}`);
  }
  const { r, s, t, u, v, w, x, y, z } = COEFFICIENTS[building];
  const frequencyLog = log10(frequencyGhz);
  const quantile = normalQuantile(placePercent / 100);
  const slantDb = LOSS_PER_ELEVATION_DEGREE_DB * Math.abs(elevationDeg);
  const wallDb =
    r + s * frequencyLog + t * (frequencyLog * frequencyLog) + slantDb + quantile * (u + v * frequencyLog);
  const openingDb = w + x * frequencyLog + quantile * (y + z * frequencyLog);
  return 10 * log10(pow(10, wallDb / 10) + pow(10, openingDb / 10) + pow(10, FLOOR_DB / 10));
}
