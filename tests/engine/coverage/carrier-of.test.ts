// Which building an antenna stands on.
import { expect, test } from 'vitest';
import { buildingAt, carrierOf } from '../../../engine/coverage/carrier-of.ts';
import { allRound } from '../../support/flat-ground.ts';
import { surfaceOf } from './a-surface.ts';

const block = surfaceOf([
  [20, 20, 60],
  [21, 20, 30],
]);
const roof = { ...allRound, aboveRoofs: true };

test('a place belongs to the building of its cell, and to none in the open or outside the surface', () => {
  expect(buildingAt(block, 102, 97)).toBe(1);
  expect(buildingAt(block, 107, 97)).toBe(2);
  expect(buildingAt(block, 99.9, 97)).toBe(0);
  expect(buildingAt(block, -300, 97)).toBe(0);
  expect(buildingAt(block, 102, 900)).toBe(0);
});

test('an antenna above the roofs a cell beside its house stands on it, a pole stands in the street', () => {
  const beside = (eastM: number, northM: number, form = roof) =>
    carrierOf(block, { eastM, northM, heightM: 30, form });
  expect(beside(102, 97)).toBe(1);
  expect(beside(98, 97)).toBe(1);
  expect(beside(112, 97)).toBe(2);
  expect(beside(98, 92)).toBe(1);
  expect(beside(92, 97)).toBe(0);
  expect(beside(98, 97, allRound)).toBe(0);
  expect(beside(102, 97, allRound)).toBe(1);
});
