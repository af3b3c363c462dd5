// Lists against the hand example of the selection reference (15.4, 15.7) and against naive recounts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverLists } from '../../../engine/selection/cover/cover-lists.ts';
import { makeListPricer } from '../../../engine/selection/cover/list-pricer.ts';
import { makeListState } from '../../../engine/selection/cover/list-state.ts';
import type { SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { problemOfTable, type Table, tables } from './table-problem.ts';

test('gain and loss as in the hand example: 8 alone, 5 for the other, then 4 more; closing the other loses 5', () => {
  const state = stateOf({
    weights: [1, 2, 0, 3, 1, 1, 2, 1],
    sites: [
      { id: 'looked-at', items: [2, 3, 4, 6, 7], cost: 1 },
      { id: 'opened', items: [4, 5, 6], cost: 1 },
    ],
  });
  expect(state.gain(0)).toBe(8);
  state.openSite(1);
  expect(state.covered[0]).toBe(5);
  expect(state.gain(0)).toBe(4);
  expect(state.loss(1)).toBe(5);
});

test.each([
  ['graded', [3, 3, 0]],
  ['strict', [0, 6, 0]],
] as const)('a bin of weight 6 that needs two sites gains %s: %j', (counts, gains) => {
  const fold = { sites: [2], counts };
  const sites = ['a', 'b', 'c'].map((id) => ({ id, items: [1], cost: 1 }));
  const state = stateOf({ weights: [6], sites, fold });
  const worth = counts === 'graded' ? 2 : 1;
  gains.forEach((gain, site) => {
    expect(state.gain(site)).toBe(gain * worth);
    const before = state.covered[0]!;
    state.openSite(site);
    expect(state.covered[0]! - before).toBe(gain * worth);
    expect(state.loss(site)).toBe(site === 2 ? 0 : gain * worth);
  });
});

test('after any opening and closing, gains and losses per target equal a naive recount', () => {
  const moves = fc.array(fc.nat(50), { maxLength: 30 });
  const need = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 16, maxLength: 16 });
  const counts = fc.constantFrom('graded' as const, 'strict' as const, null);
  fc.assert(
    fc.property(tables('yes or no'), moves, need, counts, (plain, order, sites, kind) => {
      const table: Table = {
        ...plain,
        moreTargets: [plain.weights.map((weight, index) => (index % 2 === 0 ? weight : 0))],
        ...(kind && { fold: { sites, counts: kind } }),
      };
      const problem = problemOfTable(table, 'lists');
      const state = makeListState(problem, listsOf(problem));
      state.setPrices([2, 3]);
      const open = new Set<number>();
      const found = new Float64Array(2);
      for (const move of order) {
        const site = move % table.sites.length;
        const before = recount(problem, open);
        const isOpen = open.has(site);
        const [near, read] = isOpen ? [state.loss(site), state.losses] : [state.gain(site), state.gains];
        read(site, found);
        if (isOpen) {
          state.closeSite(site);
          open.delete(site);
        } else {
          state.openSite(site);
          open.add(site);
        }
        const after = recount(problem, open);
        expect(Array.from(state.covered)).toEqual(after);
        expect(Array.from(found)).toEqual(after.map((worth, target) => Math.abs(worth - before[target]!)));
        expect(near).toBe(2 * found[0]! + 3 * found[1]!);
      }
    }),
    { seed: 41, numRuns: 300 },
  );
});

test('a factor per bin scales what sites gain', () => {
  const state = stateOf({ weights: [4, 8], sites: [{ id: 'a', items: [1, 2], cost: 1 }] });
  state.setPrices(
    [1],
    Float32Array.from({ length: 3 }, (_, bin) => (bin === 2 ? 0.5 : 1)),
  );
  expect(state.gain(0)).toBe(8);
  expect(() => state.closeSite(0)).toThrow(RangeError);
});

test('sites earn the prices of their bins and serve them with all they are open', () => {
  const problem = problemOfTable(
    {
      weights: [1, 1, 1],
      sites: [
        { id: 'a', items: [1, 2], cost: 1 },
        { id: 'b', items: [2, 3], cost: 1 },
      ],
    },
    'lists',
  );
  const pricer = makeListPricer(listsOf(problem));
  const u = Float64Array.of(0, 5, 7, 11);
  const earned = new Float64Array(2);
  pricer.earn(Uint32Array.of(1, 0), u, u, earned);
  expect(Array.from(earned)).toEqual([18, 12]);
  const served = new Float32Array(4).fill(9);
  pricer.serve(Uint32Array.of(0, 1), Float64Array.of(0.5, 0.25), u, u, served);
  expect(Array.from(served)).toEqual([0, 0.5, 0.75, 0.25]);
});

test('pairs in any order become the same ascending lists, and a pair that comes twice is named', () => {
  const pairs = [
    [2, 0],
    [0, 3],
    [1, 1],
    [0, 1],
    [2, 3],
  ] as const;
  const build = (list: readonly (readonly [number, number])[]) =>
    coverLists(
      [Uint32Array.from(list, ([site]) => site)],
      [Uint32Array.from(list, ([, bin]) => bin)],
      list.length,
      3,
      4,
    );
  const { cover, twice } = build(pairs);
  expect(twice).toBeNull();
  expect(Array.from(cover.siteBins)).toEqual([1, 3, 1, 0, 3]);
  expect(Array.from(cover.binSites)).toEqual([2, 0, 1, 0, 2]);
  expect(build(pairs.toReversed()).cover).toEqual(cover);
  expect(build([...pairs, [1, 1]]).twice).toEqual({ site: 1, bin: 1 });
});

function stateOf(table: Table) {
  const problem = problemOfTable(table, 'lists');
  return makeListState(problem, listsOf(problem));
}

function listsOf({ cover }: SelectionProblem) {
  if (cover.kind !== 'lists') throw new Error('expected lists');
  return cover;
}

/** From the definition: `weight * full * min(count, k) / k`, or all from `k` on. */
function recount({ cover, targets, fold }: SelectionProblem, open: ReadonlySet<number>): number[] {
  if (cover.kind !== 'lists') throw new Error('expected lists');
  const full = fold?.counts === 'graded' ? [...new Set(fold.sites)].reduce(leastCommon, 1) : 1;
  return targets.map(({ weight }) => {
    let sum = 0;
    for (let bin = 0; bin < cover.binCount; bin++) {
      const serving = cover.binSites.slice(cover.binStarts[bin], cover.binStarts[bin + 1]);
      const count = serving.filter((site) => open.has(site)).length;
      const need = fold?.sites[bin] ?? 1;
      const share = fold?.counts === 'graded' ? Math.min(count, need) / need : count >= need ? 1 : 0;
      sum += weight[bin]! * full * share;
    }
    return Math.round(sum);
  });
}

function leastCommon(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
