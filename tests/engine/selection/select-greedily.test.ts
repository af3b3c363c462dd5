// Greedy selection: the hand examples of the selection reference (section 15), then laws on thousands of tiny instances.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectGreedily } from '../../../engine/selection/search/select-greedily.ts';
import {
  noRules,
  type SelectionChoice,
  type SiteGroup,
} from '../../../engine/selection/selection-problem.ts';
import { threeSites as example } from './guide-examples.ts';
import { plainGreedy, plainPrune } from './plain-greedy.ts';
import { coveredOf, randomCase } from './random-case.ts';
import {
  choiceOf,
  coveredBy,
  coverKinds,
  kinds,
  problemOfTable,
  type Table,
  tables,
  totalOf,
} from './table-problem.ts';

const idsOf = (table: Table, sites: readonly number[]) => sites.map((site) => table.sites[site]!.id);
const costOf = (table: Table, sites: readonly number[]) =>
  sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);

for (const cover of coverKinds) {
  const choose = (table: Table, changes: Partial<SelectionChoice>) =>
    idsOf(table, selectGreedily(problemOfTable(table, cover), choiceOf(changes)));

  test(`six of six: greedy opens G, A, B and pruning closes G (15.1, ${cover})`, () => {
    expect(choose(example, { required: [6] })).toEqual(['A', 'B']);
  });

  test(`five of six: G, then A by the smaller id, and nothing can be pruned (15.1, ${cover})`, () => {
    expect(choose(example, { required: [5] })).toEqual(['G', 'A']);
  });

  test(`four of six: one site is enough (15.1, ${cover})`, () => {
    expect(choose(example, { required: [4] })).toEqual(['G']);
  });

  test(`a budget of 60 ends with G, and one of 36 as well (15.2, ${cover})`, () => {
    expect(choose(example, { budget: 60 })).toEqual(['G']);
    expect(choose(example, { budget: 36 })).toEqual(['G']);
  });

  test(`two areas: each is cut off at its duty and counted in shares of it (15.3, ${cover})`, () => {
    const table: Table = {
      weights: [1, 1, 1, 1, 1, 1],
      moreTargets: [
        [1, 1, 1, 1, 0, 0],
        [0, 0, 0, 0, 1, 1],
      ],
      sites: [
        { id: 's1', items: [1, 2, 3, 4], cost: 4 },
        { id: 's2', items: [5, 6], cost: 3 },
        { id: 's3', items: [1, 2, 5], cost: 2 },
        { id: 's4', items: [3, 6], cost: 2 },
      ],
    };
    expect(choose(table, { required: [0, 3, 2] })).toEqual(['s3', 's4']);
  });
}

test('a bin that needs two sites: the graded count pays each half, the strict one both together (15.7)', () => {
  const site = (id: string) => ({ id, items: [1], cost: 1 });
  for (const counts of ['graded', 'strict'] as const) {
    const table: Table = {
      weights: [6],
      sites: [site('a'), site('b'), site('c')],
      fold: { sites: [2], counts },
    };
    const full = counts === 'graded' ? 12 : 6;
    for (const cover of ['runs', 'lists'] as const)
      expect(
        idsOf(table, selectGreedily(problemOfTable(table, cover), choiceOf({ required: [full] }))),
      ).toEqual(['a', 'b']);
  }
});

test('under a budget a cheap crumb does not keep the large site out', () => {
  const table: Table = {
    weights: [1, 50, 50],
    sites: [
      { id: 'crumb', items: [1], cost: 1 },
      { id: 'large', items: [2, 3], cost: 1000 },
    ],
  };
  expect(idsOf(table, selectGreedily(problemOfTable(table), choiceOf({ budget: 1000 })))).toEqual(['large']);
});

test('sites that cost nothing are taken before all others while they add something', () => {
  const table: Table = {
    weights: [1, 5, 5],
    sites: [
      { id: 'dear', items: [2, 3], cost: 1 },
      { id: 'free', items: [1], cost: 0 },
      { id: 'free-and-useless', items: [], cost: 0 },
    ],
  };
  expect(idsOf(table, selectGreedily(problemOfTable(table), choiceOf()))).toEqual(['free', 'dear']);
});

test('ties go to the higher gain, then to the smaller id in string order', () => {
  const table: Table = {
    weights: [1, 1, 1, 1, 1, 1],
    sites: [
      { id: 'b2', items: [1, 2], cost: 2 },
      { id: 'b10', items: [3, 4], cost: 2 },
      { id: 'a', items: [5], cost: 1 },
    ],
  };
  const chosen = selectGreedily(problemOfTable(table), choiceOf({ required: [5] }));
  expect(idsOf(table, chosen)).toEqual(['b10', 'b2', 'a']);
});

test('a site too near an open one waits, and one exempt from spacing does not', () => {
  const table: Table = {
    weights: [4, 3, 2, 1],
    sites: [1, 2, 3, 4].map((item) => ({ id: `s${item}`, items: [item], cost: 1 })),
    places: [
      [0, 0],
      [99, 0],
      [0, 100],
      [0, 0],
    ],
  };
  const spacingM = Float64Array.of(100, 100, 100, 0);
  const choice = choiceOf({ rules: { ...noRules, spacingM } });
  expect(idsOf(table, selectGreedily(problemOfTable(table), choice))).toEqual(['s1', 's3', 's4']);
});

test('a group gets its least after the share holds, by gain per yuan, and what it makes needless is closed', () => {
  const table: Table = {
    weights: [5, 5],
    sites: [
      { id: 'wide', items: [1, 2], cost: 10 },
      { id: 'left', items: [1], cost: 9 },
      { id: 'right', items: [2], cost: 8 },
    ],
  };
  const group = (leastSites: number): SiteGroup => ({
    id: 'town',
    sites: [1, 2],
    leastSites,
    mostSites: null,
    mostCost: null,
  });
  const choose = (leastSites: number) =>
    idsOf(
      table,
      selectGreedily(
        problemOfTable(table),
        choiceOf({ required: [10], rules: { ...noRules, groups: [group(leastSites)] } }),
      ),
    );
  expect(choose(1)).toEqual(['wide', 'right']);
  expect(choose(2)).toEqual(['right', 'left']);
});

test('a group keeps its room under a budget that greedy alone would spend elsewhere', () => {
  const table: Table = {
    weights: [9, 1],
    sites: [
      { id: 'best', items: [1], cost: 6 },
      { id: 'must', items: [2], cost: 5 },
    ],
  };
  const groups = [{ id: 'town', sites: [1], leastSites: 1, mostSites: null, mostCost: null }];
  const choice = choiceOf({ budget: 10, rules: { ...noRules, groups } });
  expect(idsOf(table, selectGreedily(problemOfTable(table), choice))).toEqual(['must']);
});

const shares = fc.constantFrom(0, 0.3, 0.5, 0.8, 0.95, 1);
const limits = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });

for (const kind of kinds) {
  test(`lazy greedy with lazy pruning equals the plainly written ones on 3000 tiny instances (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind),
      share: shares,
      fixedSites: fc.boolean(),
      cover: fc.constantFrom(...(kind === 'grades' ? (['grades'] as const) : coverKinds)),
    });
    fc.assert(
      fc.property(cases, ({ table, share, fixedSites, cover }) => {
        const required = [Math.ceil(share * totalOf(table))];
        const existing = fixedSites && table.sites.length > 2 ? [0] : [];
        const refused = fixedSites && table.sites.length > 2 ? [1] : [];
        const choice = choiceOf({ required, existing, refused });
        const opened = plainGreedy(table, choice);
        const keep = Math.min(required[0]!, coveredBy(table, [...existing, ...opened]));
        const expected = plainPrune(table, existing, opened, [keep]);
        expect(selectGreedily(problemOfTable(table, cover, 5), choice)).toEqual(expected);
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  test(`sites in several blocks of 64 are chosen as plainly as those of one (${kind})`, () => {
    const many = tables(kind, { minSites: 130, maxSites: 150, minItems: 40, maxItems: 60 });
    fc.assert(
      fc.property(fc.record({ table: many, share: shares }), ({ table, share }) => {
        const required = [Math.ceil(share * coveredBy(table, [...table.sites.keys()]))];
        const choice = choiceOf({ required, existing: [64], refused: [129, 0] });
        const opened = plainGreedy(table, choice);
        const keep = Math.min(required[0]!, coveredBy(table, [64, ...opened]));
        const chosen = selectGreedily(problemOfTable(table, 'grades', 9), choice);
        expect(chosen).toEqual(plainPrune(table, [64], opened, [keep]));
      }),
      { seed: 11, numRuns: 10 },
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
        const choice = choiceOf({ required: [Math.ceil(0.9 * totalOf(table))], budget, maxSites });
        const other = { ...table, sites: shuffled };
        expect(idsOf(other, selectGreedily(problemOfTable(other), choice))).toEqual(
          idsOf(table, selectGreedily(problemOfTable(table), choice)),
        );
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  test(`seven times the costs and the budget, or five times the weights and the share, change no choice (${kind})`, () => {
    fc.assert(
      fc.property(fc.record({ table: tables(kind), budget: limits }), ({ table, budget }) => {
        const required = Math.ceil(0.9 * totalOf(table));
        const plain = selectGreedily(problemOfTable(table), choiceOf({ required: [required], budget }));
        const dear = { ...table, sites: table.sites.map((site) => ({ ...site, cost: 7 * site.cost })) };
        const dearBudget = budget === null ? null : 7 * budget;
        const heavy = { ...table, weights: table.weights.map((weight) => 5 * weight) };
        expect(
          selectGreedily(problemOfTable(dear), choiceOf({ required: [required], budget: dearBudget })),
        ).toEqual(plain);
        expect(selectGreedily(problemOfTable(heavy), choiceOf({ required: [5 * required], budget }))).toEqual(
          plain,
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test(`under a count of sites it covers 63 % of the best found by trying everything (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind, { maxSites: 9 }),
      maxSites: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ table, maxSites }) => {
        const chosen = selectGreedily(problemOfTable(table), choiceOf({ maxSites }));
        const best = bestOf(table, (sites) => sites.length <= maxSites);
        expect(chosen.length).toBeLessThanOrEqual(maxSites);
        expect(coveredBy(table, chosen)).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  test(`under a budget it covers half of 63 % of the best found by trying everything (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind, { maxSites: 9 }),
      budget: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ table, budget }) => {
        const chosen = selectGreedily(problemOfTable(table), choiceOf({ budget }));
        const best = bestOf(table, (sites) => costOf(table, sites) <= budget);
        expect(costOf(table, chosen)).toBeLessThanOrEqual(budget);
        expect(coveredBy(table, chosen)).toBeGreaterThanOrEqual(0.5 * (1 - 1 / Math.E) * best);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
}

test('several duties and bins that need several sites: lazy equals plain on 3000 random problems without rules', () => {
  let compared = 0;
  for (let seed = 0; seed < 3000; seed++) {
    const { table, problem, choice } = randomCase(seed, { rules: false });
    if (table.fold?.counts === 'strict') continue;
    const fixed = [...choice.existing, ...choice.locked];
    const free = { ...choice, budget: null, maxSites: null };
    const opened = plainGreedy(table, free);
    const covered = coveredOf(table, [...fixed, ...opened]);
    if (covered.some((worth, target) => worth < choice.required[target]!)) continue;
    const expected = plainPrune(table, fixed, opened, choice.required);
    expect(selectGreedily(problem, free), `seed ${seed}`).toEqual(expected);
    compared++;
  }
  expect(compared).toBeGreaterThan(2000);
});

test('going on from a plan closes what is not needed and opens what is missing', () => {
  const problem = problemOfTable(example);
  expect(selectGreedily(problem, choiceOf({ required: [6] }), { from: [0, 2] })).toEqual([0, 1]);
  expect(selectGreedily(problem, choiceOf({ required: [3] }), { from: [0, 1, 2] })).toHaveLength(1);
});

test('prices lead greedy to the plan they belong to (15.1: five of six for 60, not 66)', () => {
  const problem = problemOfTable(example);
  const perTarget = [12];
  const binFactor = new Float32Array(problem.cover.binCount).fill(1);
  const siteFactor = Float64Array.of(1.05, 1.05, 0.05);
  const choice = choiceOf({ required: [5] });
  expect(
    idsOf(example, selectGreedily(problem, choice, { guide: { perTarget, binFactor, siteFactor } })),
  ).toEqual(['A', 'B']);
});

function bestOf(table: Table, allowed: (sites: readonly number[]) => boolean): number {
  let best = 0;
  for (let mask = 0; mask < 1 << table.sites.length; mask++) {
    const sites = table.sites.map((_, index) => index).filter((index) => mask & (1 << index));
    if (allowed(sites)) best = Math.max(best, coveredBy(table, sites));
  }
  return best;
}
