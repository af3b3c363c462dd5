import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erfc, erfcx, normalQuantile, normalTail } from '../../../engine/index.ts';

/** 1 - erf(x) by the series of erf, good for small x. */
function erfcBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return 1 - (2 / Math.sqrt(Math.PI)) * sum;
}

test('the complementary error function agrees with its series to 1e-13 up to x = 2.5', () => {
  const law = fc.property(fc.double({ min: -2.5, max: 2.5, noNaN: true }), (x) => {
    return Math.abs(erfc(x) - erfcBySeries(x)) < 1e-13;
  });
  fc.assert(law, { seed: 1, numRuns: 500 });
});

test('far tails keep their digits', () => {
  // Known values: erfc(5) and Q(10), Abramowitz and Stegun table 26.2 and mpmath.
  expect(erfc(5) / 1.5374597944280347e-12).toBeCloseTo(1, 12);
  expect(normalTail(10) / 7.619853024160527e-24).toBeCloseTo(1, 12);
  expect(erfcx(30)).toBeCloseTo(0.01879588886141675, 15);
});

test('the quantile undoes the tail', () => {
  expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 12);
  const law = fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
    return Math.abs(normalTail(-normalQuantile(p)) - p) < 1e-14 + 1e-12 * p;
  });
  fc.assert(law, { seed: 1, numRuns: 200 });
});

test('a quantile of nothing or everything is refused', () => {
  expect(() => normalQuantile(0)).toThrow(/0 < p < 1/);
  expect(() => normalQuantile(1)).toThrow(/0 < p < 1/);
});
