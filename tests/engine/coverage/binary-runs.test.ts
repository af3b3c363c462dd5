// Runs of a yes-or-no rule against a plain recount over the bins of each strip row.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BinaryRuns, binaryRunsOf, computeFootprints, HALF_GRADE } from '../../../engine/index.ts';
import { buildingsOf } from '../../support/flat-ground.ts';
import { footprintsOfTable, tables } from '../selection/table-problem.ts';
import { gradesOf, modelOf, n78, place } from './a-model.ts';

function runsOf({ runStarts, runFirst, runLength }: BinaryRuns, site: number): [number, number][] {
  const runs: [number, number][] = [];
  for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++)
    runs.push([runFirst[run]!, runLength[run]!]);
  return runs;
}

test('by hand: a grade below the least one ends a run, and a run ends with its row', () => {
  const footprints = footprintsOfTable(
    {
      weights: [1, 1, 1, 1, 1, 1, 1, 1],
      gradeValue: [0, 1, 2, 3],
      sites: [
        { id: 'a', items: [1, 2, 3, 4, 5, 6, 8], grades: [2, 3, 1, 2, 2, 3, 1], cost: 1 },
        { id: 'b', items: [7], grades: [1], cost: 1 },
        { id: 'c', items: [7, 8], grades: [3, 3], cost: 1 },
      ],
    },
    5,
  );
  // Bins: guard 0, items 1-5 as bins 1-5, guard 6, items 6-8 as bins 7-9.
  const runs = binaryRunsOf(footprints, 2);
  expect(runsOf(runs, 0)).toEqual([
    [1, 2],
    [4, 2],
    [7, 1],
  ]);
  expect(runsOf(runs, 1)).toEqual([]);
  expect(runsOf(runs, 2)).toEqual([[8, 2]]);
});

test('runs equal a naive recount over random tables, whatever the row length and the least grade', () => {
  const cases = fc.record({
    table: tables('grades', { maxItems: 24 }),
    rowLength: fc.integer({ min: 1, max: 9 }),
    least: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(cases, ({ table, rowLength, least }) => {
      const runs = binaryRunsOf(footprintsOfTable(table, rowLength), least);
      table.sites.forEach(({ items, grades }, site) => {
        const holds = (item: number): boolean =>
          items.some((other, index) => other === item && grades![index]! >= least);
        const expected: [number, number][] = [];
        table.weights.forEach((_, index) => {
          const bin = index + Math.floor(index / rowLength) + 1;
          if (!holds(index + 1)) return;
          if (index % rowLength > 0 && holds(index)) expected.at(-1)![1]++;
          else expected.push([bin, 1]);
        });
        expect(runsOf(runs, site)).toEqual(expected);
      });
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('runs of real stations hold the bins at or above one half and never cross a strip row', () => {
  const model = modelOf({
    buildings: buildingsOf([300, 540, 700, 560, 40], [200, 200, 260, 300, 30]),
    thresholdDbm: -88,
    binSizeM: 5,
  });
  const places = [place(500, 500, n78.pole), place(640, 500, n78.pole), place(300, 700, n78.macro, 30)];
  const footprints = computeFootprints(model, places);
  const { rowStarts } = model.grid;
  const rowOf = (bin: number): number => rowStarts.findLastIndex((start) => start <= bin);
  const runs = binaryRunsOf(footprints, HALF_GRADE);
  let borders = 0;
  places.forEach((_, site) => {
    const found: number[] = [];
    for (const [first, length] of runsOf(runs, site)) {
      const row = rowOf(first);
      expect(rowOf(first + length - 1)).toBe(row);
      expect(first).toBeGreaterThan(rowStarts[row]!);
      if (first === rowStarts[row]! + 1) borders++;
      for (let bin = first; bin < first + length; bin++) found.push(bin);
    }
    const expected = [...gradesOf(footprints, site)].filter(([, grade]) => grade >= HALF_GRADE);
    expect(found).toEqual(expected.map(([bin]) => bin));
    expect(found.length).toBeGreaterThan(500);
  });
  expect(borders).toBeGreaterThan(10);
});
