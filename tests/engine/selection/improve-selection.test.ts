// The improvement search on the hand examples of the selection reference (15.1, 15.2) and against complete enumeration.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullWorth } from '../../../engine/selection/cover/full-worth.ts';
import { improveSelection } from '../../../engine/selection/search/improve-selection.ts';
import type {
  SelectionChoice,
  SelectionProblem,
  SelectionRules,
} from '../../../engine/selection/selection-problem.ts';
import { threeSites } from './guide-examples.ts';
import {
  type CoverKind,
  choiceOf,
  coveredBy,
  coverKinds,
  problemOfTable,
  type Table,
  tables,
} from './table-problem.ts';

const [A, B, G] = [0, 1, 2];

describe.each(coverKinds)('over %s', (kind) => {
  test('five of six bins: 66 yuan of the greedy plan become the best possible 60', () => {
    const problem = problemOfTable(threeSites, kind);
    const choice = choiceOf({ required: [5] });
    for (let seed = 1; seed <= 20; seed++)
      expect(improveSelection(problem, choice, [G, A], null, { steps: 100, seed }).sites).toEqual([A, B]);
  });

  test('a budget of 60: the trap of the best ratio is left for the pair that covers everything', () => {
    const problem = problemOfTable(threeSites, kind);
    const choice = choiceOf({ budget: 60 });
    for (let seed = 1; seed <= 20; seed++)
      expect(improveSelection(problem, choice, [G], null, { steps: 100, seed }).sites).toEqual([A, B]);
  });

  test('two sites at the most: the pair that covers everything', () => {
    const problem = problemOfTable(threeSites, kind);
    const choice = choiceOf({ maxSites: 2 });
    for (let seed = 1; seed <= 20; seed++)
      expect(improveSelection(problem, choice, [G, A], null, { steps: 100, seed }).sites).toEqual([A, B]);
  });

  test('no steps, no change', () => {
    const problem = problemOfTable(threeSites, kind);
    const result = improveSelection(problem, choiceOf({ required: [5] }), [G, A], null, {
      steps: 0,
      seed: 1,
    });
    expect(result).toEqual({ sites: [A, G], steps: 0 });
  });

  test('every rule, lock and duty is kept, the plan is never worse than its start, and nearly always the best there is', () => {
    const sample = fc.sample(cases(kind), { seed: 11, numRuns: 200 });
    let best = 0;
    for (const { table, choice, pick } of sample) {
      const problem = problemOfTable(table, kind);
      const plans = allowedPlans(table, problem, choice);
      if (plans.length === 0) {
        best++;
        continue;
      }
      const start = plans[pick % plans.length]!;
      const { sites } = improveSelection(problem, choice, start.sites, null, { steps: 400, seed: 3 });
      const found = plans.find((plan) => plan.sites.join() === sites.join());
      expect(found, `${sites} is not allowed`).toBeDefined();
      expect(compareValues(found!.value, start.value)).toBeLessThanOrEqual(0);
      for (let target = 0; target < choice.required.length; target++)
        if (start.covered[target]! >= choice.required[target]!)
          expect(found!.covered[target]).toBeGreaterThanOrEqual(choice.required[target]!);
      const optimum = plans.reduce((a, b) => (compareValues(b.value, a.value) < 0 ? b : a));
      if (compareValues(found!.value, optimum.value) === 0) best++;
    }
    expect(best / sample.length).toBeGreaterThan(0.97);
  });
});

describe.each(['graded', 'strict'] as const)('bins that need several sites, counted %s', (counts) => {
  test('the duty is kept, the plan is never dearer than its start, and mostly the cheapest there is', () => {
    const kind = counts === 'graded' ? 'runs' : 'lists';
    const needs = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 16, maxLength: 16 });
    const sample = fc.sample(
      fc.tuple(tables('yes or no', { minSites: 5, maxSites: 8, minItems: 4 }), needs, fc.nat()),
      { seed: 6, numRuns: 150 },
    );
    let best = 0;
    for (const [plain, sites, pick] of sample) {
      const table: Table = { ...plain, fold: { sites: sites.slice(0, plain.weights.length), counts } };
      const problem = problemOfTable(table, kind);
      const full = fullWorth(problem);
      const all = table.sites.map((_, site) => site);
      const required = Math.floor(0.7 * foldedWorth(table, all, full));
      const plans = Array.from({ length: 1 << all.length }, (_, mask) =>
        all.filter((site) => (mask >> site) & 1),
      ).filter((plan) => foldedWorth(table, plan, full) >= required);
      const start = plans[pick % plans.length]!;
      const found = improveSelection(problem, choiceOf({ required: [required] }), start, null, {
        steps: 400,
        seed: 3,
      }).sites;
      expect(foldedWorth(table, found, full)).toBeGreaterThanOrEqual(required);
      expect(costOf(table, found)).toBeLessThanOrEqual(costOf(table, start));
      const cheapest = Math.min(...plans.map((plan) => costOf(table, plan)));
      if (costOf(table, found) === cheapest) best++;
    }
    expect(best / sample.length).toBeGreaterThan(0.95);
  });
});

test('stopped at any moment it gives a plan that keeps everything, and tells its steps', () => {
  const town = randomTown(60, 40);
  const problem = problemOfTable(town, 'runs');
  const choice = choiceOf({ required: [36] });
  const all = town.sites.map((_, site) => site);
  let last = Infinity;
  for (const slices of [0, 1, 2, 5, 9]) {
    let asked = 0;
    const stopped = improveSelection(
      problem,
      choice,
      all,
      null,
      { steps: 4000, seed: 7 },
      {
        shouldStop: () => asked++ >= slices,
      },
    );
    expect(coveredBy(town, stopped.sites)).toBeGreaterThanOrEqual(36);
    expect(stopped.steps).toBeLessThan(4000);
    const cost = costOf(town, stopped.sites);
    expect(cost).toBeLessThanOrEqual(last);
    last = cost;
    const again = improveSelection(problem, choice, all, null, { steps: stopped.steps, seed: 7 });
    expect(again.sites).toEqual(stopped.sites);
  }
  expect(last).toBeLessThan(costOf(town, all) / 2);
});

test('the same steps and seed give the same plan', () => {
  const town = randomTown(60, 40);
  const problem = problemOfTable(town, 'runs');
  const all = town.sites.map((_, site) => site);
  const run = () =>
    improveSelection(problem, choiceOf({ required: [36] }), all, null, { steps: 500, seed: 5 });
  expect(run()).toEqual(run());
});

test('news tell a cost that never rises and steps that do', () => {
  const town = randomTown(60, 40);
  const costs: number[] = [];
  const steps: number[] = [];
  const all = town.sites.map((_, site) => site);
  improveSelection(
    problemOfTable(town, 'runs'),
    choiceOf({ required: [36] }),
    all,
    null,
    { steps: 1000, seed: 5 },
    {
      onNews: ({ cost, done }) => {
        costs.push(cost!);
        steps.push(done);
      },
    },
  );
  expect(costs.length).toBeGreaterThan(3);
  expect(costs).toEqual([...costs].sort((a, b) => b - a));
  expect(steps.at(-1)).toBe(1000);
});

interface Case {
  readonly table: Table;
  readonly choice: SelectionChoice;
  /** Which allowed plan to start from. */
  readonly pick: number;
}

/** Tiny problems with a share to reach, or a limit, or both; half of them with places, some with rules, locks and a second target. */
function cases(kind: CoverKind): fc.Arbitrary<Case> {
  const sites = 8;
  return fc
    .record({
      plain: tables(kind === 'grades' ? 'grades' : 'yes or no', {
        minSites: 3,
        maxSites: sites,
        minItems: 4,
      }),
      places: fc.option(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 })), {
          minLength: sites,
          maxLength: sites,
        }),
        { nil: undefined },
      ),
      second: fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 }), {
        nil: undefined,
      }),
      share: fc.constantFrom(0.5, 0.8, 1),
      secondShare: fc.constantFrom(0.5, 0.8),
      limit: fc.constantFrom('none' as const, 'none' as const, 'money' as const, 'count' as const),
      limitSize: fc.integer({ min: 1, max: 6 }),
      roles: fc.array(fc.constantFrom('existing', 'locked', 'refused', '', '', '', '', ''), {
        minLength: sites,
        maxLength: sites,
      }),
      rule: fc.constantFrom('none' as const, 'spacing' as const, 'most' as const, 'least' as const),
      pick: fc.nat(),
    })
    .map(({ plain, places, second, share, secondShare, limit, limitSize, roles, rule, pick }) => {
      const count = plain.sites.length;
      const table: Table = {
        ...plain,
        ...(places ? { places: places.slice(0, count) } : {}),
        ...(second ? { moreTargets: [second.slice(0, plain.weights.length)] } : {}),
      };
      const all = table.sites.map((_, site) => site);
      const withRole = (role: string) => all.filter((site) => roles[site] === role);
      const group = all.filter((site) => site % 2 === 0);
      const rules: SelectionRules = {
        spacingM: rule === 'spacing' && places ? new Float64Array(count).fill(150) : null,
        groups:
          rule === 'most' || rule === 'least'
            ? [
                {
                  id: 'even',
                  sites: group,
                  leastSites: rule === 'least' ? 2 : null,
                  mostSites: rule === 'most' ? 2 : null,
                  mostCost: null,
                },
              ]
            : [],
      };
      const reachable = coveredBy(
        table,
        all.filter((site) => roles[site] !== 'refused'),
      );
      const secondReachable = second ? coveredBy({ ...table, weights: second }, all) : 0;
      return {
        table,
        choice: choiceOf({
          required: [
            limit === 'none' ? Math.floor(share * reachable) : Number.MAX_SAFE_INTEGER,
            ...(second ? [Math.floor(secondShare * secondReachable)] : []),
          ],
          budget: limit === 'money' ? 2 * limitSize : null,
          maxSites: limit === 'count' ? Math.ceil(limitSize / 2) : null,
          existing: withRole('existing'),
          locked: withRole('locked'),
          refused: withRole('refused'),
          rules,
        }),
        pick,
      };
    });
}

interface Plan {
  readonly sites: readonly number[];
  readonly covered: readonly number[];
  /** Smaller is better, first entry first. */
  readonly value: readonly number[];
}

/** All plans that keep rules, limits and the duties that can be had, by trying everything. */
function allowedPlans(table: Table, problem: SelectionProblem, choice: SelectionChoice): Plan[] {
  const isLimited = choice.budget !== null || choice.maxSites !== null;
  const free = table.sites
    .map((_, site) => site)
    .filter((site) => ![...choice.existing, ...choice.locked, ...choice.refused].includes(site));
  const plans: Plan[] = [];
  for (let mask = 0; mask < 1 << free.length; mask++) {
    const sites = free.filter((_, index) => (mask >> index) & 1);
    const bought = [...sites, ...choice.locked];
    const open = [...bought, ...choice.existing];
    const cost = costOf(table, bought);
    if (cost > (choice.budget ?? Infinity) || bought.length > (choice.maxSites ?? Infinity)) continue;
    if (!keepsRules(problem, choice, bought, sites)) continue;
    const covered = [table.weights, ...(table.moreTargets ?? [])].map((weights) =>
      coveredBy({ ...table, weights }, open),
    );
    const from = isLimited ? 1 : 0;
    if (covered.some((worth, target) => target >= from && worth < choice.required[target]!)) continue;
    plans.push({ sites, covered, value: isLimited ? [-covered[0]!] : [cost] });
  }
  return plans;
}

function keepsRules(
  { places }: SelectionProblem,
  { existing, rules: { groups, spacingM } }: SelectionChoice,
  bought: readonly number[],
  sites: readonly number[],
): boolean {
  for (const group of groups) {
    const count = bought.filter((site) => group.sites.includes(site)).length;
    if (count < (group.leastSites ?? 0)) return false;
    const isOverfilled = count > (group.mostSites ?? Infinity);
    if (isOverfilled) return false;
  }
  if (spacingM === null || places === null) return true;
  return sites.every((site) =>
    [...bought, ...existing].every((other) => {
      const eastward = places.eastM[site]! - places.eastM[other]!;
      const northward = places.northM[site]! - places.northM[other]!;
      return other === site || eastward ** 2 + northward ** 2 >= 150 ** 2;
    }),
  );
}

function foldedWorth({ weights, sites, fold }: Table, open: readonly number[], full: number): number {
  return weights.reduce((sum, weight, item) => {
    const count = open.filter((site) => sites[site]!.items.includes(item + 1)).length;
    const needed = fold!.sites[item]!;
    if (fold!.counts === 'strict') return sum + (count >= needed ? weight : 0);
    return sum + (weight * full * Math.min(count, needed)) / needed;
  }, 0);
}

const costOf = (table: Table, sites: readonly number[]) =>
  sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);

function compareValues(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return a[index]! - b[index]!;
  return 0;
}

/** Stretches of three to seven items on a line, as places beside it. */
function randomTown(sites: number, items: number): Table {
  const [numbers] = fc.sample(
    fc.array(fc.tuple(fc.nat(items - 1), fc.integer({ min: 3, max: 7 }), fc.integer({ min: 5, max: 20 })), {
      minLength: sites,
      maxLength: sites,
    }),
    { seed: 2, numRuns: 1 },
  );
  return {
    weights: Array.from({ length: items }, () => 1),
    sites: numbers!.map(([first, length, cost], site) => ({
      id: `s${site}`,
      items: Array.from({ length: Math.min(length, items - first) }, (_, index) => first + index + 1),
      cost,
    })),
    places: numbers!.map(([first]) => [first * 50, 0] as const),
  };
}
