// What sites earn and what a fractional plan serves, in the three shapes of cover, against sums item by item.
import { expect, test } from 'vitest';
import { makeCoverPricer } from '../../../engine/selection/cover/make-cover-pricer.ts';
import { makeRunPricer } from '../../../engine/selection/cover/run-pricer.ts';
import { randomCase } from './random-case.ts';
import { type CoverKind, coverKinds, problemOfTable, type Table } from './table-problem.ts';

const table: Table = {
  weights: [1, 2, 3, 4, 5, 6, 7],
  sites: [
    { id: 'a', items: [1, 2, 3, 6], cost: 1 },
    { id: 'b', items: [2, 3, 4, 5, 6, 7], cost: 1 },
    { id: 'c', items: [], cost: 1 },
    { id: 'd', items: [7], cost: 1 },
  ],
};

test.each(coverKinds)(
  'a site earns the prices of its bins, and only sites asked for are read (%s)',
  (kind) => {
    const { pricer, perBin, worth } = pricedTable(kind);
    const into = new Float64Array(2);
    pricer.earn(Uint32Array.of(1, 3), perBin, worth, into);
    expect([...into]).toEqual([20 + 30 + 40 + 50 + 60 + 70, 70]);
    const all = new Float64Array(4);
    pricer.earn(Uint32Array.of(0, 1, 2, 3), perBin, worth, all);
    expect([...all]).toEqual([10 + 20 + 30 + 60, 270, 0, 70]);
  },
);

test.each(coverKinds)('bins are served by the shares of their sites, negative ones too (%s)', (kind) => {
  const { pricer, perBin, worth, items } = pricedTable(kind);
  const into = new Float32Array(perBin.length).fill(9);
  pricer.serve(Uint32Array.of(0, 1, 3), Float64Array.of(0.5, 0.25, -0.125), perBin, worth, into);
  expect(items(into)).toEqual([0.5, 0.75, 0.75, 0.25, 0.25, 0.75, 0.125]);
  pricer.serve(Uint32Array.of(1), Float64Array.of(0), perBin, worth, into);
  expect(items(into)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('a site that serves a share earns what the price leaves of the rest', () => {
  const problem = problemOfTable({
    weights: [10, 10, 10],
    sites: [{ id: 'a', items: [1, 2, 3], grades: [1, 2, 3], cost: 1 }],
    gradeValue: [0, 25, 50, 100],
  });
  const worth = Float32Array.of(0, 10, 10, 10);
  const into = new Float64Array(1);
  makeCoverPricer(problem).earn(Uint32Array.of(0), Float32Array.of(0, 8, 8, 8), worth, into);
  expect(into[0]).toBe(0.5 + 3 + 8);
});

test('every shape earns what a sum item by item gives, whatever was asked before', () => {
  let compared = 0;
  for (let seed = 0; seed < 120; seed++) {
    const { problem, table: drawn } = randomCase(seed);
    const { targets, cover } = problem;
    const worth = Float32Array.from(targets[0].weight);
    const perBin = worth.map((own, bin) => own * (((bin * 7) % 5) / 4));
    const pricer = makeCoverPricer(problem);
    const binOf = (item: number) => item + Math.floor((item - 1) / 5);
    const expected = drawn.sites.map(({ items, grades }) =>
      items.reduce((sum, item, at) => {
        const bin = binOf(item);
        const grade = grades?.[at] ?? 1;
        const share =
          cover.kind === 'grades' ? cover.gradeValue[grade]! / cover.gradeValue.at(-1)! : Math.min(1, grade);
        return sum + Math.max(0, perBin[bin]! - (1 - share) * worth[bin]!);
      }, 0),
    );
    const all = Uint32Array.from(drawn.sites.keys());
    for (const sites of [all.filter((site) => site % 2 === 1), all, all.filter((site) => site % 3 === 0)]) {
      const into = new Float64Array(sites.length);
      pricer.earn(sites, perBin, worth, into);
      sites.forEach((site, at) => {
        expect(into[at], `seed ${seed}`).toBeCloseTo(expected[site]!, 9);
      });
      compared += sites.length;
    }
  }
  expect(compared).toBeGreaterThan(500);
});

test('whether runs are kept side by side or read where they lie makes no difference', () => {
  let compared = 0;
  for (let seed = 0; seed < 120; seed++) {
    const { cover } = randomCase(seed).problem;
    if (cover.kind !== 'runs') continue;
    const perBin = Float32Array.from({ length: cover.binCount }, (_, bin) => ((bin * 7) % 5) / 4);
    const sites = Uint32Array.from({ length: cover.siteCount - 1 }, (_, at) => at + (seed % 2));
    const x = Float64Array.from(sites, (site) => ((site * 3) % 4) / 4);
    const answers = [Infinity, 0].map((mostPacked) => {
      const pricer = makeRunPricer(cover, mostPacked);
      const earned = new Float64Array(sites.length);
      const served = new Float32Array(cover.binCount);
      pricer.earn(sites, perBin, perBin, earned);
      pricer.serve(sites, x, perBin, perBin, served);
      return [...earned, ...served];
    });
    expect(answers[0], `seed ${seed}`).toEqual(answers[1]);
    if (answers[0]!.some((value) => value > 0)) compared++;
  }
  expect(compared).toBeGreaterThan(20);
});

/** Item n costs 10 n; items from their bins. */
function pricedTable(kind: CoverKind) {
  const problem = problemOfTable(table, kind, 4);
  const bins = [1, 2, 3, 4, 6, 7, 8];
  const perBin = new Float32Array(problem.cover.binCount);
  bins.forEach((bin, item) => {
    perBin[bin] = 10 * (item + 1);
  });
  const items = (values: Float32Array) => bins.map((bin) => values[bin]);
  return { pricer: makeCoverPricer(problem), perBin, worth: perBin, items };
}
