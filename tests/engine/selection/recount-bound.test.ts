// The recounted bound: the worked example of the guide by hand, never past what trying all sets finds whatever the prices, and never
// weaker than the price search claims from the same prices.
import { expect, test } from 'vitest';
import type { BinPrices } from '../../../engine/selection/certificate.ts';
import { makeSiteReader } from '../../../engine/selection/check/recount.ts';
import { fullPrices, neededAt, recountBound } from '../../../engine/selection/check/recount-bound.ts';
import { boundOf } from '../../../engine/selection/prices/bound-of.ts';
import type { SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { sitesInSquares, squarePrices, threePrices, threeSites } from './guide-examples.ts';
import { bestPlans, costOf, coveredOf, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable } from './table-problem.ts';

test('prices of 12 and (12, 9, 9, 9, 9, 12) prove 36 for four bins, 48 for five and 60 for six (guide, 15.1)', () => {
  for (const kind of coverKinds) {
    const problem = problemOfTable(threeSites, kind);
    const bounds = [4, 5, 6].map(
      (required) =>
        recountBound(
          problem,
          choiceOf({ required: [required] }),
          'cost',
          threePrices,
          makeSiteReader(problem),
        ).bound,
    );
    expect(bounds).toEqual([36, 48, 60]);
    const most = [36, 60].map(
      (budget) =>
        recountBound(problem, choiceOf({ budget }), 'covered', threePrices, makeSiteReader(problem)).bound,
    );
    expect(most).toEqual([4, 6]);
  }
});

test('three sites in one square of the spacing rule count once (guide, 15.6)', () => {
  const problem = problemOfTable(sitesInSquares, 'lists');
  const sitesTerm = (spacingM: Float64Array | null): number =>
    recountBound(
      problem,
      choiceOf({ required: [30], rules: { spacingM, groups: [] } }),
      'cost',
      squarePrices,
      makeSiteReader(problem),
    ).ledgers[0]!.sites;
  expect(sitesTerm(null)).toBe(-7);
  expect(sitesTerm(new Float64Array(4).fill(10))).toBe(-4);
});

test('whatever the prices, no bound passes the best of all sets, and boundOf never claims more than the recount', () => {
  const tried = { cost: 0, covered: 0 };
  let strong = 0;
  for (let seed = 0; seed < 600; seed++) {
    const example = randomCase(seed);
    const { problem, choice, table } = example;
    const { cheapest, widest } = bestPlans(example);
    const reader = makeSiteReader(problem);
    for (let turn = 0; turn < 4; turn++) {
      const prices = somePrices(problem, seed * 4 + turn);
      if (cheapest) {
        const { bound } = recountBound(problem, choice, 'cost', prices, reader);
        expect(bound, `seed ${seed}`).toBeLessThanOrEqual(costOf(table, cheapest));
        expect(boundOf(problem, choice, 'cost', prices).bound, `seed ${seed}`).toBeLessThanOrEqual(bound);
        tried.cost++;
        if (bound > 0 && bound >= 0.5 * costOf(table, cheapest)) strong++;
      }
      if (widest) {
        const most = coveredOf(table, [...choice.existing, ...widest])[0]!;
        const { bound } = recountBound(problem, choice, 'covered', prices, reader);
        expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(most);
        const proved = Math.min(bound, ceilingOf(example));
        expect(boundOf(problem, choice, 'covered', prices).bound, `seed ${seed}`).toBeGreaterThanOrEqual(
          proved,
        );
        tried.covered++;
      }
    }
  }
  expect(tried.cost).toBeGreaterThan(1000);
  expect(tried.covered).toBeGreaterThan(1500);
  expect(strong).toBeGreaterThan(100);
});

/** What all sites that are not refused cover of the first target. */
function ceilingOf({ table, choice: { refused, existing } }: RandomCase): number {
  const all = table.sites.map((_, site) => site);
  return coveredOf(
    table,
    all.filter((site) => existing.includes(site) || !refused.includes(site)),
  )[0]!;
}

/** Prices in their box: a price per target around the common cost per weight, and bins at shares of what they are worth. */
function somePrices(problem: SelectionProblem, seed: number): BinPrices {
  const part = (at: number): number => ((Math.imul(seed + 1, 48271) + at * 7919) % 997) / 996;
  const size = problem.cover.kind === 'grades' ? 0.4 : 3;
  const perTarget = Float64Array.from(problem.targets, (_, target) =>
    target === 0 ? size * Math.abs(part(0)) : seed % 3 === 0 ? size * Math.abs(part(1)) : 0,
  );
  const full = fullPrices(problem, perTarget);
  const perBin = Float32Array.from(full, (most, bin) => {
    const share = seed % 4 === 0 ? 0.5 : Math.abs(part(bin + 2));
    return (0.999999 * share * most) / neededAt(problem, bin);
  });
  return { perTarget, perBin };
}
