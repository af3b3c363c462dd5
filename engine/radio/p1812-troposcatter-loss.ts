// Basic transmission loss by scatter in the troposphere: ITU-R P.1812 section 4.4 as in editions -6 and -8 (users of -7 are
// told by the ITU to go back to it). It matters far beyond the horizon only.
import { log10, pow } from '../geo/steady-math.ts';

export interface TroposcatterPath {
  readonly lengthKm: number;
  readonly angularDistanceMrad: number;
  readonly frequencyGhz: number;
  readonly timePercent: number;
  readonly surfaceRefractivity: number;
}

/** Loss in dB not exceeded for the given percent of time, up to 50. */
export function p1812TroposcatterLossDb(path: TroposcatterPath): number {
  const frequencyDb = 25 * log10(path.frequencyGhz) - 2.5 * pow(log10(path.frequencyGhz / 2), 2);
  return (
    190.1 +
    frequencyDb +
    20 * log10(path.lengthKm) +
    0.573 * path.angularDistanceMrad -
    0.15 * path.surfaceRefractivity -
    10.125 * pow(log10(50 / path.timePercent), 0.7)
  );
}
