// Operators that share: discounts by hand, a layer of bins per operator, one set of operators per location.
import { expect, test } from 'vitest';
import type { RunCover } from '../../../engine/selection/cover/cover.ts';
import { makeCoverState } from '../../../engine/selection/cover/make-cover-state.ts';
import { configurationGroups } from '../../../engine/selection/wishes/configurations.ts';
import { shareConfigurations } from '../../../engine/selection/wishes/share-configurations.ts';
import { agreedDiscounts, sharedCostCny } from '../../../engine/selection/wishes/share-prices.ts';
import { problemOfTable, type Table } from './table-problem.ts';

test('two operators pay 30 % less each, three 40 %, the anchor 5 % less again', () => {
  expect(sharedCostCny(100_000, 1, true)).toBe(100_000);
  expect(sharedCostCny(100_000, 2, false)).toBe(70_000);
  expect(sharedCostCny(100_000, 2, true)).toBe(65_000);
  expect(sharedCostCny(100_000, 3, false)).toBe(60_000);
  expect(sharedCostCny(100_000, 3, true)).toBe(55_000);
  expect(sharedCostCny(100_000, 4, false)).toBe(60_000);
  expect(sharedCostCny(35_001, 2, false)).toBe(24_501);
});

test('the discounts can be changed', () => {
  expect(sharedCostCny(1000, 2, true, { percentOff: [0, 10], anchorPercentOff: 0 })).toBe(900);
  expect(() => sharedCostCny(1000, 0, false, agreedDiscounts)).toThrow(RangeError);
});

const table = (sites: readonly (readonly number[])[]): Table => ({
  weights: [1, 2, 3, 4],
  sites: sites.map((items, index) => ({ id: `p${index}`, items, cost: 0 })),
});

function operatorOf(id: string, sites: readonly (readonly number[])[], cost: readonly number[]) {
  const { cover, targets } = problemOfTable(table(sites), 'runs', 2);
  return { id, cover: cover as RunCover, weight: targets[0].weight, cost: Float64Array.from(cost) };
}

const east = operatorOf('E', [[1, 2], [4]], [100, 200]);
const west = operatorOf('W', [[1], [3, 4]], [50, 200]);
const locations = {
  ids: ['p0', 'p1'],
  eastM: Float64Array.of(0, 500),
  northM: Float64Array.of(0, 0),
  allowed: Uint8Array.of(0b11, 0b11),
  standing: Uint8Array.of(0, 0),
  anchor: Int8Array.of(0, -1),
};

test('two operators on a location give three sites: each alone, and both at 30 % off', () => {
  const { problem, operatorsOf, locationOf, existing } = shareConfigurations([east, west], locations);
  expect(problem.siteIds).toEqual(['p0:E', 'p0:W', 'p0:E+W', 'p1:E', 'p1:W', 'p1:E+W']);
  expect([...problem.cost]).toEqual([100, 50, 65 + 35, 200, 200, 140 + 140]);
  expect([...operatorsOf]).toEqual([1, 2, 3, 1, 2, 3]);
  expect([...locationOf]).toEqual([0, 0, 0, 1, 1, 1]);
  expect(existing).toEqual([]);
});

test('one set of operators per location: a group of its sites with one at the most', () => {
  const { groups } = shareConfigurations([east, west], locations);
  expect(groups.map(({ id, sites, mostSites }) => ({ id, sites, mostSites }))).toEqual([
    { id: 'p0', sites: [0, 1, 2], mostSites: 1 },
    { id: 'p1', sites: [3, 4, 5], mostSites: 1 },
  ]);
});

test('a set of operators serves what each of them serves, in its own layer', () => {
  const { problem } = shareConfigurations([east, west], locations);
  expect(problem.targets.map(({ id }) => id)).toEqual(['all', 'E', 'W']);
  const coveredBy = (site: number) => {
    const state = makeCoverState(problem);
    state.openSite(site);
    return [...state.covered];
  };
  expect(coveredBy(0)).toEqual([3, 3, 0]);
  expect(coveredBy(2)).toEqual([4, 3, 1]);
  expect(coveredBy(5)).toEqual([11, 4, 7]);
});

test('guards stay the first bins of their strip rows and weigh nothing', () => {
  const { problem } = shareConfigurations([east, west], locations);
  const cover = problem.cover as RunCover;
  expect(cover.binCount).toBe(2 * east.cover.binCount);
  const guards = [...cover.rowStarts.subarray(0, -1)];
  expect(guards).toEqual([0, 3, 6, 9]);
  for (const guard of guards) for (const { weight } of problem.targets) expect(weight[guard]).toBe(0);
  for (const first of cover.runFirst) expect(guards).not.toContain(first);
});

test('who stands there already is free, and counts for the discount of who comes', () => {
  const shared = shareConfigurations([east, west], { ...locations, standing: Uint8Array.of(0b01, 0) });
  expect(shared.problem.siteIds).toEqual(['p0=E', 'p0:W', 'p1:E', 'p1:W', 'p1:E+W']);
  expect([...shared.problem.cost]).toEqual([0, 35, 200, 200, 280]);
  expect(shared.existing).toEqual([0]);
  expect(shared.groups.map(({ id }) => id)).toEqual(['p1']);
});

test('layers of different grids are refused', () => {
  const other = { ...west, weight: new Int32Array(2) };
  expect(() => shareConfigurations([east, other], locations)).toThrow(RangeError);
});

test('heights, azimuths and bands of a location exclude each other in the same way', () => {
  expect(
    configurationGroups(['a', 'b', 'a', 'c', 'a', 'b'], [5]).map(({ id, sites }) => [id, sites]),
  ).toEqual([['a', [0, 2, 4]]]);
});
