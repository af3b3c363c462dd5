// One pair of prices bounds the whole trade of cost against coverage (selection reference, 15.1: lambda 12, K = -12).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frontierOf } from '../../../engine/selection/prices/frontier.ts';

const example = frontierOf([{ perTarget: [12], constant: -12 }], 6);

test('the prices of the example give its bounds: 36, 48 and 60 yuan, 4 and 6 bins', () => {
  expect([4, 5, 6].map((share) => example.leastCost([share]).bound)).toEqual([36, 48, 60]);
  expect([36, 60].map((budget) => example.mostCovered(budget, [0]).bound)).toEqual([4, 6]);
});

test('several pairs give the best of each, and say which', () => {
  const both = frontierOf(
    [
      { perTarget: [12], constant: -12 },
      { perTarget: [9], constant: 0 },
    ],
    6,
  );
  expect(both.leastCost([2])).toEqual({ bound: 18, pair: 1 });
  expect(both.leastCost([6])).toEqual({ bound: 60, pair: 0 });
  expect(both.mostCovered(8, [0])).toEqual({ bound: 0, pair: 1 });
});

test('a share owed elsewhere takes its money first', () => {
  const two = frontierOf([{ perTarget: [10, 5], constant: 0 }], 100);
  expect(two.mostCovered(100, [0, 4]).bound).toBe(8);
  expect(two.leastCost([3, 4]).bound).toBe(50);
});

test('without pairs a plan costs nothing at least and covers the ceiling at most', () => {
  const none = frontierOf([], 7);
  expect(none.leastCost([5])).toEqual({ bound: 0, pair: -1 });
  expect(none.mostCovered(1, [0])).toEqual({ bound: 7, pair: -1 });
});

test('bounds never fall when more is asked or more may be spent', () => {
  const pair = fc.record({
    perTarget: fc.tuple(fc.integer({ min: 0, max: 9 })),
    constant: fc.integer({ min: -50, max: 0 }),
  });
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 5 }), fc.nat(60), fc.nat(20), (pairs, less, more) => {
      const { leastCost, mostCovered } = frontierOf(pairs, 60);
      expect(leastCost([less + more]).bound).toBeGreaterThanOrEqual(leastCost([less]).bound);
      expect(mostCovered(less + more, [0]).bound).toBeGreaterThanOrEqual(mostCovered(less, [0]).bound);
    }),
    { seed: 41, numRuns: 300 },
  );
});
