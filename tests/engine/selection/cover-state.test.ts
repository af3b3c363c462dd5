// The states of all shapes of cover against the hand examples of the selection reference (15.4, 15.7) and naive recounts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CoverState } from '../../../engine/selection/cover/cover-state.ts';
import { fullWorth } from '../../../engine/selection/cover/full-worth.ts';
import { makeCoverState } from '../../../engine/selection/cover/make-cover-state.ts';
import { type CoverKind, coverKinds, problemOfTable, type Table, tables } from './table-problem.ts';

const handExample: Table = {
  weights: [1, 2, 0, 3, 1, 1, 2, 1],
  sites: [
    { id: 'looked-at', items: [2, 3, 4, 6, 7], cost: 1 },
    { id: 'opened', items: [4, 5, 6], cost: 1 },
  ],
};

/** One bin of weight 6 that needs two of its three sites. */
const oneFold = (counts: 'graded' | 'strict'): Table => ({
  weights: [6],
  sites: ['a', 'b', 'c'].map((id) => ({ id, items: [1], cost: 1 })),
  fold: { sites: [2], counts },
});

const foldKinds = ['runs', 'lists'] as const satisfies readonly CoverKind[];

describe.each(coverKinds)('the state over %s', (kind) => {
  test('gains 8 alone, then 4 beside the other, whose closing loses 5, as in the hand example', () => {
    const state = makeCoverState(problemOfTable(handExample, kind));
    expect(state.gain(0)).toBe(8);
    state.openSite(1);
    expect([...state.covered]).toEqual([5]);
    expect(state.gain(0)).toBe(4);
    expect(state.loss(1)).toBe(5);
    state.openSite(0);
    // Items 4 and 6 are served twice now; item 5, of weight 1, by the opened site alone.
    expect(state.loss(1)).toBe(1);
    expect(state.loss(0)).toBe(4);
  });

  test('opening and closing in any order leaves no trace', () => {
    const state = makeCoverState(problemOfTable(handExample, kind));
    state.openSite(0);
    state.openSite(1);
    state.closeSite(0);
    state.closeSite(1);
    expect([...state.covered]).toEqual([0]);
    expect([...state.isOpen]).toEqual([0, 0]);
    expect([state.gain(0), state.gain(1)]).toEqual([8, 5]);
  });

  test('a cleared state is as it was made, prices included', () => {
    const problem = problemOfTable(handExample, kind);
    const state = makeCoverState(problem);
    state.openSite(1);
    state.setPrices([3], new Float32Array(problem.cover.binCount).fill(0.5));
    state.openSite(0);
    state.clear();
    expect([...state.covered, ...state.isOpen]).toEqual([0, 0, 0]);
    expect([state.gain(0), state.gain(1)]).toEqual([8, 5]);
    state.openSite(1);
    expect([state.gain(0), state.loss(1), state.covered[0]]).toEqual([4, 5, 5]);
    state.closeSite(1);
    expect([state.gain(0), state.gain(1)]).toEqual([8, 5]);
  });

  test('sums far beyond 32 bits stay exact instead of wrapping round', () => {
    const weights = [2_000_000_000, 2_000_000_000, 2_000_000_000];
    const sites = [
      { id: 'a', items: [1], cost: 1 },
      { id: 'b', items: [1, 2, 3], cost: 1 },
    ];
    const state = makeCoverState(problemOfTable({ weights, sites }, kind));
    expect(state.gain(1)).toBe(6_000_000_000);
    state.openSite(0);
    state.openSite(1);
    expect(state.loss(1)).toBe(4_000_000_000);
    expect([...state.covered]).toEqual([6_000_000_000]);
  });

  test('an open site cannot open again, a closed one cannot close', () => {
    const state = makeCoverState(problemOfTable(handExample, kind));
    expect(() => state.closeSite(0)).toThrow(RangeError);
    state.openSite(0);
    expect(() => state.openSite(0)).toThrow(RangeError);
  });

  test('gain, loss and what is covered equal naive recounts after any opening, closing and pricing', () => {
    fc.assert(
      fc.property(walks(kind, false), (walk) => followWalk(walk, kind)),
      { seed: 4, numRuns: 150 },
    );
  });
});

describe.each(foldKinds)('bins that need several sites, over %s', (kind) => {
  test('a bin of 6 that needs two gains 3, 3, 0 graded and 0, 6, 0 strict, as in the hand example', () => {
    for (const [counts, expected] of [
      ['graded', [3, 3, 0]],
      ['strict', [0, 6, 0]],
    ] as const) {
      const problem = problemOfTable(oneFold(counts), kind);
      const state = makeCoverState(problem);
      const gained = [0, 1, 2].map((site) => {
        const gain = state.gain(site);
        state.openSite(site);
        return gain / fullWorth(problem);
      });
      expect(gained).toEqual(expected);
    }
  });

  test('recounts agree with folds of both kinds', () => {
    fc.assert(
      fc.property(walks(kind, true), (walk) => followWalk(walk, kind)),
      { seed: 5, numRuns: 150 },
    );
  });
});

interface Walk {
  readonly table: Table;
  readonly rowLength: number;
  /** Site to open or close, or new prices before the next. */
  readonly moves: readonly number[];
  readonly prices: readonly (readonly [number, number])[];
  readonly factors: readonly number[] | null;
}

function walks(kind: CoverKind, withFold: boolean): fc.Arbitrary<Walk> {
  const plain = tables(kind === 'grades' ? 'grades' : 'yes or no', { maxItems: 24 });
  const needs = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 24, maxLength: 24 });
  const fold = withFold
    ? fc.record({ sites: needs, counts: fc.constantFrom('graded' as const, 'strict' as const) })
    : fc.constant(undefined);
  const second = fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }), {
    nil: undefined,
  });
  const table = fc.tuple(plain, fold, second).map(([base, folds, target]): Table => {
    const items = base.weights.length;
    return {
      ...base,
      ...(folds ? { fold: { ...folds, sites: folds.sites.slice(0, items) } } : {}),
      ...(target ? { moreTargets: [target.slice(0, items)] } : {}),
    };
  });
  const price = fc.constantFrom(0, 0.3, 1, 2.5);
  return fc.record({
    table,
    rowLength: fc.integer({ min: 1, max: 9 }),
    moves: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    prices: fc.array(fc.tuple(price, price), { minLength: 1, maxLength: 3 }),
    factors: fc.option(fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 24, maxLength: 24 })),
  });
}

function followWalk({ table, rowLength, moves, prices, factors }: Walk, kind: CoverKind): void {
  const problem = problemOfTable(table, kind, rowLength);
  const { binCount, siteCount } = problem.cover;
  const targets = problem.targets.length;
  const state = makeCoverState(problem);
  // Items in the order of their bins; guards lie between the rows.
  const factorOf = (item: number) => factors?.[item - 1] ?? 1;
  const binFactor = factors
    ? Float32Array.from({ length: binCount }, (_, bin) => factorOf(bin - Math.floor(bin / (rowLength + 1))))
    : null;
  const open = new Set<number>();
  const into = new Float64Array(targets);
  moves.forEach((move, index) => {
    const isPriced = index >= moves.length / 2;
    const price = prices[index % prices.length]!.slice(0, targets);
    if (isPriced) state.setPrices(price, binFactor);
    const site = move % siteCount;
    if (open.delete(site)) state.closeSite(site);
    else {
      open.add(site);
      state.openSite(site);
    }
    const now = worthByItem(table, problem, open);
    expect([...state.covered]).toEqual(totals(table, targets, now));
    for (let other = 0; other < siteCount; other++) {
      const others = new Set(open);
      if (!others.delete(other)) others.add(other);
      const then = worthByItem(table, problem, others);
      const change = now.map((value, item) => Math.abs(value - then[item]!));
      const perTarget = totals(table, targets, change);
      (open.has(other) ? state.losses : state.gains)(other, into);
      expect([...into]).toEqual(perTarget);
      const told = askOf(state, other, open.has(other));
      if (!isPriced) expect(told).toBe(perTarget[0]);
      else {
        const factored = totals(
          table,
          targets,
          now.map((value, item) =>
            binFactor ? pricedChange(problem, value, then[item]!, factorOf(item + 1)) : change[item]!,
          ),
        );
        expect(told).toBeCloseTo(
          factored.reduce((sum, value, target) => sum + value * price[target]!, 0),
          6,
        );
      }
    }
  });
}

/** Yes or no: the change times the factor. Grades: the change of what lies above the part of the full worth that the price leaves. */
function pricedChange(
  problem: ReturnType<typeof problemOfTable>,
  now: number,
  then: number,
  factor: number,
): number {
  if (problem.cover.kind !== 'grades') return factor * Math.abs(now - then);
  const floor = (1 - factor) * fullWorth(problem);
  return Math.abs(Math.max(floor, now) - Math.max(floor, then));
}

const askOf = (state: CoverState, site: number, isOpen: boolean) =>
  isOpen ? state.loss(site) : state.gain(site);

/** Worth of each item per unit of weight with these sites open. */
function worthByItem(
  { weights, sites, gradeValue, fold }: Table,
  problem: ReturnType<typeof problemOfTable>,
  open: ReadonlySet<number>,
): number[] {
  return weights.map((_, index) => {
    const grades = [...open].flatMap((site) => {
      const at = sites[site]!.items.indexOf(index + 1);
      return at < 0 ? [] : [sites[site]!.grades?.[at] ?? 1];
    });
    if (problem.cover.kind === 'grades') return (gradeValue ?? [0, 1])[Math.max(0, ...grades)]!;
    const count = grades.filter((grade) => grade > 0).length;
    const needed = fold?.sites[index] ?? 1;
    if (fold?.counts === 'graded') return (fullWorth(problem) * Math.min(count, needed)) / needed;
    return count >= needed ? 1 : 0;
  });
}

function totals({ weights, moreTargets = [] }: Table, targets: number, worth: readonly number[]): number[] {
  return [weights, ...moreTargets]
    .slice(0, targets)
    .map((target) => target.reduce((sum, weight, item) => sum + weight * worth[item]!, 0));
}
