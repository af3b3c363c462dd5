// Full cover over lists: against brute force, against proved optima of combinatorial families, and stopped anywhere.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFullCover, solveFullCover } from '../../../engine/selection/full-cover/solve-full-cover.ts';
import { boundOf } from '../../../engine/selection/prices/bound-of.ts';
import type { SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import {
  makeColourings,
  makeCycles,
  makeSteiner,
  type SetCovering,
} from '../../../scripts/bench/set-covering.ts';
import { choiceOf, coveredBy, problemOfTable, type Table, tables } from './table-problem.ts';

const effort = { priceSteps: 200, improveSteps: 300, seed: 1 };

test('of thousands of small tables the plan costs what brute force finds, and its prices prove no more', () => {
  fc.assert(
    fc.property(tables('yes or no', { maxSites: 9 }), (table) => {
      const problem = problemOfTable(table, 'lists');
      const every = table.sites.map((_, site) => site);
      const choice = choiceOf({ required: [coveredBy(table, every)] });
      expect(isFullCover(problem, choice)).toBe(true);
      const { sites, prices } = solveFullCover(problem, choice, effort);
      expect(coveredBy(table, sites)).toBe(choice.required[0]);
      const best = cheapest(table, choice.required[0]!);
      expect(costOf(table, sites)).toBe(best);
      expect(boundOf(problem, choice, 'cost', prices).bound).toBeLessThanOrEqual(best);
    }),
    { seed: 84, numRuns: 2000 },
  );
});

// CYC: Grossman and Wool 1997. CLR: smallest families of four-sets of 10 and 11 points without a proper colouring (Östergård 2014).
// STS: Fulkerson, Nemhauser and Trotter 1974; Ratliff 1979; Mannino and Sassano 1995.
test.each([
  [makeCycles(6), 60],
  [makeCycles(7), 144],
  [makeColourings(10), 25],
  [makeColourings(11), 23],
  [makeSteiner(27), 18],
  [makeSteiner(45), 30],
  [makeSteiner(81), 61],
])('$name comes out at the best known size', (covering: SetCovering, best: number) => {
  const problem = problemOfCovering(covering);
  const choice = choiceOf({ required: [covering.rows] });
  const { sites } = solveFullCover(problem, choice, { priceSteps: 200, improveSteps: 8000, seed: 1 });
  expect(coveredRows(covering, sites)).toBe(covering.rows);
  expect(sites).toHaveLength(best);
});

test('existing sites are free and stay out of the answer, locked ones too, refused ones are not used', () => {
  const table: Table = {
    weights: [1, 1, 1, 1],
    sites: [
      { id: 'stands', items: [1], cost: 9 },
      { id: 'locked', items: [2], cost: 9 },
      { id: 'refused', items: [3, 4], cost: 1 },
      { id: 'three', items: [3], cost: 2 },
      { id: 'four', items: [4], cost: 2 },
      { id: 'all', items: [1, 2, 3, 4], cost: 5 },
    ],
  };
  const problem = problemOfTable(table, 'lists');
  const choice = choiceOf({ required: [4], existing: [0], locked: [1], refused: [2] });
  expect(isFullCover(problem, choice)).toBe(true);
  expect(solveFullCover(problem, choice, effort).sites).toEqual([3, 4]);
});

test('a partial share, a limit, a rule or another cover is no full cover', () => {
  const table: Table = { weights: [1, 1], sites: [{ id: 'a', items: [1, 2], cost: 1 }] };
  const lists = problemOfTable(table, 'lists');
  const whole = choiceOf({ required: [2] });
  expect(isFullCover(lists, whole)).toBe(true);
  expect(isFullCover(lists, choiceOf({ required: [1] }))).toBe(false);
  expect(isFullCover(lists, { ...whole, budget: 5 })).toBe(false);
  expect(isFullCover(lists, { ...whole, maxSites: 1 })).toBe(false);
  const group = { id: 'g', sites: [0], leastSites: 1, mostSites: null, mostCost: null };
  expect(isFullCover(lists, { ...whole, rules: { spacingM: null, groups: [group] } })).toBe(false);
  expect(isFullCover(problemOfTable(table, 'runs'), whole)).toBe(false);
});

test('stopped at any question it leaves a cover, never dearer the later it stops', () => {
  const covering = makeCycles(7);
  const problem = problemOfCovering(covering);
  const choice = choiceOf({ required: [covering.rows] });
  let last = Infinity;
  for (const asked of [0, 1, 7, 60, 150, 400]) {
    let questions = 0;
    const { sites } = solveFullCover(
      problem,
      choice,
      { priceSteps: 100, improveSteps: 10_000, seed: 3 },
      { shouldStop: () => questions++ >= asked },
    );
    expect(coveredRows(covering, sites)).toBe(covering.rows);
    expect(sites.length).toBeLessThanOrEqual(last);
    last = sites.length;
  }
});

test('the same seed and steps give the same plan', () => {
  const covering = makeCycles(7);
  const problem = problemOfCovering(covering);
  const choice = choiceOf({ required: [covering.rows] });
  const once = solveFullCover(problem, choice, effort);
  expect(solveFullCover(problem, choice, effort)).toEqual(once);
});

function problemOfCovering({ rows, columns, cost }: SetCovering): SelectionProblem {
  return problemOfTable(
    {
      weights: Array.from({ length: rows }, () => 1),
      sites: columns.map((own, column) => ({
        id: String(column),
        items: own.map((row) => row + 1),
        cost: cost[column]!,
      })),
    },
    'lists',
  );
}

function coveredRows({ columns }: SetCovering, chosen: readonly number[]): number {
  return new Set(chosen.flatMap((column) => columns[column]!)).size;
}

const costOf = ({ sites }: Table, chosen: readonly number[]): number =>
  chosen.reduce((sum, site) => sum + sites[site]!.cost, 0);

function cheapest(table: Table, required: number): number {
  let best = Infinity;
  for (let set = 0; set < 1 << table.sites.length; set++) {
    const chosen = table.sites.flatMap((_, site) => ((set >> site) & 1 ? [site] : []));
    const cost = costOf(table, chosen);
    if (cost < best && coveredBy(table, chosen) >= required) best = cost;
  }
  return best;
}
