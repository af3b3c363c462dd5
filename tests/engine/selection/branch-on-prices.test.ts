// Branching on the price bound against trying everything.
import { expect, test } from 'vitest';
import { branchOnPrices } from '../../../engine/selection/exact/branch-on-prices.ts';
import { bestPlans, costOf, coveredOf, keepsRules, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable, type Table } from './table-problem.ts';

/** Reference 15.1: the prices prove 48, the best is 60. */
const table: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

test.each(coverKinds)(
  'five of six are proved at 60 where prices alone prove 48 (reference 15.1, %s)',
  (kind) => {
    const problem = problemOfTable(table, kind);
    const { sites, bound } = branchOnPrices(problem, choiceOf({ required: [5] }), [0, 2], null, 100);
    expect([...sites].sort()).toEqual([0, 1]);
    expect(bound).toBe(60);
  },
);

test('stopped at once it leaves the plan and a true bound', () => {
  const problem = problemOfTable(table, 'runs');
  const { sites, bound } = branchOnPrices(problem, choiceOf({ required: [5] }), [0, 2], null, 100, {
    shouldStop: () => true,
  });
  expect(sites).toEqual([0, 2]);
  expect(bound).toBeGreaterThan(36);
  expect(bound).toBeLessThanOrEqual(60);
});

test('a plan that misses the share is a wrong call', () => {
  expect(() =>
    branchOnPrices(problemOfTable(table, 'runs'), choiceOf({ required: [5] }), [2], null, 9),
  ).toThrow(RangeError);
});

test('150 random problems with every rule: the bound meets the best plan, and few nodes keep it below', () => {
  let proved = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const random = randomCase(seed);
    const { table: own, problem, choice } = random;
    const { cheapest } = bestPlans(random);
    if (cheapest === null) continue;
    const free = own.sites
      .map((_, site) => site)
      .filter((site) => ![...choice.existing, ...choice.locked, ...choice.refused].includes(site));
    const all = [...choice.locked, ...free];
    const reaches = (sites: readonly number[]) =>
      coveredOf(own, [...choice.existing, ...sites]).every((value, at) => value >= choice.required[at]!);
    const start = keepsRules(own, choice, all) && reaches(all) ? all : cheapest;
    const best = costOf(own, cheapest);
    const about = `seed ${seed}`;
    expect(branchOnPrices(problem, choice, start, null, 3).bound, about).toBeLessThanOrEqual(best);
    const { sites, bound } = branchOnPrices(problem, choice, start, null, 2000);
    const plan = [...new Set([...choice.locked.filter((site) => !choice.existing.includes(site)), ...sites])];
    expect([costOf(own, plan), bound], about).toEqual([best, best]);
    expect(keepsRules(own, choice, plan) && reaches(plan), about).toBe(true);
    proved++;
  }
  expect(proved).toBeGreaterThan(50);
});
