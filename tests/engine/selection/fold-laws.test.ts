// Bins that need several sites (selection reference, 11.4 and 15.7), through the whole solver: graded and strict, against trying all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullWorth } from '../../../engine/selection/cover/full-worth.ts';
import type { Effort } from '../../../engine/selection/effort.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { choiceOf, problemOfTable, type Table, tables } from './table-problem.ts';

const effort: Effort = { priceSteps: 100, improveSteps: 300, seed: 1 };

/** 15.7: one bin of weight 6 that two of three sites have to serve. */
const pair = (counts: 'graded' | 'strict'): Table => ({
  weights: [6],
  sites: ['a', 'b', 'c'].map((id) => ({ id, items: [1], cost: 10 })),
  fold: { sites: [2], counts },
});

test('one bin for two sites: graded gains 3 and 3, strict gains 0 and 6, a third adds nothing', () => {
  for (const kind of ['runs', 'lists'] as const) {
    const gainsOf = (counts: 'graded' | 'strict') => {
      const problem = problemOfTable(pair(counts), kind);
      const { steps } = solveSelection(
        problem,
        choiceOf({ required: [6 * fullWorth(problem)], locked: [0, 1, 2] }),
        effort,
      );
      return steps.map(({ gain }) => gain / fullWorth(problem));
    };
    expect(gainsOf('graded')).toEqual([3, 3, 0]);
    expect(gainsOf('strict')).toEqual([0, 6, 0]);
  }
});

test('the pair costs two sites in both ways of counting, and half of it one site when graded', () => {
  const costOf = (counts: 'graded' | 'strict', share: number) => {
    const problem = problemOfTable(pair(counts), 'runs');
    return solveSelection(problem, choiceOf({ required: [share * 6 * fullWorth(problem)] }), effort).cost;
  };
  expect(costOf('graded', 1)).toBe(20);
  expect(costOf('strict', 1)).toBe(20);
  expect(costOf('graded', 0.5)).toBe(10);
  expect(costOf('strict', 0.5)).toBe(20);
});

interface FoldCase {
  readonly table: Table;
  readonly kind: 'runs' | 'lists';
  readonly percent: number;
}

const cases = (counts: 'graded' | 'strict'): fc.Arbitrary<FoldCase> =>
  fc
    .record({
      plain: tables('yes or no', { minSites: 2, maxSites: 7, maxItems: 10 }),
      folds: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 10, maxLength: 10 }),
      kind: fc.constantFrom('runs' as const, 'lists' as const),
      percent: fc.nat(100),
    })
    .map(({ plain, folds, kind, percent }) => ({
      table: { ...plain, fold: { sites: folds.slice(0, plain.weights.length), counts } },
      kind,
      percent,
    }));

/** Weight times worth that these sites cover, counted bin by bin. */
function foldedBy({ weights, sites, fold }: Table, open: readonly number[], full: number): number {
  return weights.reduce((sum, weight, index) => {
    const count = open.filter((site) => sites[site]!.items.includes(index + 1)).length;
    const needed = fold!.sites[index]!;
    const part = fold!.counts === 'graded' ? Math.min(count, needed) / needed : count >= needed ? 1 : 0;
    return sum + weight * full * part;
  }, 0);
}

for (const counts of ['graded', 'strict'] as const)
  test(`${counts}: plans reach their share, count it right, cost no less than the best and stay above their bound`, () => {
    let best = 0;
    let runs = 0;
    fc.assert(
      fc.property(cases(counts), ({ table, kind, percent }) => {
        const problem = problemOfTable(table, kind);
        const full = fullWorth(problem);
        const all = [...table.sites.keys()];
        const required = Math.floor((foldedBy(table, all, full) * percent) / 100);
        const selection = solveSelection(problem, choiceOf({ required: [required] }), effort);
        const open = selection.steps.map(({ site }) => site);
        const costOf = (sites: readonly number[]) =>
          sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
        const least = Math.min(
          ...subsets(all)
            .filter((set) => foldedBy(table, set, full) >= required - 1e-9)
            .map(costOf),
        );
        expect(selection.status).toBe('reached');
        expect(selection.covered[0]).toBeCloseTo(foldedBy(table, open, full), 9);
        expect(selection.covered[0]).toBeGreaterThanOrEqual(required);
        expect(selection.cost).toBe(costOf(open));
        expect(selection.cost).toBeGreaterThanOrEqual(least);
        expect(selection.certificate.bound).toBeLessThanOrEqual(least);
        runs++;
        if (selection.cost === least) best++;
      }),
      { seed: 47, numRuns: 300 },
    );
    expect(best / runs).toBeGreaterThan(0.97);
  });

test('graded never asks for more sites than strict for the whole of the demand', () => {
  fc.assert(
    fc.property(cases('strict'), ({ table, kind }) => {
      const graded: Table = { ...table, fold: { ...table.fold!, counts: 'graded' } };
      const all = [...table.sites.keys()];
      const served = foldedBy(table, all, 1);
      const strictCost = solveSelection(
        problemOfTable(table, kind),
        choiceOf({ required: [served] }),
        effort,
      ).cost;
      const gradedProblem = problemOfTable(graded, kind);
      const gradedCost = solveSelection(
        gradedProblem,
        choiceOf({ required: [served * fullWorth(gradedProblem)] }),
        effort,
      ).cost;
      expect(gradedCost).toBeLessThanOrEqual(strictCost);
    }),
    { seed: 48, numRuns: 150 },
  );
});

function subsets(sites: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const site of sites) sets.push(...sets.map((set) => [...set, site]));
  return sets;
}
