// The text of a model: short lines, whole numbers, every rule a row.
import { expect, test } from 'vitest';
import { writeMipModel } from '../../../engine/selection/exact/mip-model.ts';
import { reduceProblem } from '../../../engine/selection/exact/reduce-problem.ts';
import { spacingCliques } from '../../../engine/selection/exact/spacing-cliques.ts';
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { choiceOf, problemOfTable, type Table } from './table-problem.ts';

const table: Table = {
  weights: [2, 4, 6],
  sites: [
    { id: 'a', items: [1, 2], cost: 20 },
    { id: 'b', items: [2, 3], cost: 30 },
    { id: 'c', items: [1, 3], cost: 50 },
  ],
};

function modelOf(own: Table, choice: SelectionChoice, kind: 'cost' | 'covered' = 'cost') {
  const problem = problemOfTable(own, 'runs');
  const reduced = reduceProblem(problem, choice, {
    kind,
    sites: [],
    toBeat: kind === 'cost' ? Infinity : 0,
    prices: null,
  })!;
  return writeMipModel(problem, choice, reduced);
}

test('the cheapest plan with ten of twelve: costs in tens, shares in twos, half a step less', () => {
  const { text, unit, columns } = modelOf(table, choiceOf({ required: [10] }));
  expect(unit).toBe(10);
  expect(columns).toEqual(['x0', 'x1', 'x2', 'z0', 'z1', 'z2']);
  expect(text).toBe(`Minimize
 obj:
 + 2 x0 + 3 x1 + 5 x2
 + 0 z0 + 0 z1 + 0 z2
Subject To
 + 1 x0 + 1 x2 - 1 z0
 >= 0
 + 1 x0 + 1 x1 - 1 z1
 >= 0
 + 1 x1 + 1 x2 - 1 z2
 >= 0
 + 1 z0 + 2 z1 + 3 z2
 >= 4.5
Bounds
 z0 <= 1
 z1 <= 1
 z2 <= 1
Binaries
 x0
 x1
 x2
End
`);
});

test('the most within limits: worth with its sign turned, and what locked sites used is gone', () => {
  const choice = choiceOf({
    budget: 75,
    maxSites: 2,
    locked: [0],
    rules: {
      spacingM: null,
      groups: [{ id: 'g', sites: [0, 1, 2], leastSites: 2, mostSites: 3, mostCost: 70 }],
    },
  });
  const { text, unit } = modelOf(table, choice, 'covered');
  expect(unit).toBe(6);
  expect(text).toContain(' - 1 z0');
  expect(text).toContain(' + 30 x0 + 50 x1\n <= 55\n + 1 x0 + 1 x1\n <= 1\n');
  expect(text).toContain(' + 1 x0 + 1 x1\n >= 1\n + 1 x0 + 1 x1\n <= 2\n + 30 x0 + 50 x1\n <= 50\n');
});

test('no line is longer than old readers take', () => {
  const wide: Table = {
    weights: Array.from({ length: 60 }, (_, index) => 1_000_000 + index * 7919),
    sites: Array.from({ length: 40 }, (_, site) => ({
      id: `s${site}`,
      items: Array.from({ length: 60 }, (_, item) => item + 1).filter(
        (item) => (item * item + site * 3) % 7 < 3,
      ),
      cost: 100_000 + site,
    })),
  };
  const { text } = modelOf(wide, choiceOf({ required: [30_000_000] }));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(300);
});

test('large shares come in larger units, so that one step stays far above a tolerance', () => {
  const heavy: Table = { ...table, weights: [2_000_001, 4_000_003, 6_000_001] };
  const { text } = modelOf(heavy, choiceOf({ required: [10_000_000] }));
  const [, right] = /z2\n >= ([0-9.]+)\nBounds/.exec(text)!;
  expect(Number(right)).toBe(9_999_999.5 / 256);
});

test('a strict need of two sites is one whole row, a graded one two steps', () => {
  const fold = (counts: 'graded' | 'strict'): Table => ({ ...table, fold: { sites: [2, 1, 1], counts } });
  const strict = modelOf(fold('strict'), choiceOf({ required: [10] })).text;
  expect(strict).toContain(' + 1 x0 + 1 x2 - 2 z0\n >= 0');
  expect(strict).toContain(' z0 <= 1\n');
  expect(strict).toContain(' x2\n z0\nEnd');
  const graded = modelOf(fold('graded'), choiceOf({ required: [10] })).text;
  expect(graded).toContain(' + 1 x0 + 1 x2 - 1 z0\n >= 0');
  expect(graded).toContain(' z0 <= 2\n');
  expect(graded).toContain(' x2\nEnd');
});

test('spacing comes as sets of which one may be open, and every pair too near is in one', () => {
  const metres = [0, 6, 12, 9, 40];
  const places = metres.map((eastM) => [eastM, 0] as const);
  const sites = metres.map((_, index) => ({ id: `s${index}`, items: [1], cost: 1 }));
  const problem = problemOfTable({ weights: [1], sites, places }, 'runs');
  const rules = { spacingM: Float64Array.of(10, 10, 10, 10, 0), groups: [] };
  const cliques = spacingCliques(problem, choiceOf({ rules }), [0, 1, 2, 3, 4]);
  expect(cliques).toEqual([
    [0, 1, 3],
    [1, 2, 3],
  ]);
});
