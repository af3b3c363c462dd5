// The independent recount must notice every way a selection can be wrong.
import { expect, test } from 'vitest';
import { checkSelection } from '../../../engine/selection/check-selection.ts';
import { compareProducts } from '../../../engine/selection/compare-products.ts';
import { selectSites } from '../../../engine/selection/select-sites.ts';
import type { Selection } from '../../../engine/selection/selection-problem.ts';
import { choiceOf, problemOfTable } from './table-problem.ts';

const problem = problemOfTable({
  weights: [1, 1, 1, 1],
  sites: [
    { id: 'a', items: [1, 2], cost: 5 },
    { id: 'b', items: [3], cost: 3 },
  ],
});
const choice = choiceOf({ targetWeight: 3 });
const right = selectSites(problem, choice);

test('a right selection passes', () => {
  expect(checkSelection(problem, choice, right)).toEqual([]);
});

const tampered: [what: string, changes: Partial<Selection>][] = [
  ['a covered weight one too high', { covered: right.covered + 1 }],
  ['a cost one too low', { cost: right.cost - 1 }],
  ['a ceiling one too high', { ceiling: right.ceiling + 1 }],
  ['a site left out', { steps: right.steps.slice(1) }],
  ['a site opened twice', { steps: [...right.steps, right.steps[0]!] }],
  ['a gain made up', { steps: right.steps.map((step) => ({ ...step, gain: step.gain + 1 })) }],
  ['a wrong status', { status: 'not-reachable' }],
  ['wrong best grades', { best: new Uint8Array(right.best.length) }],
  ['wrong second best grades', { second: right.best }],
];
for (const [what, changes] of tampered) {
  test(`${what} is noticed`, () => {
    expect(checkSelection(problem, choice, { ...right, ...changes })).not.toEqual([]);
  });
}

test('a grade one too high or too low is noticed, on the best and on the second best', () => {
  const graded = problemOfTable({
    weights: [1, 2],
    gradeValue: [0, 3, 3, 9],
    sites: [
      { id: 'a', items: [1, 2], grades: [2, 1], cost: 1 },
      { id: 'b', items: [1, 2], grades: [1, 3], cost: 1 },
    ],
  });
  const all = choiceOf({ locked: [0, 1] });
  const fine = selectSites(graded, all);
  expect(checkSelection(graded, all, fine)).toEqual([]);
  for (const key of ['best', 'second'] as const) {
    for (let bin = 0; bin < fine[key].length; bin++) {
      for (const change of [-1, 1]) {
        const grades = fine[key].map((grade, index) => (index === bin ? grade + change : grade));
        expect(checkSelection(graded, all, { ...fine, [key]: grades })).not.toEqual([]);
      }
    }
  }
});

test('a refused site, too much money and too many sites are noticed', () => {
  for (const limit of [{ refused: [0] }, { budget: 7 }, { maxSites: 1 }])
    expect(checkSelection(problem, { ...choice, ...limit }, right)).not.toEqual([]);
});

test('products beyond 2^53 are compared exactly', () => {
  const big = 2 ** 40;
  expect(compareProducts(big + 1, big - 1, big, big)).toBeLessThan(0);
  expect(compareProducts(big, big, big, big)).toBe(0);
});
