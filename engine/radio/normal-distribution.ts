// The normal distribution for shadow fading. Tails through the complementary error function, so that far tails keep their
// digits; rational approximations of W. J. Cody (Math. Comp. 23, 1969), relative error about 1e-16.

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
  const tail = Math.exp(-size * size) * scaledTail(size);
  return x < 0 ? 2 - tail : tail;
}

/** exp(x²)·erfc(x): stays finite where erfc alone underflows. */
export function erfcx(x: number): number {
  if (x < -0.46875) return 2 * Math.exp(x * x) - scaledTail(-x);
  return x <= 0.46875 ? Math.exp(x * x) * (1 - smallErf(x)) : scaledTail(x);
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
  3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947, 0.185777706184603153,
];
const SMALL_BELOW = [23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062];
const MIDDLE_ABOVE = [
  0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131, 881.95222124176909,
  1712.04761263407058, 2051.07837782607147, 1230.33935479799725, 2.15311535474403846e-8,
];
const MIDDLE_BELOW = [
  15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
  4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
];
const LARGE_ABOVE = [
  0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766, 6.58749161529837803e-4,
  0.0163153871373020978,
];
const LARGE_BELOW = [
  2.56852019228982242, 1.87295284992346725, 0.527905102951428412, 0.0605183413124413191, 0.00233520497626869185,
];
