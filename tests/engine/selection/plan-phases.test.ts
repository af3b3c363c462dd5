// Years: nested plans that keep every limit, planned from the end, compared with trying everything on tiny tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlanningError } from '../../../engine/model/planning-error.ts';
import type { Effort } from '../../../engine/selection/effort.ts';
import type { PhasedSelection, PhasePlan, PhaseYear } from '../../../engine/selection/phases/phase-plan.ts';
import { planPhases } from '../../../engine/selection/phases/plan-phases.ts';
import { noRules } from '../../../engine/selection/selection-problem.ts';
import { threeSites as example } from './guide-examples.ts';
import { coveredBy, problemOfTable, type Table, tables, totalOf } from './table-problem.ts';

const effort: Effort = { priceSteps: 60, improveSteps: 200, seed: 1 };

const yearOf = (id: string, changes: Partial<PhaseYear> = {}): PhaseYear => ({
  id,
  required: [0],
  budget: null,
  maxSites: null,
  demolished: [],
  importance: 1,
  targets: null,
  ...changes,
});

const planOf = (years: readonly PhaseYear[], changes: Partial<PhasePlan> = {}): PhasePlan => ({
  years,
  choice: { existing: [], locked: [], refused: [], rules: noRules },
  availableFrom: null,
  order: 'final-first',
  ...changes,
});

const twoYears = [yearOf('1', { budget: 36 }), yearOf('2', { required: [6] })];
const idsOf = (phased: PhasedSelection, table: Table = example) =>
  phased.years.map(({ opened }) => opened.map((site) => table.sites[site]!.id).join(' '));

test('final first opens A, then B, for 60 yuan in all (selection reference, 15.5)', () => {
  const phased = planPhases(problemOfTable(example, 'runs'), planOf(twoYears), effort);
  expect(idsOf(phased)).toEqual(['A', 'B']);
  expect(phased.years.map(({ covered }) => covered[0])).toEqual([3, 6]);
  expect(phased.cost).toBe(60);
  expect(phased.years.map(({ status }) => status)).toEqual(['reached', 'reached']);
});

test('year by year opens G first and pays 96 yuan in the end (selection reference, 15.5)', () => {
  const phased = planPhases(problemOfTable(example, 'runs'), planOf(twoYears, { order: 'myopic' }), effort);
  expect(idsOf(phased)[0]).toBe('G');
  expect(phased.years[0]!.covered).toEqual([4]);
  expect(phased.cost).toBe(96);
});

test('the bounds of the example: 4 bins for 36 yuan, 60 yuan for all six', () => {
  const { years } = planPhases(problemOfTable(example, 'runs'), planOf(twoYears), {
    ...effort,
    priceSteps: 800,
  });
  expect(years[0]!.mostCovered!.bound).toBe(4);
  expect(years[0]!.leastCost).toBeNull();
  expect(years[1]!.leastCost!.bound).toBeGreaterThanOrEqual(58);
  expect(years[1]!.leastCost!.bound).toBeLessThanOrEqual(60);
});

test('an early share that the final set holds is kept with sites of the final set', () => {
  const years = [yearOf('1', { required: [3], budget: 30 }), yearOf('2', { required: [6] })];
  const phased = planPhases(problemOfTable(example), planOf(years), effort);
  expect(phased.years[0]!.status).toBe('reached');
  expect(phased.cost).toBe(60);
});

test('an early share that only another site can pay for is forced, and the last year is solved around it', () => {
  const years = [yearOf('1', { required: [4], budget: 36 }), yearOf('2', { required: [6] })];
  const phased = planPhases(problemOfTable(example), planOf(years), effort);
  expect(idsOf(phased)[0]).toBe('G');
  expect(phased.years.map(({ status }) => status)).toEqual(['reached', 'reached']);
  expect(phased.cost).toBe(96);
});

test('an early share that would break the last year is given up and says so', () => {
  const years = [yearOf('1', { required: [4], budget: 36 }), yearOf('2', { required: [6], budget: 60 })];
  const phased = planPhases(problemOfTable(example), planOf(years), effort);
  expect(phased.years.map(({ status }) => status)).toEqual(['years-bind', 'reached']);
  expect(phased.years[0]!.missing).toEqual([1]);
  expect(phased.cost).toBe(60);
});

test('a year whose money cannot pay its share says budget-spent, one beyond radio not-reachable', () => {
  const statusOf = (required: number, budget: number | null) =>
    planPhases(
      problemOfTable(example),
      planOf([
        yearOf('1', { required: [required], budget }),
        yearOf('2', { required: [Math.max(6, required)] }),
      ]),
      effort,
    ).years.map(({ status }) => status);
  expect(statusOf(5, 36)).toEqual(['budget-spent', 'reached']);
  expect(statusOf(7, null)).toEqual(['not-reachable', 'not-reachable']);
});

test('a site opens no earlier than it is available', () => {
  const years = [yearOf('1', { maxSites: 1 }), yearOf('2', { required: [6] })];
  for (const order of ['final-first', 'myopic'] as const) {
    const plan = planOf(years, { availableFrom: [1, 0, 1], order });
    expect(idsOf(planPhases(problemOfTable(example), plan, effort))).toEqual(['B', 'A']);
  }
});

test('a station that goes takes its coverage with it, and its neighbours may open from then on', () => {
  const table: Table = {
    weights: [2, 1],
    sites: [
      { id: 'old', items: [1], cost: 0 },
      { id: 'new', items: [1], cost: 5 },
      { id: 'far', items: [2], cost: 4 },
    ],
    places: [
      [0, 0],
      [50, 0],
      [900, 0],
    ],
  };
  const years = [
    yearOf('1', { required: [2], maxSites: 2 }),
    yearOf('2', { required: [3], demolished: [0] }),
  ];
  const rules = { spacingM: Float64Array.of(100, 100, 100), groups: [] };
  const choice = { existing: [0], locked: [], refused: [], rules };
  const phased = planPhases(problemOfTable(table), planOf(years, { choice }), effort);
  expect(idsOf(phased, table)).toEqual(['far', 'new']);
  expect(phased.years.map(({ covered, cost }) => [covered[0], cost])).toEqual([
    [3, 4],
    [3, 9],
  ]);
});

test('a locked site opens by the last year and its money is kept for it', () => {
  const years = [yearOf('1', { budget: 40 }), yearOf('2', { budget: 66 })];
  const choice = { existing: [], locked: [2], refused: [], rules: noRules };
  for (const order of ['final-first', 'myopic'] as const) {
    const plan = planOf(years, { choice, availableFrom: [0, 0, 1], order });
    const phased = planPhases(problemOfTable(example), plan, effort);
    expect(phased.years.flatMap(({ opened }) => opened)).toContain(2);
    expect(phased.cost).toBe(66);
  }
});

test('demand of a year of its own is what that year is judged by', () => {
  const problem = problemOfTable(example);
  const lateOnly = problemOfTable({ ...example, weights: [0, 0, 0, 5, 5, 5] }).targets;
  const years = [yearOf('1', { budget: 30, targets: lateOnly }), yearOf('2', { required: [6] })];
  expect(idsOf(planPhases(problem, planOf(years), effort))).toEqual(['B', 'A']);
});

test('a site that adds most per yuan gives way to a dearer one that fills the money of the year better', () => {
  const table: Table = {
    weights: [7, 10],
    sites: [
      { id: 'small', items: [1], cost: 6 },
      { id: 'large', items: [2], cost: 10 },
    ],
  };
  const years = [yearOf('1', { budget: 10 }), yearOf('2', { required: [17] })];
  const openedWith = (improveSteps: number) =>
    idsOf(planPhases(problemOfTable(table), planOf(years), { ...effort, improveSteps }), table);
  expect(openedWith(0)).toEqual(['small', 'large']);
  expect(openedWith(20)).toEqual(['large', 'small']);
});

test('the worth of a plan counts every year by its importance', () => {
  const table: Table = {
    weights: [9, 4, 8],
    sites: [
      { id: 'wide', items: [1], cost: 2 },
      { id: 'near', items: [2], cost: 1 },
      { id: 'last', items: [3], cost: 8 },
    ],
  };
  const worthOf = (importance: number) => {
    const years = [
      yearOf('1', { maxSites: 1, importance }),
      yearOf('2', { maxSites: 2 }),
      yearOf('3', { required: [21] }),
    ];
    const { years: planned, worth } = planPhases(problemOfTable(table), planOf(years), effort);
    return [planned.map(({ covered }) => covered[0]), worth];
  };
  expect(worthOf(1)).toEqual([[9, 17, 21], 47]);
  expect(worthOf(0)[1]).toBe(38);
});

test('years that cannot be meant are refused by name', () => {
  const problem = problemOfTable(example);
  const codeOf = (years: readonly PhaseYear[]) => {
    try {
      planPhases(problem, planOf(years), effort);
    } catch (error) {
      return error instanceof PlanningError ? error.code : error;
    }
    return null;
  };
  expect(codeOf([])).toBe('SELECTION_PHASE_EMPTY');
  expect(codeOf([yearOf('1', { budget: 40 }), yearOf('2'), yearOf('3', { budget: 39 })])).toBe(
    'SELECTION_PHASES_ORDER',
  );
  expect(codeOf([yearOf('1', { required: [3] }), yearOf('2', { required: [2] })])).toBe(
    'SELECTION_PHASES_ORDER',
  );
  expect(codeOf([yearOf('1', { demolished: [1] })])).toBe('SELECTION_PHASE_DEMOLISHED');
  expect(codeOf([yearOf('1', { importance: Number.NaN })])).toBe('SELECTION_PHASE_IMPORTANCE');
  expect(codeOf([yearOf('1', { budget: -1 })])).toBe('SELECTION_BUDGET_RANGE');
});

/** Two years on a small table: money for the first, shares for both. */
const cases = fc
  .constantFrom('yes or no' as const, 'grades' as const)
  .chain((kind) =>
    fc.tuple(tables(kind, { minSites: 2, maxSites: 6 }), fc.nat(12), fc.nat(100), fc.nat(100)),
  );

function caseOf([table, budget, early, late]: readonly [Table, number, number, number]) {
  const ceiling = coveredBy(table, [...table.sites.keys()]);
  const final = Math.floor((ceiling * late) / 100);
  const first = Math.floor((final * early) / 200);
  return { table, budget, first, final };
}

test('plans are nested, keep every limit, count right, reach the last share where any plan does, and stay under their bounds', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom('final-first' as const, 'myopic' as const), (drawn, order) => {
      const { table, budget, first, final } = caseOf(drawn);
      const years = [yearOf('1', { required: [first], budget }), yearOf('2', { required: [final] })];
      const phased = planPhases(problemOfTable(table), planOf(years, { order }), effort);
      const [one, two] = phased.years as [PhasedSelection['years'][0], PhasedSelection['years'][0]];
      const all = [...one.opened, ...two.opened];
      const costOf = (sites: readonly number[]) =>
        sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
      expect(new Set(all).size).toBe(all.length);
      expect(one.cost).toBeLessThanOrEqual(budget);
      expect([one.cost, two.cost]).toEqual([costOf(one.opened), costOf(all)]);
      expect([one.covered[0], two.covered[0]]).toEqual([coveredBy(table, one.opened), coveredBy(table, all)]);
      expect(two.status).toBe('reached');
      expect(one.status === 'reached').toBe(one.covered[0]! >= first);
      const every = subsets([...table.sites.keys()]);
      const bestFirst = Math.max(
        ...every.filter((set) => costOf(set) <= budget).map((set) => coveredBy(table, set)),
      );
      const leastLast = Math.min(
        ...every.filter((set) => coveredBy(table, set) >= final).map((set) => costOf(set)),
      );
      expect(one.mostCovered?.bound ?? Infinity).toBeGreaterThanOrEqual(bestFirst);
      expect(two.leastCost?.bound ?? 0).toBeLessThanOrEqual(leastLast);
      if (bestFirst >= first && order === 'final-first') expect(one.status).toBe('reached');
    }),
    { seed: 43, numRuns: 250 },
  );
});

test('without a first share, final first pays what the cheapest last year costs and orders it as well as trying everything', () => {
  let best = 0;
  let runs = 0;
  fc.assert(
    fc.property(cases, (drawn) => {
      const { table, budget, final } = caseOf(drawn);
      const years = [yearOf('1', { budget }), yearOf('2', { required: [final] })];
      const phased = planPhases(problemOfTable(table), planOf(years), effort);
      const costOf = (sites: readonly number[]) =>
        sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
      const every = subsets([...table.sites.keys()]);
      const least = Math.min(
        ...every.filter((set) => coveredBy(table, set) >= final).map((set) => costOf(set)),
      );
      expect(phased.cost).toBe(least);
      const own = subsets(phased.years.flatMap(({ opened }) => opened)).filter(
        (set) => costOf(set) <= budget,
      );
      const most = Math.max(...own.map((set) => coveredBy(table, set)));
      const got = phased.years[0]!.covered[0]!;
      expect(got).toBeLessThanOrEqual(most);
      runs++;
      if (got === most) best++;
    }),
    { seed: 44, numRuns: 250 },
  );
  expect(best / runs).toBeGreaterThan(0.95);
});

test('final first never pays more in the end than year by year, nor does its last year change with the names of sites', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const { table, budget, final } = caseOf(drawn);
      const years = [yearOf('1', { budget }), yearOf('2', { required: [final] })];
      const costOf = (order: PhasePlan['order'], of: Table) =>
        planPhases(problemOfTable(of), planOf(years, { order }), effort).cost;
      const ahead = costOf('final-first', table);
      expect(ahead).toBeLessThanOrEqual(costOf('myopic', table));
      const renamed = {
        ...table,
        sites: table.sites.map((site, index) => ({ ...site, id: `z${9 - index}` })),
      };
      expect(costOf('final-first', renamed)).toBe(ahead);
    }),
    { seed: 45, numRuns: 150 },
  );
});

test('the share of a whole table in one year is an ordinary selection', () => {
  const years = [yearOf('1', { required: [totalOf(example)] })];
  const phased = planPhases(problemOfTable(example), planOf(years), effort);
  expect(phased.cost).toBe(60);
  expect(phased.years).toHaveLength(1);
});

function subsets(sites: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const site of sites) sets.push(...sets.map((set) => [...set, site]));
  return sets;
}
