// Exact comparison of a·b with c·d for non-negative whole numbers: ratios are compared without dividing, so that equal
// ratios are really equal and ties fall to the rules written down, not to rounding. Fractions are compared as doubles.

/** Negative, zero or positive like `a * b - c * d`, exact for whole numbers of any size. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  const exact = left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER;
  if (exact || ![a, b, c, d].every(Number.isInteger)) return left - right;
  const exactLeft = BigInt(a) * BigInt(b);
  const exactRight = BigInt(c) * BigInt(d);
  return exactLeft < exactRight ? -1 : exactLeft > exactRight ? 1 : 0;
}
