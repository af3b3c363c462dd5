// Branching on cuts: what is proved, what is left when it is stopped, and that few nodes bound from the right side.
import { describe, expect, test } from 'vitest';
import { branchOnCuts, type CutSearch } from '../../../engine/selection/exact/branch-on-cuts.ts';
import { recountSites } from '../../../engine/selection/exact/recount-sites.ts';
import { reduceProblem } from '../../../engine/selection/exact/reduce-problem.ts';
import type { SelectionChoice, SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { bestPlans, costOf, coveredOf, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable, type Table } from './table-problem.ts';

/** Reference 15.1: prices prove 48, the best is 60. */
const table: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

/** Seven points, seven lines of three: three lines cover all of it, the relaxation says 7 / 3. */
const lines = [
  [1, 2, 3],
  [1, 4, 5],
  [1, 6, 7],
  [2, 4, 6],
  [2, 5, 7],
  [3, 4, 7],
  [3, 5, 6],
];
const plane: Table = {
  weights: lines.map(() => 1),
  sites: lines.map((items, index) => ({ id: `l${index}`, items, cost: 1000 })),
};

/** Without a plan to begin with and without rounding, so that only branching finds any. */
function search(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: 'cost' | 'covered',
  nodes: number,
  shouldStop = () => false,
): CutSearch {
  const known = { kind, sites: [], toBeat: kind === 'cost' ? Infinity : 0, prices: null };
  const reduced = reduceProblem(problem, choice, known)!;
  const judge = (sites: readonly number[]): number | null => {
    const { keepsRules, reaches, cost, covered } = recountSites(problem, choice, sites);
    if (!keepsRules || (kind === 'cost' && !reaches)) return null;
    return kind === 'cost' ? cost : covered[0]!;
  };
  const limits = { nodes, known: null };
  return branchOnCuts(
    problem,
    choice,
    reduced,
    judge,
    () => [],
    () => [],
    limits,
    { shouldStop },
  );
}

describe('known answers', () => {
  test.each(coverKinds)('five of six are proved at 60 (reference 15.1, %s)', (kind) => {
    const found = search(problemOfTable(table, kind), choiceOf({ required: [5] }), 'cost', 100);
    expect(found).toMatchObject({ sites: [0, 1], bound: 60, isComplete: true });
  });

  test('under a budget of 60 all six are proved (reference 15.2)', () => {
    const choice = choiceOf({ required: [7], budget: 60 });
    const found = search(problemOfTable(table, 'runs'), choice, 'covered', 100);
    expect(found).toMatchObject({ sites: [0, 1], bound: 6, isComplete: true });
  });

  test('seven lines of a plane of seven points: three are proved where the relaxation says 7 / 3', () => {
    const found = search(problemOfTable(plane, 'lists'), choiceOf({ required: [7] }), 'cost', 100);
    expect([found.sites?.length, found.bound, found.isComplete]).toEqual([3, 3000, true]);
  });
});

test('stopped at once it has no plan and claims nothing', () => {
  const problem = problemOfTable(table, 'runs');
  const found = search(problem, choiceOf({ required: [5] }), 'cost', 100, () => true);
  expect(found).toEqual({ sites: null, bound: -Infinity, isComplete: false, nodes: 0 });
});

test('stopped at any question it bounds from the right side', () => {
  const problem = problemOfTable(plane, 'lists');
  for (let last = 0; last < 60; last++) {
    let asked = 0;
    const { bound } = search(problem, choiceOf({ required: [7] }), 'cost', 1000, () => asked++ >= last);
    expect(bound, `stopped after ${last}`).toBeLessThanOrEqual(3000);
  }
});

test('500 random problems with every rule: few nodes bound from the right side, many meet the best plan', () => {
  const proved = { cost: 0, covered: 0 };
  for (let seed = 1; seed <= 500; seed++) {
    const { table: own, problem, choice } = randomCase(seed);
    const { cheapest, widest } = bestPlans({ table: own, problem, choice, seed, kind: 'runs' });
    const newOnes = (sites: readonly number[]) =>
      [...new Set([...choice.locked, ...sites])].filter((site) => !choice.existing.includes(site));
    const about = `seed ${seed}`;
    if (cheapest !== null) {
      const best = costOf(own, cheapest);
      expect(search(problem, choice, 'cost', 2).bound, about).toBeLessThanOrEqual(best);
      const { sites, bound, isComplete } = search(problem, choice, 'cost', 1000);
      expect([costOf(own, newOnes(sites!)), bound, isComplete], about).toEqual([best, best, true]);
      proved.cost++;
    }
    if (widest !== null) {
      const most = coveredOf(own, [...choice.existing, ...widest])[0]!;
      expect(search(problem, choice, 'covered', 2).bound, about).toBeGreaterThanOrEqual(most);
      const { sites, bound, isComplete } = search(problem, choice, 'covered', 1000);
      const covered = coveredOf(own, [...choice.existing, ...newOnes(sites!)])[0];
      expect([covered, bound, isComplete], about).toEqual([most, most, true]);
      proved.covered++;
    }
  }
  expect(Math.min(proved.cost, proved.covered)).toBeGreaterThan(100);
});
