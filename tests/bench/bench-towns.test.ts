// The towns of the benchmark: as dense as they say, the same every time, and measured with or without other programs here.
import { expect, test } from 'vitest';
import { isReached } from '../../scripts/bench/bench-row.ts';
import { makeBenchTown } from '../../scripts/bench/bench-town.ts';
import { withPeer } from '../../scripts/bench/peer-tools.ts';

const size = { sideM: 1500, poles: 200, roofs: 20 };

test('houses cover 30 to 40 % of a bench town, on paper and on its raster', () => {
  const { builtShare, surface } = makeBenchTown(size);
  const builtM2 =
    surface.heightDm.reduce((sum, heightDm) => sum + (heightDm > 0 ? 1 : 0), 0) * surface.cellM ** 2;
  for (const share of [builtShare, builtM2 / size.sideM ** 2]) {
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.4);
  }
});

test('the same size gives the same town, its poles in the open and its roofs on houses', () => {
  const { places, surface, grid } = makeBenchTown(size);
  expect(makeBenchTown(size).places).toEqual(places);
  expect(grid.bins).toBeGreaterThanOrEqual(75 * 75);
  const isBuilt = ({ eastM, northM }: (typeof places)[number]): boolean => {
    const column = Math.floor((eastM - surface.westM) / surface.cellM);
    const row = Math.floor((surface.northM - northM) / surface.cellM);
    return surface.heightDm[row * surface.columns + column]! > 0;
  };
  const poles = places.filter(({ form }) => !form.aboveRoofs);
  const roofs = places.filter(({ form }) => form.aboveRoofs);
  expect([poles.length, roofs.length]).toEqual([200, 20]);
  expect(poles.filter(isBuilt)).toEqual([]);
  expect(roofs.every(isBuilt)).toBe(true);
});

test('a program that is not here is not run', () => {
  expect(withPeer('no-such-program-anywhere', () => 1)).toBeNull();
});

test('a figure is reached from above or from below', () => {
  expect(isReached({ value: 16, unit: 'M bins/s', target: 15, better: 'more' })).toBe(true);
  expect(isReached({ value: 16, unit: 's', target: 15, better: 'less' })).toBe(false);
});
