// Corridors count by their length: metres of the line in each bin, and the share a plan reaches of them.
import { expect, test } from 'vitest';
import { lineLengths } from '../../../engine/grid/line-lengths.ts';
import { makeDemandGrid } from '../../../engine/grid/make-demand-grid.ts';
import { makeShapes } from '../../../engine/grid/shape.ts';
import { makeCoverState } from '../../../engine/selection/cover/make-cover-state.ts';
import { corridorTarget, PARTS_PER_METRE } from '../../../engine/selection/wishes/corridor-target.ts';
import { at, rectangle, zone } from '../../support/flat-ground.ts';
import { problemOfTable } from './table-problem.ts';

const area = rectangle(0, 0, 100, 40);
const grid = makeDemandGrid({
  areas: [area],
  excluded: [],
  zone,
  binSizeM: 20,
  demand: null,
  weightBy: 'area',
  roads: [],
  keyAreas: [],
  outdoor: null,
});
const shapes = makeShapes(area, zone, (eastM, northM) => [
  (eastM - grid.westM) / grid.binSizeM,
  (grid.northM - northM) / grid.binSizeM,
]);
const sum = (values: Int32Array) => values.reduce((total, value) => total + value, 0);

test('a railway of 100 m through the area weighs 100 m, 20 m in each bin it crosses', () => {
  const rail = [at(-50, 10), at(150, 10)];
  const metres = lineLengths([rail], zone, grid, shapes, []);
  const { weight } = corridorTarget('rail', metres, grid);
  const crossed = weight.filter((value) => value > 0);
  expect(crossed.length).toBeGreaterThanOrEqual(5);
  expect(crossed.length).toBeLessThanOrEqual(6);
  expect(sum(weight) / PARTS_PER_METRE).toBeCloseTo(100, 0);
});

test('a site that serves 50 of 80 m of a corridor serves five eighths of it, whatever its ground', () => {
  const cover = { binCount: 6, indoor: new Uint8Array(6) };
  const target = corridorTarget('road', Float64Array.of(0, 20, 30, 30, 0, 0), cover);
  const problem = problemOfTable({
    weights: [1, 1, 1, 1, 1],
    sites: [{ id: 'a', items: [1, 2, 5], cost: 1 }],
  });
  const state = makeCoverState({ ...problem, targets: [...problem.targets, target] });
  state.openSite(0);
  expect([...state.covered]).toEqual([3, 50 * PARTS_PER_METRE]);
  expect(state.covered[1]! / sum(target.weight)).toBe(5 / 8);
});

test('under a roof a line counts for nothing, the least touch of an open bin for one part', () => {
  const { weight } = corridorTarget('road', Float64Array.of(0, 20, 0.001, 12.34), {
    binCount: 4,
    indoor: Uint8Array.of(0, 1, 0, 0),
  });
  expect([...weight]).toEqual([0, 0, 1, 123]);
});

test('metres of another grid are refused', () => {
  expect(() => corridorTarget('road', new Float64Array(3), grid)).toThrow(RangeError);
});
