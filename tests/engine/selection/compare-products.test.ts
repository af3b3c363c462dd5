// Exact comparison of products of whole numbers of any size.
import { expect, test } from 'vitest';
import { compareProducts } from '../../../engine/selection/compare-products.ts';

test('products beyond 2^53 are compared exactly', () => {
  const big = 2 ** 40;
  expect(compareProducts(big + 1, big - 1, big, big)).toBeLessThan(0);
  expect(compareProducts(big, big, big, big)).toBe(0);
});
