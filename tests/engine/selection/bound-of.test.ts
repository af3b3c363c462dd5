// Bounds from given prices: the worked examples of the selection reference by hand, and what rules add to them.
import { expect, test } from 'vitest';
import { boundOf } from '../../../engine/selection/prices/bound-of.ts';
import type { SelectionChoice, SiteGroup } from '../../../engine/selection/selection-problem.ts';
import { sitesInSquares, squarePrices, threePrices, threeSites } from './guide-examples.ts';
import { bestPlans, costOf, coveredOf, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable } from './table-problem.ts';

test.each(coverKinds)(
  'three sites of the reference (15.1): 36, 48 and 60 yuan; 4 and 6 bins (%s)',
  (kind) => {
    const problem = problemOfTable(threeSites, kind);
    const cost = (required: number) =>
      boundOf(problem, choiceOf({ required: [required] }), 'cost', threePrices);
    expect([4, 5, 6].map((required) => cost(required).bound)).toEqual([36, 48, 60]);
    expect(cost(5).parts).toEqual({ required: 60, bins: -12, sites: 0 });
    expect([...cost(5).reduced]).toEqual([0, 0, 0]);
    const most = (limits: Partial<SelectionChoice>) =>
      boundOf(problem, choiceOf(limits), 'covered', threePrices).bound;
    expect([36, 60, 1000].map((budget) => most({ budget }))).toEqual([4, 6, 6]);
  },
);

test('under a count prices are read in sites as well', () => {
  const problem = problemOfTable(threeSites, 'runs');
  // Each site earns one site, and two sites earn six bins.
  const perBin = Float32Array.of(0, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3);
  const prices = { perTarget: Float64Array.of(0.34), perBin };
  expect(boundOf(problem, choiceOf({ maxSites: 1 }), 'covered', prices).bound).toBe(4);
  expect(boundOf(problem, choiceOf({ maxSites: 1, budget: 1_000_000 }), 'covered', prices).bound).toBe(4);
});

test('of sites in one square of the spacing rule the most negative counts (15.6)', () => {
  const problem = problemOfTable(sitesInSquares, 'runs');
  const sites = (spacingM: Float64Array | null, changes: Partial<SelectionChoice> = {}) =>
    boundOf(
      problem,
      choiceOf({ required: [30], rules: { spacingM, groups: [] }, ...changes }),
      'cost',
      squarePrices,
    ).parts.sites;
  const ten = new Float64Array(4).fill(10);
  expect(sites(null)).toBe(-7);
  expect(sites(ten)).toBe(-4);
  expect(sites(Float64Array.of(10, 0, 10, 10))).toBe(-6); // the second one is exempt
  expect(sites(ten, { locked: [2] })).toBe(-2); // nothing opens beside a locked site
});

test('groups count with their least and most sites and their money', () => {
  const table = {
    weights: [12, 13, 5, 11],
    sites: [1, 2, 3, 4].map((item) => ({ id: `s${item}`, items: [item], cost: 10 })),
  };
  const problem = problemOfTable(table, 'lists');
  const prices = { perTarget: Float64Array.of(1), perBin: Float32Array.of(0, 12, 13, 5, 11) };
  const sites = (...groups: Partial<SiteGroup>[]) =>
    boundOf(
      problem,
      choiceOf({
        required: [41],
        rules: {
          spacingM: null,
          groups: groups.map((group, at) => ({
            id: `g${at}`,
            sites: [0, 1, 2],
            leastSites: null,
            mostSites: null,
            mostCost: null,
            ...group,
          })),
        },
      }),
      'cost',
      prices,
    ).parts.sites;
  expect(sites()).toBe(-2 - 3 - 1);
  expect(sites({ mostSites: 1 })).toBe(-3 - 1);
  expect(sites({ leastSites: 3 })).toBe(-2 - 3 + 5 - 1);
  expect(sites({ mostCost: 15 })).toBe(-3 - 1 - 1);
  expect(sites({ mostSites: 2 }, { mostSites: 1 })).toBe(-3 - 1); // they overlap: the stronger one
  expect(sites({ mostSites: 1 }, { sites: [3], mostSites: 0 })).toBe(-3);
});

test('existing sites are free and locked ones cost whatever they earn; refused ones are out', () => {
  const problem = problemOfTable(threeSites, 'runs');
  const bound = (changes: Partial<SelectionChoice>) =>
    boundOf(problem, choiceOf({ required: [6], ...changes }), 'cost', threePrices).bound;
  expect(bound({ existing: [0] })).toBe(30);
  expect(bound({ existing: [0], refused: [0] })).toBe(30);
  const dear = { perTarget: Float64Array.of(0), perBin: new Float32Array(7) };
  expect(boundOf(problem, choiceOf({ required: [0], locked: [2] }), 'cost', dear).bound).toBe(36);
  const high = { perTarget: Float64Array.of(20), perBin: new Float32Array(7).fill(20) };
  expect(boundOf(problem, choiceOf({ required: [6] }), 'cost', high).parts.sites).toBe(-30 - 30 - 44);
  expect(boundOf(problem, choiceOf({ required: [6], refused: [2] }), 'cost', high).parts.sites).toBe(-60);
});

test('a bin that needs two sites has half the price, twice (15.7)', () => {
  for (const counts of ['graded', 'strict'] as const) {
    const table = {
      weights: [6],
      sites: ['a', 'b', 'c'].map((id) => ({ id, items: [1], cost: 4 })),
      fold: { sites: [2], counts },
    };
    const problem = problemOfTable(table, 'runs');
    const full = counts === 'graded' ? 2 : 1;
    const prices = { perTarget: Float64Array.of(1 / full), perBin: Float32Array.of(0, 3) };
    const { parts, bound } = boundOf(problem, choiceOf({ required: [6 * full] }), 'cost', prices);
    expect(parts.bins).toBe(0);
    expect(bound).toBe(8); // 6 rounded up to whole sites
  }
});

test('prices beyond their box are cut to it, and lengths must fit', () => {
  const problem = problemOfTable(threeSites, 'runs');
  const wild = { perTarget: Float64Array.of(12), perBin: Float32Array.of(5, 99, 9, 9, 9, 9, 12) };
  expect(boundOf(problem, choiceOf({ required: [4] }), 'cost', wild).bound).toBe(36);
  const low = { perTarget: Float64Array.of(12), perBin: new Float32Array(7).fill(-3) };
  const none = { perTarget: Float64Array.of(12), perBin: new Float32Array(7) };
  const choice = choiceOf({ required: [6] });
  expect(boundOf(problem, choice, 'cost', low)).toEqual(boundOf(problem, choice, 'cost', none));
  expect(() => boundOf(problem, choice, 'cost', { ...none, perBin: new Float32Array(3) })).toThrow(
    RangeError,
  );
});

test('whatever the prices, no bound passes the best of all sets, and it rises with what is required', () => {
  const strong = { cost: 0, covered: 0 };
  for (let seed = 0; seed < 600; seed++) {
    const example = randomCase(seed + 5000);
    const { problem, choice, table } = example;
    const { cheapest, widest } = bestPlans(example);
    const part = (at: number) => ((Math.imul(seed + 1, 7331) + at * 421) & 1023) / 1023;
    const perTarget = Float64Array.from(problem.targets, (_, target) => 2 * part(target) * part(target));
    const perBin = Float32Array.from({ length: problem.cover.binCount }, (_, bin) => 30 * part(bin + 9));
    const bound = (required: readonly number[]) =>
      boundOf(problem, { ...choice, required }, 'cost', { perTarget, perBin }).bound;
    const least = bound(choice.required);
    if (cheapest) {
      const cost = costOf(table, cheapest);
      expect(least, `seed ${seed}`).toBeLessThanOrEqual(cost);
      if (least > 0.5 * cost) strong.cost++;
    }
    expect(bound(choice.required.map((value) => value + 1))).toBeGreaterThanOrEqual(least);
    if (widest) {
      const most = coveredOf(table, [...choice.existing, ...widest])[0]!;
      const { bound: above } = boundOf(problem, choice, 'covered', { perTarget, perBin });
      expect(above, `seed ${seed}`).toBeGreaterThanOrEqual(most);
      if (above < 1.3 * most) strong.covered++;
    }
  }
  expect(strong.cost).toBeGreaterThan(20);
  expect(strong.covered).toBeGreaterThan(50);
});
