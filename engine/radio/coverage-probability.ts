// From a median level to the chance that a place is served: shadow fading is normal in dB (propagation reference 12).
// Where line of sight is not known the two chances are mixed, never the two losses: averaging dB hides the places in sight.
import { exp } from '../geo/steady-math.ts';
import { erfc, erfcx, normalQuantile, normalTail } from './normal-distribution.ts';

/** Chance 0..1 that the level is at or above the threshold. */
export function coverageProbability(levelDbm: number, thresholdDbm: number, sigmaDb: number): number {
  return normalTail((thresholdDbm - levelDbm) / sigmaDb);
}

export interface MixedLink {
  /** Chance of line of sight, 0..1. */
  readonly losProbability: number;
  readonly losLevelDbm: number;
  readonly nlosLevelDbm: number;
  readonly losSigmaDb: number;
  readonly nlosSigmaDb: number;
}

/** The same where only the chance of line of sight is known. */
export function mixedCoverageProbability(link: MixedLink, thresholdDbm: number): number {
  return (
    link.losProbability * coverageProbability(link.losLevelDbm, thresholdDbm, link.losSigmaDb) +
    (1 - link.losProbability) * coverageProbability(link.nlosLevelDbm, thresholdDbm, link.nlosSigmaDb)
  );
}

/**
 * Share of a disc that is served when its edge is served with a margin (Jakes, Reudink), for hand checks of a plan. Never use
 * a margin together with the probability per bin: that counts fading twice.
 */
export function discCoverageShare(marginDb: number, exponent: number, sigmaDb: number): number {
  const a = -marginDb / (sigmaDb * Math.SQRT2);
  const b = (10 * exponent * Math.LOG10E) / (sigmaDb * Math.SQRT2);
  const c = (1 - a * b) / b;
  // exp((1 - 2ab)/b²) · erfc(c) without overflow: (1 - 2ab)/b² = c² - a².
  const rim = c > 0 ? exp(-a * a) * erfcx(c) : exp((1 - 2 * a * b) / (b * b)) * erfc(c);
  return 0.5 * (erfc(a) + rim);
}

/** Margin in dB that serves this share of a disc: the inverse of the above, by halving. */
export function marginForDiscShareDb(share: number, exponent: number, sigmaDb: number): number {
  let low = sigmaDb * normalQuantile(1e-6);
  let high = sigmaDb * normalQuantile(1 - 1e-9);
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (discCoverageShare(middle, exponent, sigmaDb) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
