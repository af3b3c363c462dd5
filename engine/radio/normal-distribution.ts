// The normal distribution for shadow fading. Tails through the complementary error function, so that far tails keep their
// digits; rational approximations of W. J. Cody (Math. Comp. 23, 1969), relative error about 1e-16.
import { exp } from '../geo/steady-math.ts';

/** P(X > x) of a standard normal X, usually written Q(x). */
export function normalTail(x: number): number {
  return 0.5 * erfc(x * Math.SQRT1_2);
}

/** The x with P(X <= x) = p, for p strictly between 0 and 1. Throws outside. Found by halving: exact, not fast. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: expected 0 < p < 1, got ${p}`);
  let low = -40;
  let high = 40;
  for (let step = 0; step < 100 && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalTail(-middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** 1 - erf(x). */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - smallErf(x);
  const tail = exp(-size * size) * scaledTail(size);
  return x < 0 ? 2 - tail : tail;
}

/** exp(x²)·erfc(x): stays finite where erfc alone underflows. */
export function erfcx(x: number): number {
  if (x < -0.46875) return 2 * exp(x * x) - scaledTail(-x);
  return x <= 0.46875 ? exp(x * x) * (1 - smallErf(x)) : scaledTail(x);
}

function smallErf(x: number): number {
  const square = x * x;
  let above = SMALL_ABOVE[4]! * square;
  let below = square;
  for (let i = 0; i < 3; i++) {
    above = (above + SMALL_ABOVE[i]!) * square;
    below = (below + SMALL_BELOW[i]!) * square;
  }
  return (x * (above + SMALL_ABOVE[3]!)) / (below + SMALL_BELOW[3]!);
}

function scaledTail(x: number): number {
  if (x <= 4) {
    let above = MIDDLE_ABOVE[8]! * x;
    let below = x;
    for (let i = 0; i < 7; i++) {
      above = (above + MIDDLE_ABOVE[i]!) * x;
      below = (below + MIDDLE_BELOW[i]!) * x;
    }
    return (above + MIDDLE_ABOVE[7]!) / (below + MIDDLE_BELOW[7]!);
  }
  const inverse = 1 / (x * x);
  let above = LARGE_ABOVE[5]! * inverse;
  let below = inverse;
  for (let i = 0; i < 4; i++) {
    above = (above + LARGE_ABOVE[i]!) * inverse;
    below = (below + LARGE_BELOW[i]!) * inverse;
  }
  const correction = (inverse * (above + LARGE_ABOVE[4]!)) / (below + LARGE_BELOW[4]!);
  return (ONE_OVER_ROOT_PI - correction) / x;
}

const ONE_OVER_ROOT_PI = 1 / Math.sqrt(Math.PI);
// Cody's coefficients for |x| <= 0.46875, up to 4, and beyond.
const SMALL_ABOVE = [
  3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315,
];
const SMALL_BELOW = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE_ABOVE = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
];
const MIDDLE_BELOW = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const LARGE_ABOVE = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
];
const LARGE_BELOW = [
  2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];
