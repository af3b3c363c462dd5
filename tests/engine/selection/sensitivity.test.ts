// What stays when assumptions move, price margins without solving again, and one plan for several scenarios.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recountSites } from '../../../engine/selection/exact/recount-sites.ts';
import { joinScenarios, robustSelection } from '../../../engine/selection/reasons/robust-selection.ts';
import {
  compareScenarios,
  priceMargins,
  priceScenarios,
  type Scenario,
} from '../../../engine/selection/reasons/sensitivity.ts';
import type { SelectionChoice, SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { threeSites as example } from './guide-examples.ts';
import { choiceOf, coverKinds, problemOfTable, type Table, tables } from './table-problem.ts';

const solve = (problem: SelectionProblem, choice: SelectionChoice) =>
  solveSelection(problem, choice, { priceSteps: 0, improveSteps: 0, seed: 1 });

test('a scenario with a lower share keeps G alone, so nothing is core (15.1)', () => {
  const problem = problemOfTable(example);
  const base = { id: 'all', problem, choice: choiceOf({ required: [6] }) };
  const less = { id: 'less', problem, choice: choiceOf({ required: [4] }) };
  const { plans, sites, core, cost, coveredShare } = compareScenarios(base, [less], solve);
  expect(plans.map(({ id, opened, closed }) => ({ id, opened, closed }))).toEqual([
    { id: 'all', opened: [], closed: [] },
    { id: 'less', opened: ['G'], closed: ['A', 'B'] },
  ]);
  expect(sites.map(({ siteId, share }) => [siteId, share])).toEqual([
    ['A', 0.5],
    ['B', 0.5],
    ['G', 0.5],
  ]);
  expect(core).toEqual([]);
  expect(cost).toEqual([36, 60]);
  expect(coveredShare).toEqual([4 / 6, 1]);
});

test('prices times a factor, solved again: a plan without a choice stays, its cost does not', () => {
  const base = { id: 'base', problem: problemOfTable(example), choice: choiceOf({ required: [6] }) };
  const { core, cost } = compareScenarios(base, priceScenarios(base, [0], [0.5, 3]), solve);
  expect(core).toEqual(['A', 'B']);
  expect(cost).toEqual([45, 120]);
  expect(() => priceScenarios(base, [0], [-1])).toThrow('factor -1');
});

test('scenarios are told apart by their ids', () => {
  const base = { id: 'base', problem: problemOfTable(example), choice: choiceOf({ required: [6] }) };
  expect(() => compareScenarios(base, [base], solve)).toThrow('same id');
});

test('price margins from reduced costs: what a chosen site may rise, what another has to fall', () => {
  const problem = problemOfTable(example);
  const choice = choiceOf({ required: [4] });
  const margins = priceMargins(problem, choice, solve(problem, choice), Float64Array.from([5, 7, -4]));
  expect(margins).toEqual([
    { site: 2, isChosen: true, breakEvenCost: 40, margin: 4 },
    { site: 0, isChosen: false, breakEvenCost: 25, margin: 5 },
    { site: 1, isChosen: false, breakEvenCost: 23, margin: 7 },
  ]);
});

test('the robust plan holds in both scenarios where each plan of one fails the other', () => {
  const here = { ...example, sites: example.sites.map((site) => ({ ...site, cost: 10 })) };
  const there = {
    ...here,
    sites: here.sites.map((site) => (site.id === 'B' ? { ...site, items: [4] } : site)),
  };
  for (const kind of coverKinds) {
    const scenarios = [
      { id: 'here', problem: problemOfTable(here, kind), choice: choiceOf({ required: [6] }) },
      { id: 'there', problem: problemOfTable(there, kind), choice: choiceOf({ required: [5] }) },
    ];
    const robust = robustSelection(scenarios, solve);
    expect(robust.selection.steps.map(({ site }) => site).sort()).toEqual([0, 1, 2]);
    expect(robust.scenarios.map(({ id, reached, extraCost }) => ({ id, reached, extraCost }))).toEqual([
      { id: 'here', reached: true, extraCost: 10 },
      { id: 'there', reached: true, extraCost: 10 },
    ]);
    expect(robust.problem.targets.map(({ id }) => id)).toEqual(['all scenarios', 'here/all', 'there/all']);
  }
});

test('the joint problem counts every scenario as it counts itself, in every shape of cover', () => {
  fc.assert(
    fc.property(
      tables('yes or no', { minSites: 2 }),
      fc.constantFrom(...coverKinds),
      fc.nat(),
      fc.nat(),
      (table, kind, drop, pick) => {
        const smaller: Table = {
          ...table,
          weights: table.weights.map((weight) => weight + 1),
          sites: table.sites.map((site) => ({
            ...site,
            items: site.items.filter((item) => item % 3 !== drop % 3),
          })),
        };
        const scenarios: Scenario[] = [table, smaller].map((one, index) => ({
          id: `${index}`,
          problem: problemOfTable(one, kind, 5),
          choice: choiceOf({ required: [0] }),
        }));
        const { problem, choice } = joinScenarios(scenarios);
        const sites = [...problem.cost.keys()].filter((site) => ((pick >> site) & 1) === 1);
        const joint = recountSites(problem, choice, sites).covered;
        const apart = scenarios.map((one) => recountSites(one.problem, one.choice, sites).covered[0]!);
        expect(Array.from(joint)).toEqual([apart[0]! + apart[1]!, ...apart]);
        const selection = solve(problem, { ...choice, required: [0, ...apart] });
        expect(selection.status).toBe('reached');
      },
    ),
    { seed: 31, numRuns: 300 },
  );
});

test('grades join span by span', () => {
  fc.assert(
    fc.property(tables('grades', { minSites: 2 }), fc.nat(), (table, pick) => {
      const scenarios = ['a', 'b'].map((id) => ({
        id,
        problem: problemOfTable(table, 'grades', id === 'a' ? 5 : 7),
        choice: choiceOf({ required: [0] }),
      }));
      const { problem, choice } = joinScenarios(scenarios);
      const sites = [...problem.cost.keys()].filter((site) => ((pick >> site) & 1) === 1);
      const once = recountSites(scenarios[0]!.problem, choiceOf(), sites).covered[0]!;
      expect(Array.from(recountSites(problem, choice, sites).covered)).toEqual([2 * once, once, once]);
    }),
    { seed: 32, numRuns: 200 },
  );
});

test('scenarios that do not belong together are a wrong call', () => {
  const one = { id: 'one', problem: problemOfTable(example), choice: choiceOf({ required: [6] }) };
  const fewer = problemOfTable({ ...example, sites: example.sites.slice(1) });
  expect(() => joinScenarios([])).toThrow('no scenario');
  expect(() => joinScenarios([one, { ...one, id: 'two', problem: fewer }])).toThrow(
    'two has other sites than one',
  );
  expect(() => joinScenarios([one, { ...one, id: 'two', problem: problemOfTable(example, 'runs') }])).toThrow(
    'shapes of cover',
  );
});
