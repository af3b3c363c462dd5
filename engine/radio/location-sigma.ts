// Spread of the loss over the places of one bin, outdoors: ITU-R P.1812 sections 4.8 and 4.10. It belongs to the terrain
// models of this room; the closed formulas of TR 38.901 have their own in shadow-sigma.ts.
import { pow } from '../geo/steady-math.ts';

/**
 * Standard deviation in dB over a square bin of the given width in metres. It shrinks to 0 for a receiver that stands 10 m
 * above the clutter around it.
 */
export function locationSigmaDb(
  frequencyGhz: number,
  binWidthM: number,
  receiverHeightM: number,
  clutterHeightM: number,
): number {
  const clearM = Math.min(Math.max(receiverHeightM - clutterHeightM, 0), 10);
  return (0.024 * frequencyGhz + 0.52) * pow(binWidthM, 0.28) * (1 - clearM / 10);
}
