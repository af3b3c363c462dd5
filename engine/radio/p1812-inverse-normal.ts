// The upper-tail quantile of the normal distribution as ITU-R P.1812 attachment 2 prescribes it: an approximation, kept
// because results must equal those of the Recommendation. Everywhere else normal-distribution.ts is used.
import { log } from '../geo/steady-math.ts';

/** The x exceeded with probability p; p is held between 1e-6 and 1 - 1e-6. */
export function p1812InverseNormal(p: number): number {
  const held = Math.min(Math.max(p, 1e-6), 1 - 1e-6);
  return held <= 0.5 ? upperTail(held) : -upperTail(1 - held);
}

function upperTail(p: number): number {
  const t = Math.sqrt(-2 * log(p));
  const above = (0.010328 * t + 0.802853) * t + 2.515516698;
  const below = ((0.001308 * t + 0.189269) * t + 1.432788) * t + 1;
  return t - above / below;
}
