// NR power and noise per resource element (definitions; TS 38.101-1 for the number of resource blocks).
// Taking total power for element power is a 35 dB mistake at 100 MHz.
import { log10 } from '../geo/steady-math.ts';

/** EPRE in dBm: total power of one cell on one carrier, over all ports, spread over 12 subcarriers per block. */
export function powerPerElementDbm(totalPowerDbm: number, resourceBlocks: number): number {
  return totalPowerDbm - 10 * log10(12 * resourceBlocks);
}

/** Thermal noise in one resource element, dBm. */
export function noisePerElementDbm(subcarrierKhz: number, noiseFigureDb: number): number {
  return -174 + 10 * log10(subcarrierKhz * 1000) + noiseFigureDb;
}
