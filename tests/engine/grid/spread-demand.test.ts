import { expect, test } from 'vitest';
import { type MultiPolygon, pointInMultiPolygon, spreadDemand } from '../../../engine/index.ts';

const square = (lon: number, lat: number, size: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [lon, lat],
        [lon + size, lat],
        [lon + size, lat + size],
        [lon, lat + size],
        [lon, lat],
      ],
    ],
  ],
});

test('a population cell is spread over points inside it that add up to its people', () => {
  const cell = square(121.2, 31.3, 0.001);
  const points = spreadDemand(cell, 120);
  // About 95 by 111 metres on a lattice of 20 m.
  expect(points.length).toBeGreaterThan(15);
  expect(points.length).toBeLessThan(42);
  expect(points.reduce((sum, point) => sum + point.weight, 0)).toBeCloseTo(120, 9);
  expect(points.every((point) => pointInMultiPolygon(point.position, cell))).toBe(true);
});

test('a cell thinner than the lattice keeps its people in one point', () => {
  expect(spreadDemand(square(121.2, 31.3, 0.00001), 3)).toMatchObject([{ weight: 3 }]);
});

test('a large cell never becomes more than about ten thousand points', () => {
  expect(spreadDemand(square(121.2, 31.3, 0.2), 1e6).length).toBeLessThan(11_000);
});
