// Prefix arithmetic against the hand example of the selection reference (15.4) and against naive recounts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addSite,
  gainOf,
  lossOf,
  makeSelectionState,
  removeSite,
} from '../../../engine/selection/selection-state.ts';
import { coveredBy, problemOfTable, tables } from './table-problem.ts';

const handExample = {
  weights: [1, 2, 0, 3, 1, 1, 2, 1],
  sites: [
    { id: 'looked-at', items: [2, 3, 4, 6, 7], cost: 1 },
    { id: 'opened', items: [4, 5, 6], cost: 1 },
  ],
};

test('gain and loss are differences of prefix sums, as in the hand example', () => {
  const state = makeSelectionState(problemOfTable(handExample));
  expect([...state.prefix0]).toEqual([0, 1, 3, 3, 6, 7, 8, 10, 11]);
  expect(gainOf(state, 0)).toBe(8);
  expect(addSite(state, 1)).toBe(5);
  expect([...state.prefix0]).toEqual([0, 1, 3, 3, 3, 3, 3, 5, 6]);
  expect([...state.prefix1]).toEqual([0, 0, 0, 0, 3, 4, 5, 5, 5]);
  expect(gainOf(state, 0)).toBe(4);
  expect(lossOf(state, 1)).toBe(5);
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

test('gain, loss and coverage equal naive recounts after any sequence of opening and closing', () => {
  const cases = fc.record({
    table: tables({ maxItems: 24 }),
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

test('a row too heavy for 32 bits is refused instead of wrapping round', () => {
  const problem = problemOfTable({
    weights: [2_000_000_000, 2_000_000_000],
    sites: [{ id: 'a', items: [1], cost: 1 }],
  });
  expect(() => makeSelectionState(problem)).toThrow(RangeError);
});
