// The reader of footprints that repair, reasons and exact mode share: by hand in every shape of cover, and the same bins as the checker's own reader.
import { expect, test } from 'vitest';
import { makeSiteReader as makeCheckersReader } from '../../../engine/selection/check/recount.ts';
import { makeSiteReader, type SiteReader } from '../../../engine/selection/cover/site-reader.ts';
import { randomCase } from './random-case.ts';
import { coverKinds, problemOfTable } from './table-problem.ts';

const readBy = (reader: SiteReader, site: number) => {
  const count = reader.read(site);
  return Array.from({ length: count }, (_, at) => [reader.bins[at]!, reader.worth[at]!]);
};

test('items 1, 2 and 4 lie in the bins 1, 2 and 4 behind the guard', () => {
  const table = { weights: [1, 1, 1, 1], sites: [{ id: 'a', items: [1, 2, 4], cost: 1 }] };
  for (const kind of coverKinds)
    expect(readBy(makeSiteReader(problemOfTable(table, kind).cover), 0)).toEqual([
      [1, 1],
      [2, 1],
      [4, 1],
    ]);
});

test('grades are read as what they are worth, and one that is worth nothing is left out', () => {
  const table = {
    weights: [1, 1, 1, 1],
    sites: [
      { id: 'a', items: [1, 2, 3, 4], grades: [3, 1, 0, 2], cost: 1 },
      { id: 'b', items: [4], grades: [3], cost: 1 },
    ],
    gradeValue: [0, 0, 5, 9],
  };
  const reader = makeSiteReader(problemOfTable(table, 'grades').cover);
  expect(readBy(reader, 0)).toEqual([
    [1, 9],
    [4, 5],
  ]);
  expect(readBy(reader, 1)).toEqual([[4, 9]]);
});

test('two readers that share no code read the same of 300 random problems', () => {
  let bins = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { problem } = randomCase(seed);
    const one = makeSiteReader(problem.cover);
    const other = makeCheckersReader(problem);
    for (const site of problem.cost.keys()) {
      const read = readBy(one, site);
      expect(read, `seed ${seed}`).toEqual(readBy(other, site));
      bins += read.length;
    }
  }
  expect(bins).toBeGreaterThan(3000);
});
