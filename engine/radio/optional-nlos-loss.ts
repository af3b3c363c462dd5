// The optional NLOS lines of 3GPP TR 38.901 table 7.4.1-1: no antenna height, no floor at the LOS loss, larger spread. For
// comparing with tools that use them; plans use the main lines.
import { log10 } from '../geo/steady-math.ts';

const LINES = {
  UMa: { slope: 30, sigmaDb: 7.8 },
  UMi: { slope: 31.9, sigmaDb: 8.2 },
  InH: { slope: 31.9, sigmaDb: 8.29 },
} as const;

/** Median path loss and shadow spread in dB, by straight distance. */
export function optionalNlosLossDb(
  model: 'UMa' | 'UMi' | 'InH',
  distance3dM: number,
  frequencyGhz: number,
): { lossDb: number; sigmaDb: number } {
  const { slope, sigmaDb } = LINES[model];
  return { lossDb: 32.4 + 20 * log10(frequencyGhz) + slope * log10(distance3dM), sigmaDb };
}
