// Cuts on the hull of a window: a known one by hand, and on random windows that no set of sites covers more than a cut allows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBestSet, type WindowCover } from '../../../engine/selection/exact/best-set.ts';
import type { CoverRows } from '../../../engine/selection/exact/cover-rows.ts';
import { findHullCut, type HullCut } from '../../../engine/selection/exact/hull-cut.ts';
import { makeHullWindows } from '../../../engine/selection/exact/hull-windows.ts';

interface Bin {
  readonly sites: readonly number[];
  readonly worth: number;
}

const SITES = 7;
const settings = { seed: 1, numRuns: 400 };
const bins: fc.Arbitrary<Bin[]> = fc.array(
  fc.record({
    sites: fc.uniqueArray(fc.integer({ min: 0, max: SITES - 1 }), { minLength: 1, maxLength: 4 }),
    worth: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 3, maxLength: 14 },
);
/** Quarters, so that many sites have a share and bins are just full. */
const shares = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: SITES, maxLength: SITES });

function rowsOf(list: readonly Bin[]): CoverRows {
  const sites = list.map((bin) => [...bin.sites].sort((a, b) => a - b));
  return {
    count: list.length,
    starts: Uint32Array.from([0, ...sites.map((_, row) => sites.slice(0, row + 1).flat().length)]),
    sites: Uint32Array.from(sites.flat()),
    need: new Uint8Array(list.length).fill(1),
    most: new Uint8Array(list.length).fill(1),
    worth: Float64Array.from(list, ({ worth }) => worth),
    price: new Float64Array(list.length),
  };
}

const coveredBy = (list: readonly Bin[], isOpen: (site: number) => boolean): number =>
  list.reduce((sum, { sites, worth }) => sum + (sites.some(isOpen) ? worth : 0), 0);

const allSets = (siteCount: number) => Array.from({ length: 2 ** siteCount }, (_, set) => set);

function cutAt(list: readonly Bin[], own: readonly number[]): { cut: HullCut | null; claimed: number } {
  const claimed = list.reduce(
    (sum, { sites, worth }) =>
      sum +
      worth *
        Math.min(
          1,
          sites.reduce((all, site) => all + own[site]!, 0),
        ),
    0,
  );
  const rows = rowsOf(list);
  const window = { cells: [0], rows: Uint32Array.from(list.keys()), sets: [] };
  const cut = findHullCut(rows, window, Float64Array.from(own), claimed, (row) => rows.worth[row]!);
  return { cut, claimed };
}

describe('a cut', () => {
  test('three bins, each of two of three halves: two halves cover as much as two and a half bins', () => {
    const triangle = [
      { sites: [0, 1], worth: 1 },
      { sites: [0, 2], worth: 1 },
      { sites: [1, 2], worth: 1 },
    ];
    const { cut, claimed } = cutAt(triangle, [0.5, 0.5, 0.5]);
    expect(claimed).toBe(3);
    expect(cut?.positions).toEqual([0, 1, 2]);
    const most = cut!.constant + cut!.prices.reduce((sum, price) => sum + price / 2, 0);
    expect(most).toBeCloseTo(2.5, 2);
    expect(most).toBeGreaterThanOrEqual(2.5);
  });

  test('whole sites claim what they cover: there is nothing to cut', () => {
    const { cut } = cutAt([{ sites: [0, 1], worth: 3 }], [1, 0]);
    expect(cut).toBeNull();
  });

  test('holds for every set of sites and lowers what is claimed, on 400 random windows', () => {
    let cuts = 0;
    let lifted = 0;
    fc.assert(
      fc.property(bins, shares, (list, quarters) => {
        const own = quarters.map((quarter) => quarter / 4);
        const { cut, claimed } = cutAt(list, own);
        if (cut === null) return;
        cuts++;
        lifted += cut.positions.filter((position) => own[position] === 0).length;
        const price = new Float64Array(SITES);
        cut.positions.forEach((position, at) => {
          price[position] = cut.prices[at]!;
        });
        const mostOf = (shareOf: (site: number) => number) =>
          price.reduce((sum, own, site) => sum + own * shareOf(site), cut.constant);
        expect(mostOf((site) => own[site]!)).toBeLessThan(claimed);
        for (const set of allSets(SITES)) {
          const isOpen = (site: number) => ((set >> site) & 1) === 1;
          expect(coveredBy(list, isOpen)).toBeLessThanOrEqual(mostOf((site) => (isOpen(site) ? 1 : 0)));
        }
      }),
      settings,
    );
    expect(cuts).toBeGreaterThan(30);
    expect(lifted).toBeGreaterThan(10);
  });
});

test('the best set of a window is the best of all its sets, and one branch proves nothing', () => {
  const prices = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: SITES, maxLength: SITES });
  fc.assert(
    fc.property(bins, prices, (list, price) => {
      const cover = coverOf(list);
      const worthOf = (set: number) => {
        const isOpen = (site: number) => ((set >> site) & 1) === 1;
        return coveredBy(list, isOpen) - price.reduce((sum, own, site) => sum + (isOpen(site) ? own : 0), 0);
      };
      const most = Math.max(...allSets(SITES).map(worthOf));
      const found = findBestSet(cover, Float64Array.from(price), 0, 1e-6, 10_000)!;
      expect(found.value).toBe(most);
      const last = found.sets.at(-1) ?? [];
      expect(worthOf(last.reduce((set, site) => set + 2 ** site, 0))).toBe(most);
      if (most > 0) expect(findBestSet(cover, Float64Array.from(price), 0, 1e-6, 1)).toBeNull();
    }),
    settings,
  );
});

test('windows leave out cells where a bin needs several sites', () => {
  const rows = rowsOf([
    { sites: [0], worth: 1 },
    { sites: [1], worth: 1 },
    { sites: [2], worth: 1 },
  ]);
  const places = { east: Float64Array.from([0, 1, 5]), north: new Float64Array(3) };
  const cells = {
    count: 3,
    starts: Uint32Array.from([0, 1, 2, 3]),
    rows: Uint32Array.from([0, 1, 2]),
    ...places,
  };
  const listed = (own: CoverRows) => makeHullWindows(cells, own, 2).map((window) => window.cells);
  expect(listed(rows)).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(listed({ ...rows, need: Uint8Array.from([1, 2, 1]) })).toEqual([[0, 2]]);
});

function coverOf(list: readonly Bin[]): WindowCover {
  const own = Array.from({ length: SITES }, (_, site) =>
    list.flatMap(({ sites }, row) => (sites.includes(site) ? [row] : [])),
  );
  return {
    siteCount: SITES,
    starts: Uint32Array.from([0, ...own.map((_, site) => own.slice(0, site + 1).flat().length)]),
    rows: Uint32Array.from(own.flat()),
    worth: Float64Array.from(list, ({ worth }) => worth),
  };
}
