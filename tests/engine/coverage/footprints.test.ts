// Footprints against the levels they are made from: the same bins and grades, in a layout that keeps its promises.
import { describe, expect, test } from 'vitest';
import { makeBlockMaker, makeReachCounts } from '../../../engine/coverage/compute-footprints.ts';
import {
  BLOCK_SITES,
  type CoverageModel,
  computeFootprints,
  computeSiteLevels,
  type FootprintBlock,
  type Footprints,
  footprintBytes,
  type StationForm,
  type StationPlace,
} from '../../../engine/index.ts';
import { buildingsOf } from '../../support/flat-ground.ts';
import { distanceTo, gradesOf, modelOf, n78, place } from './a-model.ts';

const houses = buildingsOf(
  [300, 540, 700, 560, 40],
  [200, 200, 260, 300, 30],
  [480, 420, 520, 460, 12],
  [620, 400, 680, 470, 25],
  [120, 700, 300, 760, 18],
  // Small ones, whose indoor bins are short gaps in the spans.
  [740, 700, 762, 722, 6],
  [820, 610, 842, 632, 6],
  [430, 250, 452, 272, 6],
);

/** More than two blocks: poles on a mesh that lies across strip borders, a macro now and then. */
function manyPlaces(): StationPlace[] {
  const pole: StationForm = { ...n78.pole, serviceRadiusM: 200 };
  return Array.from({ length: 2 * BLOCK_SITES + 9 }, (_, index) => {
    const [eastM, northM] = [40.3 + 83.7 * (index % 12), 30.9 + 85.1 * Math.floor(index / 12)];
    return index % 50 === 44 ? place(eastM, northM, n78.macro, 33) : place(eastM, northM, pole, 8);
  });
}

/** Thresholds at which grades of all sizes occur. Strips are 128 bins wide: only bins of 6 m cross their borders here. */
const models: [what: string, model: CoverageModel][] = [
  ['roofs decide', modelOf({ buildings: houses, thresholdDbm: -88, binSizeM: 6 })],
  ['sight is a chance', modelOf({ buildings: null, thresholdDbm: -72 })],
];

describe.each(models)('where %s', (_, model) => {
  const { grid } = model;
  const places = manyPlaces();
  const footprints = computeFootprints(model, places);

  test('the footprints hold exactly the bins and grades of the levels of each site', () => {
    const seenGrades = new Set<number>();
    places.forEach((one, site) => {
      const { bins, grade } = computeSiteLevels(model, one);
      const expected = new Map<number, number>();
      bins.forEach((bin, index) => {
        if (grade[index]! > 0) expected.set(bin, grade[index]!);
      });
      expect(gradesOf(footprints, site)).toEqual(expected);
      for (const value of expected.values()) seenGrades.add(value);
    });
    expect(seenGrades.size).toBeGreaterThan(100);
  });

  test('near and seen sites per bin equal a recount', () => {
    const near = new Uint16Array(grid.binCount);
    const seen = new Uint16Array(grid.binCount);
    for (const one of places) {
      const levels = computeSiteLevels(model, one);
      levels.bins.forEach((bin, index) => {
        near[bin]!++;
        seen[bin]! += levels.seen[index]!;
      });
    }
    expect(footprints.near).toEqual(near);
    expect(footprints.seen).toEqual(seen);
    expect(Math.max(...near)).toBeGreaterThan(3);
    expect(seen.some((count, bin) => count < near[bin]!)).toBe(model.sightByRoofs);
  });

  test('spans ascend, begin and end at served bins, stay in their strip row and hold no guard', () => {
    const rowOf = rowsOf(grid.rowStarts, grid.binCount);
    const guards = new Set(grid.rowStarts.slice(0, -1));
    let longest = 0;
    let zeros = 0;
    let cuts = 0;
    for (const [site, { first, grades }] of spansOf(footprints)) {
      expect(grades.length).toBeGreaterThan(0);
      expect(grades.length).toBeLessThanOrEqual(128);
      expect(rowOf[first]).toBe(rowOf[first + grades.length - 1]);
      expect(grades[0]).toBeGreaterThan(0);
      expect(grades.at(-1)).toBeGreaterThan(0);
      const guard = grades.findIndex((_, offset) => guards.has(first + offset));
      if (guard >= 0) expect({ site, guard: first + guard }).toBe('no guard in a span');
      longest = Math.max(longest, grades.length);
      zeros += grades.filter((grade) => grade === 0).length;
      if (guards.has(first - 1) && grid.binColumn[first]! > 0) cuts++;
    }
    // Without long spans, gaps and spans that begin at a strip border these promises would say little.
    expect(longest).toBeGreaterThan(20);
    if (model.sightByRoofs) expect(Math.min(zeros, cuts)).toBeGreaterThan(100);
  });

  test('spans of a site ascend without touching, and a gap of up to four bins inside a row is never a new span', () => {
    const rowOf = rowsOf(grid.rowStarts, grid.binCount);
    let before = { site: -1, end: -1 };
    for (const [site, { first, grades }] of spansOf(footprints)) {
      if (site === before.site) {
        expect(first).toBeGreaterThan(before.end);
        if (rowOf[first] === rowOf[before.end - 1]) expect(first - before.end).toBeGreaterThan(4);
      }
      if (grades.join().includes(',0,0,0,0,0,')) expect({ site, grades }).toBe('gaps of four at the most');
      before = { site, end: first + grades.length };
    }
  });

  test('starts of spans and grades fit together, and the bytes are counted', () => {
    expect(footprints.blocks.map((block) => block.sites)).toEqual([64, 64, 9]);
    expect([footprints.siteCount, footprints.binCount]).toEqual([places.length, grid.binCount]);
    let bytes = 0;
    for (const block of footprints.blocks) {
      expect(block.spanStarts[0]).toBe(0);
      expect(block.spanStarts.length).toBe(block.sites + 1);
      expect(block.spanStarts.at(-1)).toBe(block.spanFirst.length);
      expect(block.spanLength.length).toBe(block.spanFirst.length);
      expect(block.gradeStarts.at(-1)).toBe(block.grades.length);
      for (let local = 0; local < block.sites; local++) {
        const lengths = block.spanLength.slice(block.spanStarts[local], block.spanStarts[local + 1]);
        const bins = lengths.reduce((sum, length) => sum + length, 0);
        expect(block.gradeStarts[local + 1]! - block.gradeStarts[local]!).toBe(bins);
      }
      bytes += 5 * block.spanFirst.length + block.grades.length + 8 * (block.sites + 1);
    }
    expect(footprintBytes(footprints)).toBe(bytes);
  });

  test('a block computed alone, in any order and on a fresh model, is the same block', () => {
    const parts = [2, 0, 1].map((index): [number, FootprintBlock] => {
      const maker = makeBlockMaker({ ...model, forms: new Map() }, null);
      return [index, maker(places.slice(index * BLOCK_SITES, (index + 1) * BLOCK_SITES))];
    });
    for (const [index, block] of parts) expect(block).toEqual(footprints.blocks[index]);
    const reach = makeReachCounts(grid.binCount);
    const maker = makeBlockMaker(model, reach);
    for (const index of [1, 2, 0]) maker(places.slice(index * BLOCK_SITES, (index + 1) * BLOCK_SITES));
    expect(reach).toEqual({ near: footprints.near, seen: footprints.seen });
  });
});

test('a station that reaches no bin has no span, and no station no block', () => {
  const model = modelOf();
  const none = computeFootprints(model, [place(3000, 3000)]);
  expect([...none.blocks[0]!.spanStarts]).toEqual([0, 0]);
  expect(computeFootprints(model, []).blocks).toEqual([]);
});

interface Span {
  readonly first: number;
  readonly grades: number[];
}

/** Every span with its site, in order. */
function spansOf({ blocks }: Footprints): [site: number, span: Span][] {
  const spans: [number, Span][] = [];
  blocks.forEach((block, index) => {
    for (let local = 0; local < block.sites; local++) {
      let at = block.gradeStarts[local]!;
      for (let span = block.spanStarts[local]!; span < block.spanStarts[local + 1]!; span++) {
        const grades = [...block.grades.slice(at, at + block.spanLength[span]!)];
        at += grades.length;
        spans.push([index * BLOCK_SITES + local, { first: block.spanFirst[span]!, grades }]);
      }
    }
  });
  return spans;
}

function rowsOf(rowStarts: Uint32Array, binCount: number): Int32Array {
  const rows = new Int32Array(binCount);
  for (let row = 0; row + 1 < rowStarts.length; row++) rows.fill(row, rowStarts[row], rowStarts[row + 1]);
  return rows;
}

test('where even the best direction in sight fails the threshold nothing is looked at: too far, never hidden, same grades', () => {
  const model = modelOf({ buildings: houses, thresholdDbm: -45 });
  const site = place(500, 500, n78.pole, 8);
  const footprints = computeFootprints(model, [site]);
  const levels = computeSiteLevels(model, site);
  let tooFar = 0;
  let hiddenByHouses = 0;
  levels.bins.forEach((id, index) => {
    expect(gradesOf(footprints, 0).get(id) ?? 0).toBe(levels.grade[index]);
    if (distanceTo(model, id, site) < 300) return;
    tooFar++;
    expect(footprints.seen[id]).toBe(1);
    if (levels.seen[index] === 0) hiddenByHouses++;
  });
  expect(tooFar).toBeGreaterThan(200);
  expect(hiddenByHouses).toBeGreaterThan(20);
});
