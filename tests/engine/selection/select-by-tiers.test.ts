// Orders of preference: weights on the price, and strict tiers against trying everything on tiny tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effort } from '../../../engine/selection/effort.ts';
import { noRules } from '../../../engine/selection/selection-problem.ts';
import { selectByWeights, weighCosts } from '../../../engine/selection/wishes/class-weights.ts';
import { selectByTiers } from '../../../engine/selection/wishes/select-by-tiers.ts';
import { choiceOf, coveredBy, problemOfTable, type Table, tables } from './table-problem.ts';

const effort: Effort = { priceSteps: 60, improveSteps: 200, seed: 1 };
const words = ['直接利用', '改造', '新建'];

/** A new tower is cheap and serves all; poles that stand serve all but item 3 and are dear. */
const street: Table = {
  weights: [1, 1, 1, 1],
  sites: [
    { id: 'pole-1', items: [1, 2], cost: 50 },
    { id: 'pole-2', items: [4], cost: 50 },
    { id: 'roof-3', items: [3], cost: 60 },
    { id: 'tower', items: [1, 2, 3, 4], cost: 70 },
  ],
};
const streetClasses = { ids: words, classOf: [0, 0, 1, 2] };

test('strict tiers open no tower where roofs and poles can do it, whatever that costs', () => {
  const tiered = selectByTiers(problemOfTable(street), choiceOf({ required: [4] }), streetClasses, effort);
  expect(tiered.strict).toBe(true);
  expect(tiered.selection.cost).toBe(160);
  expect(tiered.passes.map(({ tier, sites }) => [tier, sites])).toEqual([
    ['新建', []],
    ['改造', [2]],
    ['直接利用', expect.arrayContaining([0, 1])],
  ]);
});

test('each chosen site says which class placed it, each pass how good it is', () => {
  const { selection, placedIn, passes } = selectByTiers(
    problemOfTable(street),
    choiceOf({ required: [4] }),
    streetClasses,
    effort,
  );
  const placed = selection.steps.map(({ site }, step) => `${street.sites[site]!.id} ${placedIn[step]}`);
  expect(placed.sort()).toEqual(['pole-1 直接利用', 'pole-2 直接利用', 'roof-3 改造']);
  expect(passes.map(({ certificate }) => certificate.bound)).toEqual([0, 60, expect.any(Number)]);
  expect(passes[2]!.certificate.bound).toBeLessThanOrEqual(160);
});

test('a share that the better classes reach without item 3 needs no roof', () => {
  const { selection } = selectByTiers(
    problemOfTable(street),
    choiceOf({ required: [3] }),
    streetClasses,
    effort,
  );
  expect(selection.cost).toBe(100);
});

test('where the budget cannot pay for the order, the plan says that the order was left', () => {
  const choice = choiceOf({ required: [4], budget: 80 });
  const tiered = selectByTiers(problemOfTable(street), choice, streetClasses, effort);
  expect(tiered.strict).toBe(false);
  expect(tiered.selection.status).toBe('reached');
  expect(tiered.selection.cost).toBe(70);
  expect(tiered.placedIn).toEqual(['新建']);
});

test('spacing between a worse and a better class is no reason to leave the worse one out of its own pass', () => {
  const table: Table = {
    weights: [1, 1, 1],
    sites: [
      { id: 'pole', items: [1], cost: 1 },
      { id: 'tower', items: [2], cost: 9 },
      { id: 'pole-far', items: [1, 3], cost: 5 },
    ],
    places: [
      [0, 0],
      [30, 0],
      [900, 0],
    ],
  };
  const rules = { spacingM: Float64Array.of(100, 100, 100), groups: [] };
  const tiered = selectByTiers(
    problemOfTable(table),
    choiceOf({ required: [3], rules }),
    { ids: ['直接利用', '新建'], classOf: [0, 1, 0] },
    effort,
  );
  expect(tiered.strict).toBe(true);
  expect(tiered.selection.steps.map(({ site }) => site).sort()).toEqual([1, 2]);
});

test('weights make worse classes look dearer, and the result is told at true prices', () => {
  const problem = problemOfTable(street);
  expect([...weighCosts(problem, streetClasses, [1, 1.5, 3]).cost]).toEqual([50, 50, 90, 210]);
  const plain = selectByWeights(problem, choiceOf({ required: [4] }), streetClasses, [1, 1, 1], effort);
  expect(plain.selection.cost).toBe(70);
  const weighted = selectByWeights(problem, choiceOf({ required: [4] }), streetClasses, [1, 1.5, 3], effort);
  expect(weighted.selection.cost).toBe(160);
  expect(weighted.weighted.cost).toBe(190);
  expect(weighted.selection.certificate.bound).toBeLessThanOrEqual(70);
  expect(weighted.selection.certificate.gap).toBeGreaterThanOrEqual((160 - 70) / 70);
});

test('classes and factors that do not fit are refused', () => {
  const problem = problemOfTable(street);
  expect(() => weighCosts(problem, streetClasses, [1, 0.5, 2])).toThrow(RangeError);
  expect(() => weighCosts(problem, { ids: words, classOf: [0, 0, 1, 3] }, [1, 1, 1])).toThrow(RangeError);
});

test('every pass finds the cheapest set of its class, checked against trying everything', () => {
  const drawn = fc
    .constantFrom('yes or no' as const, 'grades' as const)
    .chain((kind) =>
      fc.tuple(
        tables(kind, { minSites: 2, maxSites: 7 }),
        fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }),
        fc.nat(100),
      ),
    );
  let best = 0;
  let runs = 0;
  fc.assert(
    fc.property(drawn, ([table, classOf, percent]) => {
      const all = [...table.sites.keys()];
      const required = Math.floor((coveredBy(table, all) * percent) / 100);
      const sitesOf = (tier: number) => all.filter((site) => classOf[site] === tier);
      const costOf = (sites: readonly number[]) =>
        sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
      const tiered = selectByTiers(
        problemOfTable(table),
        choiceOf({ required: [required], rules: noRules }),
        { ids: words, classOf: classOf.slice(0, all.length) },
        effort,
      );
      expect(tiered.strict).toBe(true);
      expect(
        coveredBy(
          table,
          [...tiered.selection.steps].map(({ site }) => site),
        ),
      ).toBeGreaterThanOrEqual(required);
      const worse: number[] = [];
      tiered.passes.forEach(({ sites, certificate }, pass) => {
        const tier = words.length - 1 - pass;
        const free = all.filter((site) => classOf[site]! < tier);
        const least = Math.min(
          ...subsets(sitesOf(tier))
            .filter((set) => coveredBy(table, [...worse, ...set, ...free]) >= required)
            .map(costOf),
        );
        expect(sites.every((site) => classOf[site] === tier)).toBe(true);
        expect(costOf(sites)).toBeGreaterThanOrEqual(least);
        expect(certificate.bound).toBeLessThanOrEqual(least + costOf(worse));
        runs++;
        if (costOf(sites) === least) best++;
        worse.push(...sites);
      });
    }),
    { seed: 46, numRuns: 250 },
  );
  expect(best / runs).toBeGreaterThan(0.99);
});

function subsets(sites: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const site of sites) sets.push(...sets.map((set) => [...set, site]));
  return sets;
}
