// What may be left out before a model is written, and that the best plan stays the best without it.
import { describe, expect, test } from 'vitest';
import { findDearSites } from '../../../engine/selection/exact/find-dear-sites.ts';
import { type KnownPlan, reduceProblem } from '../../../engine/selection/exact/reduce-problem.ts';
import { bestPlans, costOf, coveredOf, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable, type Table } from './table-problem.ts';

const anyPlan: KnownPlan = { kind: 'cost', sites: [], toBeat: Infinity, prices: null };

const table: Table = {
  weights: [1, 2, 3, 4, 0, 5],
  sites: [
    { id: 'a', items: [1, 2, 5], cost: 10 },
    { id: 'b', items: [3, 4], cost: 10 },
    { id: 'c', items: [5], cost: 1 },
    { id: 'd', items: [3], cost: 10 },
    { id: 'e', items: [3, 4, 6], cost: 30 },
  ],
};

describe('what goes', () => {
  test.each(coverKinds)(
    'bins of the same sites merge, sites that serve nothing of weight go (%s)',
    (kind) => {
      const reduced = reduceProblem(problemOfTable(table, kind), choiceOf({ required: [15] }), anyPlan)!;
      // d serves a part of what b serves, at the same cost; c serves a bin of weight 0
      expect(reduced.sites).toEqual([0, 1, 4]);
      const rows = Array.from({ length: reduced.rows.count }, (_, row) => [
        [...reduced.rows.sites.slice(reduced.rows.starts[row], reduced.rows.starts[row + 1])],
        reduced.rows.worth[row],
      ]);
      expect(rows).toEqual([
        [[0], 3],
        [[1, 2], 7],
        [[2], 5],
      ]);
      expect(reduced).toMatchObject({ duties: [15], nonzeros: 4, free: 5 });
    },
  );

  test('what stands and what is locked is served already', () => {
    const choice = choiceOf({ required: [15], existing: [4], locked: [0] });
    const reduced = reduceProblem(problemOfTable(table, 'runs'), choice, anyPlan)!;
    expect(reduced).toMatchObject({ sites: [], nonzeros: 0, duties: [0] });
    expect(reduced.open).toEqual({ covered: 15, cost: 10, count: 1 });
  });

  test('refused sites, sites nearer to a station than allowed and sites over the budget go', () => {
    const places = [0, 100, 200, 104, 300].map((eastM) => [eastM, 0] as const);
    const choice = choiceOf({
      required: [15],
      refused: [0],
      existing: [3],
      budget: 29,
      rules: { spacingM: new Float64Array(5).fill(5), groups: [] },
    });
    const reduced = reduceProblem(problemOfTable({ ...table, places }, 'runs'), choice, anyPlan)!;
    expect(reduced.sites).toEqual([]);
    expect(reduced.free).toBe(1);
  });

  test('grades are levels: each site serves those up to its own', () => {
    const graded: Table = {
      weights: [2],
      gradeValue: [0, 3, 5, 9],
      sites: [
        { id: 'a', items: [1], grades: [1], cost: 1 },
        { id: 'b', items: [1], grades: [3], cost: 5 },
        { id: 'c', items: [1], grades: [2], cost: 3 },
      ],
    };
    const { rows } = reduceProblem(problemOfTable(graded), choiceOf({ required: [18] }), anyPlan)!;
    expect([...rows.worth]).toEqual([6, 4, 8]);
    expect([...rows.sites]).toEqual([0, 1, 2, 1, 2, 1]);
  });
});

describe('what a rule tells apart stays', () => {
  const twins: Table = {
    weights: [1, 1],
    sites: [
      { id: 'a', items: [1], cost: 10 },
      { id: 'b', items: [1, 2], cost: 10 },
    ],
  };
  const kept = (rules: Parameters<typeof choiceOf>[0], own: Table = twins) =>
    reduceProblem(problemOfTable(own, 'runs'), choiceOf({ required: [2], ...rules }), anyPlan)!.sites;
  const group = { id: 'g', leastSites: null, mostSites: null, mostCost: null };

  test('a site of another group', () => {
    expect(kept({})).toEqual([1]);
    const full = { ...group, sites: [1], mostSites: 1 };
    expect(kept({ rules: { spacingM: null, groups: [full] } })).toEqual([0, 1]);
    expect(kept({ rules: { spacingM: null, groups: [{ ...full, sites: [0, 1] }] } })).toEqual([1]);
  });

  test('a site that a group may need', () => {
    const least = { ...group, sites: [0, 1], leastSites: 2 };
    expect(kept({ rules: { spacingM: null, groups: [least] } })).toEqual([0, 1]);
  });

  test('a site that stands farther from others', () => {
    const own: Table = {
      weights: [1, 1, 1],
      sites: [...twins.sites, { id: 'c', items: [3], cost: 10 }],
      places: [
        [0, 0],
        [50, 0],
        [100, 0],
      ],
    };
    const spaced = (metres: number) => ({ spacingM: new Float64Array(3).fill(metres), groups: [] });
    expect(kept({ rules: spaced(60) }, own)).toEqual([0, 1, 2]);
    expect(kept({ rules: spaced(40) }, own)).toEqual([1, 2]);
  });

  test('a second site where a bin needs two', () => {
    const fold = { sites: [2, 1], counts: 'strict' } as const;
    expect(kept({}, { ...twins, fold })).toEqual([0, 1]);
  });
});

test('a site of reduced cost 44 over a bound of 936 is in no plan below 980, one of 43 may be (reference 15.8)', () => {
  // no row: nothing is earned, the duty alone is paid 936
  const rows = {
    count: 0,
    starts: Uint32Array.of(0),
    sites: new Uint32Array(0),
    need: new Uint8Array(0),
    most: new Uint8Array(0),
    worth: new Float64Array(0),
    price: new Float64Array(0),
  };
  const isDear = findDearSites(rows, Float64Array.of(44, 43), Float64Array.of(9), {
    duties: [104],
    counts: [true],
    budget: 979,
    count: Infinity,
  });
  expect([...isDear]).toEqual([1, 0]);
});

describe('against trying everything', () => {
  const CASES = 600;

  test(`whatever the prices, the best of ${CASES} random problems stays within what is left`, () => {
    let dropped = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const random = randomCase(seed);
      const { table: own, problem, choice } = random;
      const { cheapest, widest } = bestPlans(random);
      if (widest === null) continue;
      const isCost = cheapest !== null;
      const best = isCost ? costOf(own, cheapest) : coveredOf(own, [...choice.existing, ...widest])[0]!;
      const known: KnownPlan = {
        kind: isCost ? 'cost' : 'covered',
        sites: [],
        toBeat: best,
        prices: pricesOf(random, isCost ? best : null),
      };
      const reduced = reduceProblem(problem, choice, known)!;
      dropped += reduced.fixed;
      const gone = own.sites
        .map((_, site) => site)
        .filter(
          (site) => !reduced.sites.includes(site) && ![...choice.existing, ...choice.locked].includes(site),
        );
      const left = bestPlans({
        ...random,
        choice: { ...choice, refused: [...new Set([...choice.refused, ...gone])] },
      });
      const after = isCost
        ? left.cheapest && costOf(own, left.cheapest)
        : left.widest && coveredOf(own, [...choice.existing, ...left.widest])[0];
      expect(after, `seed ${seed}`).toBe(best);
    }
    expect(dropped).toBeGreaterThan(CASES / 4);
  });
});

/** Prices from thin air: any are right, these are sometimes good. */
function pricesOf({ seed, table: own, problem }: RandomCase, best: number | null) {
  const random = (step: number) => (((seed * 7919 + step * 104_729) % 1009) + 1) / 1010;
  const whole = coveredOf(
    own,
    own.sites.map((_, site) => site),
  );
  const level = ((best ?? 20) / Math.max(1, whole[0]!)) * (0.6 + random(0));
  return {
    perTarget: Float64Array.from(problem.targets, (_, target) =>
      target === 0 ? level : level * random(target),
    ),
    perBin: Float32Array.from({ length: problem.cover.binCount }, (_, bin) => level * 9 * random(bin + 9)),
  };
}
