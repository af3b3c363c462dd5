// The board of towns: counted by hand first, then laws for any list of problems.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RankedProblem, rankTowns } from '../../../engine/index.ts';

const DAY = 86_400_000;
const period = { fromMs: 100 * DAY, toMs: 130 * DAY };

/** Days on one line of time; due after ten. */
const problem = (place: string, raised: number, settled?: number, closed?: number): RankedProblem => ({
  place,
  raisedMs: raised * DAY,
  dueMs: (raised + 10) * DAY,
  settledMs: settled === undefined ? null : settled * DAY,
  closedMs: closed === undefined ? null : closed * DAY,
});

describe('the ranking of towns', () => {
  test('counts what was alive in the period: open, overdue, closed on time, days', () => {
    const [row] = rankTowns(
      [
        problem('甲', 95, 104, 106), // raised before, closed in it on time, 11 days
        problem('甲', 105, 118, 118), // closed three days late, 13 days
        problem('甲', 112), // open and overdue
        problem('甲', 125), // open, time left
        problem('甲', 110, 119), // settled on time, waits for its raiser
        problem('甲', 120, 128, 135), // closed after the period
        problem('甲', 80, 89, 99), // closed before it
        problem('甲', 130), // raised after it
      ],
      period,
    );
    expect(row).toEqual({
      place: '甲',
      rank: 1,
      raised: 5,
      open: 4,
      overdue: 1,
      closed: 2,
      closedOnTime: 1,
      onTimeShare: 1 / 3,
      meanDays: 12,
    });
  });

  test('does not count how long the raiser took to agree', () => {
    const [row] = rankTowns([problem('甲', 100, 110, 129)], period);
    expect(row).toMatchObject({ closedOnTime: 1, onTimeShare: 1 });
  });

  test('puts the share first, then fewer overdue, then fewer days; equal ones share a rank', () => {
    const rows = rankTowns(
      [
        problem('slow', 100, 109, 109),
        problem('quick', 100, 102, 102),
        problem('as quick', 110, 112, 112),
        problem('half', 100, 102, 102),
        problem('half', 100),
        problem('none to settle', 128),
        problem('late twice', 100),
        problem('late twice', 100),
        problem('late once', 100),
      ],
      period,
    );
    expect(rows.map(({ place, rank }) => [rank, place])).toEqual([
      [1, 'as quick'],
      [1, 'quick'],
      [3, 'slow'],
      [4, 'half'],
      [5, 'late once'],
      [6, 'late twice'],
      [null, 'none to settle'],
    ]);
  });

  test('refuses a period that ends before it begins', () => {
    expect(() => rankTowns([], { fromMs: 2, toMs: 2 })).toThrow(RangeError);
  });

  test('adds up to the problems alive, whatever their order', () => {
    const anyProblem = fc
      .record({
        place: fc.constantFrom('甲', '乙', '丙'),
        raised: fc.integer({ min: 60, max: 140 }),
        wait: fc.option(fc.integer({ min: 0, max: 40 })),
        agree: fc.option(fc.integer({ min: 0, max: 20 })),
      })
      .map(({ place, raised, wait, agree }) =>
        problem(
          place,
          raised,
          wait === null ? undefined : raised + wait,
          wait === null || agree === null ? undefined : raised + wait + agree,
        ),
      );
    fc.assert(
      fc.property(fc.array(anyProblem, { maxLength: 60 }), (problems) => {
        const rows = rankTowns(problems, period);
        const alive = problems.filter(
          ({ raisedMs, closedMs }) =>
            raisedMs < period.toMs && (closedMs === null || closedMs >= period.fromMs),
        );
        expect(rows.reduce((sum, { open, closed }) => sum + open + closed, 0)).toBe(alive.length);
        for (const { open, overdue, closed, closedOnTime } of rows) {
          expect(overdue).toBeLessThanOrEqual(open);
          expect(closedOnTime).toBeLessThanOrEqual(closed);
        }
        expect(rankTowns([...problems].reverse(), period)).toEqual(rows);
      }),
      { seed: 43, numRuns: 300 },
    );
  });
});
