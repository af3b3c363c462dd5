// Greedy selection: the hand examples of the selection reference (section 15), then laws on thousands of tiny instances.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSelection } from '../../../engine/selection/check-selection.ts';
import { selectSites } from '../../../engine/selection/select-sites.ts';
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { plainGreedy, plainPrune } from './plain-greedy.ts';
import { choiceOf, coveredBy, kinds, problemOfTable, type Table, tables, totalOf } from './table-problem.ts';

/** Example 15.1: six bins of weight 1. */
const example: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

function run(table: Table, changes: Partial<SelectionChoice>) {
  const problem = problemOfTable(table);
  const choice = choiceOf(changes);
  const selection = selectSites(problem, choice);
  expect(checkSelection(problem, choice, selection)).toEqual([]);
  return { ...selection, ids: selection.steps.map((step) => table.sites[step.site]!.id) };
}

test('the whole target: greedy opens G, A, B and pruning closes G (15.1)', () => {
  expect(run(example, { targetWeight: 6 })).toMatchObject({ ids: ['A', 'B'], cost: 60, status: 'reached' });
});

test('five of six: greedy opens G, then A by the smaller id, and nothing can be pruned (15.1)', () => {
  const { ids, cost, covered, steps } = run(example, { targetWeight: 5 });
  expect(ids).toEqual(['G', 'A']);
  expect(cost).toBe(66);
  expect(covered).toBe(5);
  expect(steps.map((step) => step.gain)).toEqual([4, 1]);
});

test('four of six: one site is enough (15.1)', () => {
  expect(run(example, { targetWeight: 4 })).toMatchObject({ ids: ['G'], cost: 36 });
});

test('a budget that no second site fits into ends with what fits (15.2)', () => {
  expect(run(example, { targetWeight: 6, budget: 60 })).toMatchObject({
    ids: ['G'],
    covered: 4,
    status: 'budget-spent',
  });
});

test('under a budget a cheap crumb does not keep the large site out', () => {
  const table = {
    weights: [1, 50, 50],
    sites: [
      { id: 'crumb', items: [1], cost: 1 },
      { id: 'large', items: [2, 3], cost: 1000 },
    ],
  };
  expect(run(table, { budget: 1000, targetWeight: 101 })).toMatchObject({ ids: ['large'], covered: 100 });
});

test('a target above the ceiling is called not reachable and still gets all that helps', () => {
  expect(run(example, { targetWeight: 7 })).toMatchObject({
    status: 'not-reachable',
    covered: 6,
    ceiling: 6,
  });
});

test('existing stations come first, cost nothing and are not counted', () => {
  const result = run(example, { targetWeight: 6, existing: [0], maxSites: 1 });
  expect(result).toMatchObject({ ids: ['A', 'B'], cost: 30, status: 'reached' });
  expect(result.steps.map((step) => step.placedBy)).toEqual(['existing', 'target-gain']);
});

test('a locked site stays even when it adds nothing, and a refused one never opens', () => {
  const locked = run(example, { targetWeight: 6, locked: [2] });
  expect(locked).toMatchObject({ ids: ['G', 'A', 'B'], cost: 96 });
  expect(locked.steps[0]!.placedBy).toBe('locked');
  expect(run(example, { targetWeight: 6, refused: [0] })).toMatchObject({
    status: 'not-reachable',
    ceiling: 5,
    covered: 5,
  });
});

test('a site both locked and refused, or locked beyond a limit, is a conflict', () => {
  const problem = problemOfTable(example);
  const conflict = (changes: Partial<SelectionChoice>) => () => selectSites(problem, choiceOf(changes));
  expect(conflict({ locked: [0], refused: [0] })).toThrow('SELECTION_LOCK_CONFLICT');
  expect(conflict({ locked: [0, 1], budget: 59 })).toThrow('SELECTION_BUDGET_RANGE');
  expect(conflict({ locked: [0, 1], maxSites: 1 })).toThrow('SELECTION_BUDGET_RANGE');
});

test('sites that cost nothing are taken before all others while they add something', () => {
  const table = {
    weights: [1, 5, 5],
    sites: [
      { id: 'dear', items: [2, 3], cost: 1 },
      { id: 'free', items: [1], cost: 0 },
      { id: 'free-and-useless', items: [], cost: 0 },
    ],
  };
  expect(run(table, { targetWeight: 11 })).toMatchObject({ ids: ['free', 'dear'], cost: 1 });
});

test('ties go to the higher gain, then to the smaller id in string order', () => {
  const table = {
    weights: [1, 1, 1, 1, 1, 1],
    sites: [
      { id: 'b2', items: [1, 2], cost: 2 },
      { id: 'b10', items: [3, 4], cost: 2 },
      { id: 'a', items: [5], cost: 1 },
    ],
  };
  expect(run(table, { targetWeight: 5 }).ids).toEqual(['b10', 'b2', 'a']);
});

const shares = fc.constantFrom(0, 0.3, 0.5, 0.8, 0.95, 1);
const limits = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });

for (const kind of kinds) {
  test(`lazy greedy with lazy pruning equals the plainly written ones on 4000 tiny instances (${kind})`, () => {
    const cases = fc.record({ table: tables(kind), share: shares, fixedSites: fc.boolean() });
    fc.assert(
      fc.property(cases, ({ table, share, fixedSites }) => {
        const targetWeight = Math.ceil(share * totalOf(table));
        const existing = fixedSites && table.sites.length > 2 ? [0] : [];
        const refused = fixedSites && table.sites.length > 2 ? [1] : [];
        const choice = choiceOf({ targetWeight, existing, refused });
        const opened = plainGreedy(table, choice);
        const keep = Math.min(targetWeight, coveredBy(table, [...existing, ...opened]));
        const expected = [...existing, ...plainPrune(table, existing, opened, keep)];
        const { steps } = selectSites(problemOfTable(table, 5), choice);
        expect(steps.map((step) => step.site)).toEqual(expected);
      }),
      { seed: 2, numRuns: 4000 },
    );
  });

  test(`the recount finds nothing wrong under any mixture of target, budget and count (${kind})`, () => {
    const cases = fc.record({ table: tables(kind), share: shares, budget: limits, maxSites: limits });
    fc.assert(
      fc.property(cases, ({ table, share, budget, maxSites }) => {
        run(table, { targetWeight: Math.ceil(share * totalOf(table)), budget, maxSites });
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test(`under a count of sites the result reaches 63 % of the best found by trying everything (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind, { maxSites: 9 }),
      maxSites: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ table, maxSites }) => {
        const { covered } = run(table, { maxSites });
        expect(covered).toBeGreaterThanOrEqual(
          (1 - 1 / Math.E) * bestOf(table, (sites) => sites.length <= maxSites),
        );
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  test(`under a budget the result reaches half of 63 % of the best found by trying everything (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind, { maxSites: 9 }),
      budget: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ table, budget }) => {
        const { covered } = run(table, { budget });
        const fits = (sites: readonly number[]) =>
          sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0) <= budget;
        expect(covered).toBeGreaterThanOrEqual(0.5 * (1 - 1 / Math.E) * bestOf(table, fits));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test(`shuffled sites give the same plan (${kind})`, () => {
    const cases = tables(kind).chain((table) =>
      fc.record({
        table: fc.constant(table),
        shuffled: fc.shuffledSubarray([...table.sites], { minLength: table.sites.length }),
        budget: limits,
        maxSites: limits,
      }),
    );
    fc.assert(
      fc.property(cases, ({ table, shuffled, budget, maxSites }) => {
        const targetWeight = Math.ceil(0.9 * totalOf(table));
        const changes = { targetWeight, budget, maxSites };
        expect(run({ ...table, sites: shuffled }, changes).ids).toEqual(run(table, changes).ids);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  test(`seven times the costs and the budget, or five times the weights and the target, change no choice (${kind})`, () => {
    const cases = fc.record({ table: tables(kind), budget: limits });
    fc.assert(
      fc.property(cases, ({ table, budget }) => {
        const targetWeight = Math.ceil(0.9 * totalOf(table));
        const plain = run(table, { targetWeight, budget });
        const dear = { ...table, sites: table.sites.map((site) => ({ ...site, cost: 7 * site.cost })) };
        const dearPlan = run(dear, { targetWeight, budget: budget === null ? null : 7 * budget });
        const heavy = { ...table, weights: table.weights.map((weight) => 5 * weight) };
        const heavyPlan = run(heavy, { targetWeight: 5 * targetWeight, budget });
        expect(dearPlan.ids).toEqual(plain.ids);
        expect(dearPlan.cost).toBe(7 * plain.cost);
        expect(heavyPlan.ids).toEqual(plain.ids);
        expect(heavyPlan.covered).toBe(5 * plain.covered);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test(`gain per yuan never grows along the order when nothing is pruned (${kind})`, () => {
    fc.assert(
      fc.property(tables(kind), (table) => {
        const order = plainGreedy(table, choiceOf());
        const { steps } = run(table, {});
        if (steps.length !== order.length) return;
        for (let index = 1; index < steps.length; index++) {
          const [before, after] = [steps[index - 1]!, steps[index]!];
          const [costBefore, costAfter] = [table.sites[before.site]!.cost, table.sites[after.site]!.cost];
          expect(before.gain * costAfter).toBeGreaterThanOrEqual(after.gain * costBefore);
        }
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test(`the ceiling bounds every plan, grows with a candidate and shrinks with a refusal (${kind})`, () => {
    fc.assert(
      fc.property(tables(kind), (table) => {
        const all = run(table, {});
        const without = run(table, { refused: [0] });
        expect(all.covered).toBe(all.ceiling);
        expect(without.ceiling).toBeLessThanOrEqual(all.ceiling);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  test(`an existing station never lowers what the same order of sites covers, nor raises what is still needed (${kind})`, () => {
    fc.assert(
      fc.property(tables(kind), (table) => {
        const targetWeight = Math.ceil(0.9 * totalOf(table));
        const choice = choiceOf({ targetWeight, existing: [0] });
        const [station] = selectSites(problemOfTable(table), choice).steps;
        expect(station!.gain).toBe(coveredBy(table, [0]));
        expect(run(table, { targetWeight, existing: [0] }).ceiling).toBe(
          run(table, { targetWeight }).ceiling,
        );
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  test(`sites in several blocks of 64 are chosen as plainly as those of one (${kind})`, () => {
    const many = tables(kind, { minSites: 130, maxSites: 150, minItems: 40, maxItems: 60 });
    const cases = fc.record({ table: many, share: shares });
    fc.assert(
      fc.property(cases, ({ table, share }) => {
        const targetWeight = Math.ceil(share * coveredBy(table, [...table.sites.keys()]));
        const choice = choiceOf({ targetWeight, existing: [64], refused: [129, 0] });
        const opened = plainGreedy(table, choice);
        const keep = Math.min(targetWeight, coveredBy(table, [64, ...opened]));
        const problem = problemOfTable(table, 9);
        const selection = selectSites(problem, choice);
        expect(checkSelection(problem, choice, selection)).toEqual([]);
        expect(selection.steps.map((step) => step.site)).toEqual([
          64,
          ...plainPrune(table, [64], opened, keep),
        ]);
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  test(`a problem asked again with other choices answers as a fresh one (${kind})`, () => {
    const choices = [{}, { refused: [0] }, { existing: [0] }, { refused: [0, 1] }, { budget: 4 }, {}];
    fc.assert(
      fc.property(tables(kind, { minSites: 2 }), (table) => {
        const problem = problemOfTable(table, 5);
        const targetWeight = Math.ceil(0.8 * totalOf(table));
        for (const changes of choices) {
          const choice = choiceOf({ targetWeight, ...changes });
          expect(selectSites(problem, choice)).toEqual(selectSites(problemOfTable(table, 5), choice));
        }
      }),
      { seed: 12, numRuns: 200 },
    );
  });
}

function bestOf(table: Table, allowed: (sites: readonly number[]) => boolean): number {
  let best = 0;
  for (let mask = 0; mask < 1 << table.sites.length; mask++) {
    const sites = table.sites.map((_, index) => index).filter((index) => mask & (1 << index));
    if (allowed(sites)) best = Math.max(best, coveredBy(table, sites));
  }
  return best;
}
