// The dual method on small random programs: a point within all bounds whose objective the safe bound meets is an optimum, whatever the
// method did on the way; and no spoilt table proves more than the truth.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DualEnd, runDual } from '../../../engine/selection/exact/dual-simplex.ts';
import { safeBound, safeBoundOfInfeasible } from '../../../engine/selection/exact/safe-bound.ts';
import {
  addTableRow,
  driftOf,
  levelOf,
  makeSimplexTable,
  objectiveOf,
  type SimplexTable,
  settleTable,
} from '../../../engine/selection/exact/simplex-table.ts';
import { loadBasis, rebuildTable, saveBasis } from '../../../engine/selection/exact/table-basis.ts';
import { makeTableSnapshot } from '../../../engine/selection/exact/table-snapshot.ts';

interface Program {
  readonly cost: readonly number[];
  readonly high: readonly number[];
  readonly rows: readonly {
    readonly factors: readonly number[];
    readonly low: number;
    readonly span: number;
  }[];
}

const VARIABLES = 5;
const whole = (min: number, max: number) => fc.integer({ min, max });
const many = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: VARIABLES, maxLength: VARIABLES });
const programs: fc.Arbitrary<Program> = fc.record({
  cost: many(whole(-4, 9)),
  high: many(whole(0, 3)),
  rows: fc.array(
    fc.record({ factors: many(whole(-3, 4)), low: whole(-6, 8), span: fc.constantFrom(0, 2, Infinity) }),
    { minLength: 1, maxLength: 6 },
  ),
});
const settings = { seed: 1, numRuns: 1500 };
const TOLERANCE = 1e-6;

function tableOf({ cost, high, rows }: Program): SimplexTable {
  const table = makeSimplexTable(Float64Array.from(cost), Float64Array.from(high));
  for (const { factors, low, span } of rows) {
    const columns = factors.flatMap((factor, column) => (factor === 0 ? [] : [column]));
    const own = columns.map((column) => factors[column]!);
    addTableRow(
      table,
      { columns: Int32Array.from(columns), factors: Float64Array.from(own) },
      low,
      low + span,
    );
  }
  return table;
}

const solve = (table: SimplexTable): DualEnd => runDual(table, 1000, Infinity);

/** The least objective over whole points, all of them tried; Infinity when none keeps the rows. */
function leastWhole({ cost, high, rows }: Program): number {
  let least = Infinity;
  const point: number[] = [];
  const dot = (factors: readonly number[]) =>
    factors.reduce((sum, factor, at) => sum + factor * point[at]!, 0);
  const go = (at: number): void => {
    if (at < VARIABLES) {
      for (let value = 0; value <= high[at]!; value++) {
        point[at] = value;
        go(at + 1);
      }
      return;
    }
    if (rows.every(({ factors, low, span }) => dot(factors) >= low && dot(factors) <= low + span))
      least = Math.min(least, dot(cost));
  };
  go(0);
  return least;
}

/** What the rows of a solved table give at its own point, and whether all bounds hold there. */
function expectOptimal(program: Program, table: SimplexTable): void {
  const point = program.cost.map((_, variable) => levelOf(table, variable));
  point.forEach((value, variable) => {
    expect(value).toBeGreaterThanOrEqual(-TOLERANCE);
    expect(value).toBeLessThanOrEqual(program.high[variable]! + TOLERANCE);
  });
  for (const { factors, low, span } of program.rows) {
    const activity = factors.reduce((sum, factor, at) => sum + factor * point[at]!, 0);
    expect(activity).toBeGreaterThanOrEqual(low - TOLERANCE);
    expect(activity).toBeLessThanOrEqual(low + span + TOLERANCE);
  }
  expect(safeBound(table, new Float64Array(VARIABLES))).toBeGreaterThan(objectiveOf(table) - TOLERANCE);
}

test('two dishes, one known optimum', () => {
  // least 2 a + 3 b with a + b >= 4, a <= 3, b <= 3: a = 3, b = 1
  const table = makeSimplexTable(Float64Array.of(2, 3), Float64Array.of(3, 3));
  addTableRow(table, { columns: Int32Array.of(0, 1), factors: Float64Array.of(1, 1) }, 4, Infinity);
  expect(solve(table)).toMatchObject({ kind: 'optimal', objective: 9 });
  expect([levelOf(table, 0), levelOf(table, 1)]).toEqual([3, 1]);
  expect(safeBound(table, new Float64Array(2))).toBeCloseTo(9, 6);
});

describe('random programs', () => {
  test('end at a point that the safe bound meets, or at a proof that there is none', () => {
    const ends = { optimal: 0, infeasible: 0 };
    fc.assert(
      fc.property(programs, (program) => {
        const table = tableOf(program);
        const end = solve(table);
        if (end.kind === 'infeasible') {
          ends.infeasible++;
          expect(leastWhole(program)).toBe(Infinity);
          const bound = safeBoundOfInfeasible(table, new Float64Array(VARIABLES), end.line, end.sign, 1000);
          expect(bound).toBeGreaterThanOrEqual(1000);
          return;
        }
        ends.optimal++;
        expect(end.kind).toBe('optimal');
        expectOptimal(program, table);
      }),
      settings,
    );
    expect(Math.min(ends.optimal, ends.infeasible)).toBeGreaterThan(100);
  });

  test('go on from there when bounds change, and come back by snapshot, basis and rebuilding', () => {
    fc.assert(
      fc.property(programs, whole(0, VARIABLES - 1), (program, fixed) => {
        const table = tableOf(program);
        const first = solve(table);
        if (first.kind === 'infeasible') return;
        const basis = saveBasis(table, new Set());
        const snapshot = makeTableSnapshot(table);
        snapshot.take();
        const highs = program.high.map((high, at) => (at === fixed ? 0 : high));
        table.high[fixed] = 0;
        settleTable(table);
        const second = solve(table);
        const fresh = solve(tableOf({ ...program, high: highs }));
        expect(second.kind).toBe(fresh.kind);
        if (second.kind !== 'infeasible' && fresh.kind !== 'infeasible')
          expect(second.objective).toBeCloseTo(fresh.objective, 6);

        table.high[fixed] = program.high[fixed]!;
        snapshot.restore();
        expect(objectiveOf(table)).toBeCloseTo(first.objective, 9);
        expect(driftOf(table)).toBeLessThan(TOLERANCE);
        rebuildTable(table);
        expect(solve(table)).toMatchObject({ kind: 'optimal' });
        expect(objectiveOf(table)).toBeCloseTo(first.objective, 6);
        loadBasis(table, basis, new Set());
        // rows that were loose are gone, those that were tight hold the same optimum
        expect(table.height).toBe(basis.cuts.length);
        expect(solve(table)).toMatchObject({ kind: 'optimal' });
        expect(objectiveOf(table)).toBeCloseTo(first.objective, 6);
      }),
      settings,
    );
  });

  test('a table whose numbers are spoilt proves no more than the truth', () => {
    let spoilt = 0;
    fc.assert(
      fc.property(programs, fc.array(whole(-20, 20), { minLength: 8, maxLength: 8 }), (program, noise) => {
        const table = tableOf(program);
        solve(table);
        const least = leastWhole(program);
        noise.forEach((wrong, at) => {
          table.reduced[at % table.reduced.length]! += wrong / 7;
          if (at < table.width) table.reduced[table.tight[at]!]! += wrong;
          table.entries[at]! += wrong;
        });
        if (least === Infinity) return;
        spoilt++;
        const left = new Float64Array(VARIABLES);
        expect(safeBound(table, left)).toBeLessThanOrEqual(least);
        for (const sign of [1, -1] as const)
          expect(safeBoundOfInfeasible(table, left, 0, sign, Infinity)).toBeLessThanOrEqual(least);
      }),
      settings,
    );
    expect(spoilt).toBeGreaterThan(300);
  });
});
