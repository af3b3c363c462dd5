// Levels as powers that add up. Powers are whole numbers of a small unit: sums and differences of whole numbers are exact, so
// the same stations give the same SINR in any order and on every engine, and a server taken out of a sum leaves no residue.
import { log10, pow } from '../geo/steady-math.ts';

/** One unit, -170 dBm: 45 dB below the noise of a 15 kHz element. Sums are exact up to -10 dBm, a few metres from a panel. */
export const UNIT_MW = 1e-17;

const WEAKEST_TENTHS = -1700;
const STRONGEST_TENTHS = 0;
const UNITS = Float64Array.from({ length: STRONGEST_TENTHS - WEAKEST_TENTHS + 1 }, (_, entry) =>
  Math.round(pow(10, (entry + WEAKEST_TENTHS) / 100) / UNIT_MW),
);

/** Power of a level (0.1 dBm) in whole units; 0 below -170 dBm, levels above 0 dBm count as 0 dBm. */
export function unitsOf(tenths: number): number {
  if (tenths < WEAKEST_TENTHS) return 0;
  return UNITS[Math.min(tenths, STRONGEST_TENTHS) - WEAKEST_TENTHS]!;
}

/** SINR in 0.1 dB of a level (0.1 dBm) over everything else, noise included, in milliwatts. */
export function sinrTenths(servingTenths: number, disturbanceMw: number): number {
  return Math.floor(servingTenths - 100 * log10(disturbanceMw) + 0.5);
}
