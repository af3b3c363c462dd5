// Inside an office: 3GPP TR 38.901 table 7.4.1-1, InH. Range: 1 to 150 m straight distance.
import { log10 } from '../geo/steady-math.ts';
import type { SightState } from './sight-state.ts';

export interface IndoorLink {
  readonly state: SightState;
  readonly distance3dM: number;
  readonly frequencyGhz: number;
}

/** Median path loss in dB. */
export function inhPathLossDb({ state, distance3dM, frequencyGhz }: IndoorLink): number {
  const distanceLog = log10(Math.max(distance3dM, 1));
  const frequencyLog = log10(frequencyGhz);
  const sight = 32.4 + 17.3 * distanceLog + 20 * frequencyLog;
  return state === 'LOS' ? sight : Math.max(sight, 17.3 + 38.3 * distanceLog + 24.9 * frequencyLog);
}
