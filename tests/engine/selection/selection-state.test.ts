// Gain and loss against the hand example of the selection reference (15.4) and against naive recounts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addSite,
  copySelectionState,
  gainOf,
  lossOf,
  makeSelectionState,
  removeSite,
} from '../../../engine/selection/selection-state.ts';
import { coveredBy, kinds, problemOfTable, type Table, tables } from './table-problem.ts';

const handExample: Table = {
  weights: [1, 2, 0, 3, 1, 1, 2, 1],
  sites: [
    { id: 'looked-at', items: [2, 3, 4, 6, 7], cost: 1 },
    { id: 'opened', items: [4, 5, 6], cost: 1 },
  ],
};

test('gain and loss as in the hand example: 8 alone, 5 for the other, then 4 more; closing the other loses 5', () => {
  const state = makeSelectionState(problemOfTable(handExample));
  expect(gainOf(state, 0)).toBe(8);
  expect(addSite(state, 1)).toBe(5);
  expect(gainOf(state, 0)).toBe(4);
  expect(lossOf(state, 1)).toBe(5);
  expect(state.covered).toBe(5);
  expect(addSite(state, 0)).toBe(4);
  // Items 4 and 6 are served twice now; item 5, of weight 1, by the opened site alone.
  expect(lossOf(state, 1)).toBe(1);
  expect(lossOf(state, 0)).toBe(4);
});

test('a better grade gains the difference in worth, and the second best is what stays when it closes', () => {
  const table: Table = {
    weights: [3, 5],
    gradeValue: [0, 10, 40, 100],
    sites: [
      { id: 'weak', items: [1, 2], grades: [1, 2], cost: 1 },
      { id: 'strong', items: [1, 2], grades: [3, 1], cost: 1 },
    ],
  };
  const state = makeSelectionState(problemOfTable(table));
  expect(addSite(state, 0)).toBe(3 * 10 + 5 * 40);
  expect(gainOf(state, 1)).toBe(3 * 90);
  addSite(state, 1);
  expect(lossOf(state, 0)).toBe(5 * 30);
  expect(removeSite(state, 1)).toBe(3 * 90);
  expect(state.covered).toBe(230);
});

test('opening and closing restores every array', () => {
  const state = makeSelectionState(problemOfTable(handExample));
  const before = structuredClone(state);
  addSite(state, 0);
  addSite(state, 1);
  removeSite(state, 0);
  removeSite(state, 1);
  expect(state).toEqual(before);
});

test('a copied state changes on its own', () => {
  const state = makeSelectionState(problemOfTable(handExample));
  addSite(state, 1);
  const before = structuredClone(state);
  const copy = copySelectionState(state);
  expect(copy).toEqual(before);
  addSite(copy, 0);
  removeSite(copy, 1);
  expect(state).toEqual(before);
  expect(copy.covered).toBe(8);
});

for (const kind of kinds) {
  test(`gain, loss, coverage and the two best grades equal naive recounts after any opening and closing (${kind})`, () => {
    const cases = fc.record({
      table: tables(kind, { maxItems: 24 }),
      rowLength: fc.integer({ min: 1, max: 9 }),
      moves: fc.array(fc.nat(), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ table, rowLength, moves }) => {
        const state = makeSelectionState(problemOfTable(table, rowLength));
        const open = new Set<number>();
        for (const move of moves) {
          const site = move % table.sites.length;
          if (open.delete(site)) removeSite(state, site);
          else {
            open.add(site);
            addSite(state, site);
          }
          const covered = coveredBy(table, [...open]);
          expect(state.covered).toBe(covered);
          const [best, second] = twoBest(table, rowLength, [...open]);
          expect([...state.best]).toEqual(best);
          expect([...state.second]).toEqual(second);
          expect(state.touched.every((mark) => mark === 0)).toBe(true);
          for (let other = 0; other < table.sites.length; other++) {
            if (open.has(other)) {
              const rest = [...open].filter((member) => member !== other);
              expect(lossOf(state, other)).toBe(covered - coveredBy(table, rest));
            } else expect(gainOf(state, other)).toBe(coveredBy(table, [...open, other]) - covered);
          }
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
}

test('sums far beyond 32 bits stay exact instead of wrapping round', () => {
  const problem = problemOfTable({
    weights: [2_000_000_000, 2_000_000_000],
    gradeValue: [0, 10_000],
    sites: [
      { id: 'a', items: [1], cost: 1 },
      { id: 'b', items: [1, 2], cost: 1 },
    ],
  });
  const state = makeSelectionState(problem);
  expect(gainOf(state, 1)).toBe(40_000_000_000_000);
  expect(addSite(state, 0)).toBe(20_000_000_000_000);
  expect(addSite(state, 1)).toBe(20_000_000_000_000);
  expect(lossOf(state, 1)).toBe(20_000_000_000_000);
  expect(state.covered).toBe(40_000_000_000_000);
});

/** Best and second best grade per bin; a guard of grade 0 before each row. */
function twoBest(table: Table, rowLength: number, open: readonly number[]): [number[], number[]] {
  const best: number[] = [];
  const second: number[] = [];
  table.weights.forEach((_, index) => {
    if (index % rowLength === 0) {
      best.push(0);
      second.push(0);
    }
    const grades = open
      .map((site) => table.sites[site]!)
      .map(({ items, grades: given }) => {
        const at = items.indexOf(index + 1);
        return at < 0 ? 0 : (given?.[at] ?? 1);
      })
      .sort((a, b) => b - a);
    best.push(grades[0] ?? 0);
    second.push(grades[1] ?? 0);
  });
  return [best, second];
}
