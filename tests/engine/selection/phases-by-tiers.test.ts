// Years under a strict order of preference: what the last year opens follows the order, what opens first follows the duties of the years,
// and the bounds speak about every plan, whatever its order. By hand, and against trying every set of tiny tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPhasedPlan } from '../../../engine/selection/check/check-phased-plan.ts';
import type { Effort } from '../../../engine/selection/effort.ts';
import type { PhasedSelection, PhasePlan, PhaseYear } from '../../../engine/selection/phases/phase-plan.ts';
import { planPhases } from '../../../engine/selection/phases/plan-phases.ts';
import { noRules, type SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import type { SiteClasses } from '../../../engine/selection/wishes/class-weights.ts';
import { solveByTiers } from '../../../engine/selection/wishes/solve-by-tiers.ts';
import { coveredBy, problemOfTable, type Table, tables } from './table-problem.ts';

const effort: Effort = { priceSteps: 60, improveSteps: 200, seed: 1 };
const ids = ['直接利用', '改造', '新建'];

const yearOf = (id: string, changes: Partial<PhaseYear>): PhaseYear => ({
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

/** Planned in the order of the classes, and recounted by the checker. */
function plannedInOrder(problem: SelectionProblem, plan: PhasePlan, classes: SiteClasses): PhasedSelection {
  const phased = planPhases(problem, plan, effort, {}, null, (ofYear, choice, steps, watch) =>
    solveByTiers(ofYear, choice, classes, steps, watch),
  );
  expect(checkPhasedPlan(problem, plan, phased)).toEqual([]);
  return phased;
}

/** A new tower is cheap and serves all; poles that stand and a roof do it together for more. */
const street: Table = {
  weights: [1, 1, 1, 1],
  sites: [
    { id: 'pole-1', items: [1, 2], cost: 50 },
    { id: 'pole-2', items: [4], cost: 50 },
    { id: 'roof-3', items: [3], cost: 60 },
    { id: 'tower', items: [1, 2, 3, 4], cost: 70 },
  ],
};
const streetClasses = { ids, classOf: [0, 0, 1, 2] };
const streetYears = (first: number) => [yearOf('1', { required: [first] }), yearOf('2', { required: [4] })];
const namesOf = ({ years }: PhasedSelection) =>
  years.map(({ opened }) => opened.map((site) => street.sites[site]!.id));

test('without an order the tower of 70 yuan opens at once; in strict order the pole of two items does, then the rest for 160', () => {
  const problem = problemOfTable(street, 'runs');
  const plan = planOf(streetYears(2));
  expect(namesOf(planPhases(problem, plan, effort))).toEqual([['tower'], []]);
  const ordered = plannedInOrder(problem, plan, streetClasses);
  expect(namesOf(ordered)).toEqual([['pole-1'], ['pole-2', 'roof-3']]);
  expect(ordered.years.map(({ status, cost }) => [status, cost])).toEqual([
    ['reached', 50],
    ['reached', 160],
  ]);
  // of all plans, in order or not
  expect(ordered.years[1]!.leastCost!.bound).toBeGreaterThan(0);
  expect(ordered.years[1]!.leastCost!.bound).toBeLessThanOrEqual(70);
});

test('a pole that comes a year late leaves the first year of three items to the tower, and then nothing else is needed', () => {
  const plan = planOf(streetYears(3), { availableFrom: [1, 0, 0, 0] });
  const ordered = plannedInOrder(problemOfTable(street, 'runs'), plan, streetClasses);
  expect(namesOf(ordered)).toEqual([['tower'], []]);
  expect(ordered.years.map(({ status }) => status)).toEqual(['reached', 'reached']);
});

test('where two items are enough for the first year, the late pole is waited for', () => {
  const plan = planOf(streetYears(2), { availableFrom: [1, 0, 0, 0] });
  const ordered = plannedInOrder(problemOfTable(street, 'runs'), plan, streetClasses);
  expect(namesOf(ordered).map((names) => names.toSorted())).toEqual([['pole-2', 'roof-3'], ['pole-1']]);
});

test('year by year, each year keeps the order by itself', () => {
  const plan = planOf(streetYears(2), { order: 'myopic' });
  const ordered = plannedInOrder(problemOfTable(street, 'runs'), plan, streetClasses);
  expect(namesOf(ordered).map((names) => names.toSorted())).toEqual([['pole-1'], ['pole-2', 'roof-3']]);
});

test('a last year that cannot pay for the order is chosen at true prices, like a plan without years', () => {
  const years = [yearOf('1', {}), yearOf('2', { required: [4], budget: 80 })];
  const ordered = plannedInOrder(problemOfTable(street, 'runs'), planOf(years), streetClasses);
  expect(namesOf(ordered).flat()).toEqual(['tower']);
});

test('the last year takes as little of the worst class, then of the next, as any set may, whatever the first year owes', () => {
  const drawn = fc
    .constantFrom('yes or no' as const, 'grades' as const)
    .chain((kind) =>
      fc.tuple(
        tables(kind, { minSites: 2, maxSites: 7 }),
        fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }),
        fc.nat(100),
        fc.nat(100),
      ),
    );
  let best = 0;
  let runs = 0;
  fc.assert(
    fc.property(drawn, ([table, classOf, percent, part]) => {
      const all = [...table.sites.keys()];
      const required = Math.floor((coveredBy(table, all) * percent) / 100);
      const first = Math.floor((required * part) / 100);
      const plan = planOf([yearOf('1', { required: [first] }), yearOf('2', { required: [required] })]);
      const classes = { ids, classOf: classOf.slice(0, all.length) };
      const phased = plannedInOrder(problemOfTable(table), plan, classes);
      expect(phased.years.map(({ status }) => status)).toEqual(['reached', 'reached']);
      const costsOf = (sites: readonly number[]) =>
        [2, 1, 0].map((tier) =>
          sites.reduce((sum, site) => sum + (classOf[site] === tier ? table.sites[site]!.cost : 0), 0),
        );
      const reaching = subsets(all).filter((set) => coveredBy(table, set) >= required);
      const least = reaching.map(costsOf).reduce((a, b) => (comesBefore(b, a) ? b : a));
      const got = costsOf(phased.years.flatMap(({ opened }) => opened));
      expect(comesBefore(got, least)).toBe(false);
      expect(got[0]).toBeGreaterThanOrEqual(least[0]!);
      const cheapest = Math.min(...reaching.map((set) => costsOf(set).reduce((sum, own) => sum + own, 0)));
      expect(phased.years[1]!.leastCost?.bound ?? 0).toBeLessThanOrEqual(cheapest);
      runs++;
      if (got[0] === least[0]) best++;
    }),
    { seed: 61, numRuns: 250 },
  );
  expect(best / runs).toBeGreaterThan(0.99);
});

/** Whether the first differing class is cheaper. */
function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((cost, tier) => cost !== b[tier]);
  return at >= 0 && a[at]! < b[at]!;
}

function subsets(sites: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const site of sites) sets.push(...sets.map((set) => [...set, site]));
  return sets;
}
