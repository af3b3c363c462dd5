// What is said when a share cannot be had: by hand on a line of bins, and laws on random problems.
import { expect, test } from 'vitest';
import {
  type CandidateClass,
  explainReach,
  type SolveChoice,
} from '../../../engine/selection/reasons/explain-reach.ts';
import type { SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { bestPlans, coveredOf, planByHand, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable } from './table-problem.ts';

const table = {
  weights: [1, 2, 4, 8, 16],
  moreTargets: [[0, 0, 0, 1, 1]],
  sites: [
    { id: 'a', items: [1, 2], cost: 10 },
    { id: 'b', items: [2, 3], cost: 10 },
    { id: 'tower', items: [4], cost: 10 },
  ],
  places: [
    [0, 0],
    [5, 0],
    [100, 0],
  ] as const,
};
const solverOf =
  (problem: SelectionProblem): SolveChoice =>
  (choice) =>
    solveSelection(problem, choice, { priceSteps: 0, improveSteps: 0, seed: 1 });

test('bins, limits and classes of a refused tower, a spacing and a budget, by hand', () => {
  for (const kind of coverKinds) {
    const problem = problemOfTable(table, kind);
    const choice = choiceOf({
      required: [15, 1],
      budget: 20,
      refused: [2],
      rules: { spacingM: new Float64Array(3).fill(10), groups: [] },
    });
    const reach = explainReach(problem, choice, [{ id: 'towers', sites: [2] }], solverOf(problem));
    expect(reach.targets).toEqual([
      {
        id: 'all',
        total: 31,
        required: 15,
        best: 7,
        bestWithRefused: 15,
        missing: { nobody: 16, refused: 8, partly: 0 },
      },
      {
        id: 't1',
        total: 2,
        required: 1,
        best: 0,
        bestWithRefused: 1,
        missing: { nobody: 1, refused: 1, partly: 0 },
      },
    ]);
    expect(reach.nobodyBins).toEqual([5]);
    expect(reach.refusedBins).toEqual([4]);
    expect(reach).toMatchObject({ covered: [6, 0], reached: false });
    expect(reach.limits).toEqual([
      { family: 'refused', covered: [14, 1], reached: false, binds: true },
      { family: 'spacing', covered: [7, 0], reached: false, binds: true },
      { family: 'budget', covered: [6, 0], reached: false, binds: false },
    ]);
    expect(reach.unlimited).toEqual({ covered: [15, 1], reached: true });
    expect(reach.classes).toEqual([{ id: 'towers', alone: [8, 1], inOrder: [8, 1], newBins: 1 }]);
  }
});

test('the configurations of one location are no limit that could be lifted', () => {
  const problem = problemOfTable(table);
  const group = { id: 'roof', sites: [0, 1], leastSites: null, mostSites: 1, mostCost: null };
  const choice = choiceOf({ required: [7, 0], rules: { spacingM: null, groups: [group] } });
  expect(explainReach(problem, choice, [], solverOf(problem))).toMatchObject({ limits: [], unlimited: null });
});

test('what is missing adds up by reason, and what classes add in order is what they add together', () => {
  let counted = 0;
  for (let seed = 0; seed < 200; seed++) {
    const example = randomCase(seed, { sites: 7 });
    const { table, problem } = example;
    const choice = { ...example.choice, existing: [], locked: [], refused: [3, 4, 5, 6] };
    const classes: CandidateClass[] = [
      { id: 'one', sites: [3, 4] },
      { id: 'two', sites: [4, 5, 6] },
    ];
    const reach = explainReach(problem, choice, classes, () => ({ status: 'reached', covered: [0, 0] }));
    const all = coveredOf(table, [0, 1, 2, 3, 4, 5, 6]);
    reach.targets.forEach(({ total, best, bestWithRefused, missing }, target) => {
      expect(total - best, `seed ${seed}`).toBe(missing.nobody + missing.refused + missing.partly);
      expect(bestWithRefused).toBe(all[target]);
      const inOrder = reach.classes.reduce((sum, gain) => sum + gain.inOrder[target]!, 0);
      expect(best + inOrder).toBe(all[target]);
      const alone = reach.classes.reduce((sum, gain) => sum + gain.alone[target]!, 0);
      if (problem.fold?.counts !== 'strict') expect(alone).toBeGreaterThanOrEqual(inOrder);
      if (inOrder > 0) counted++;
    });
  }
  expect(counted).toBeGreaterThan(100);
});

test('with the best of all sets as solver, lifting a limit never takes anything away', () => {
  let bound = 0;
  for (let seed = 0; seed < 200; seed++) {
    const example = randomCase(seed);
    if (bestPlans(example).widest === null) continue;
    const reach = explainReach(example.problem, example.choice, [], bestOf(example));
    for (const { covered, binds } of [...reach.limits, ...(reach.unlimited ? [reach.unlimited] : [])].map(
      (lifted) => ({ binds: false, ...lifted }),
    )) {
      if (!reach.reached) expect(covered[0], `seed ${seed}`).toBeGreaterThanOrEqual(reach.covered[0]!);
      if (binds) bound++;
    }
  }
  expect(bound).toBeGreaterThan(10);
});

function bestOf(example: RandomCase): SolveChoice {
  return (choice) => {
    const asked = { ...example, choice };
    const { cheapest, widest } = bestPlans(asked);
    return planByHand(asked, cheapest ?? widest!);
  };
}
