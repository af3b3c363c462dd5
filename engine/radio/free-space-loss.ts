// Path loss with nothing in the way (ITU-R P.525): the floor under every deterministic model in this room.
// Written from the wavelength so that no unit hides in a constant.
import { log10 } from '../geo/steady-math.ts';

const LIGHT_SPEED_M_PER_S = 299_792_458;

/** Loss in dB. Distances under one metre count as one metre: the formula ends there. */
export function freeSpaceLossDb(distanceM: number, frequencyMhz: number): number {
  const wavelengthM = LIGHT_SPEED_M_PER_S / (frequencyMhz * 1e6);
  return 20 * log10((4 * Math.PI * Math.max(distanceM, 1)) / wavelengthM);
}
