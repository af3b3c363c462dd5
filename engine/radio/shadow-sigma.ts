// Spread of shadow fading around the median, 3GPP TR 38.901 table 7.4.1-1. Never drawn in planning: it turns a level into a
// probability of coverage.
import type { SightState } from './sight-state.ts';

const SIGMA_DB = {
  UMa: { LOS: 4, NLOS: 6 },
  UMi: { LOS: 4, NLOS: 7.82 },
} as const;

/** Standard deviation in dB. */
export function shadowSigmaDb(model: 'UMa' | 'UMi', state: SightState): number {
  return SIGMA_DB[model][state];
}
