// Spread of shadow fading around the median. Never drawn in planning: it turns a level into a probability of coverage.
// UMa, UMi, RMa: 3GPP TR 38.901 table 7.4.1-1. P1411: the rows of its table 4. Hata: 8 dB, a practice default.
import type { SightState } from './sight-state.ts';
import type { DistanceModel } from './station-path-loss.ts';

const SIGMA_DB = {
  UMa: { LOS: 4, NLOS: 6 },
  UMi: { LOS: 4, NLOS: 7.82 },
  // 4 dB before the breakpoint, where levels are far above any threshold; 6 dB behind it, where it matters.
  RMa: { LOS: 6, NLOS: 8 },
  P1411: { LOS: 5.06, NLOS: 7.6 },
  Hata: { LOS: 8, NLOS: 8 },
} as const;

/** Standard deviation in dB. The spread of P1812 depends on the bin: location-sigma.ts. */
export function shadowSigmaDb(model: DistanceModel, state: SightState): number {
  return SIGMA_DB[model][state];
}
