// Lines that meet end to end become one, whatever order and direction they were drawn in.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinLines } from '../../../engine/geo/join-lines.ts';
import type { LonLat } from '../../../engine/index.ts';

const a: LonLat = [121, 31];
const b: LonLat = [121.01, 31];
const c: LonLat = [121.02, 31.01];
const d: LonLat = [121.03, 31];
const e: LonLat = [121.01, 31.05];

test('three pieces of one road are one line from west to east', () => {
  expect(
    joinLines([
      [c, d],
      [b, a],
      [b, c],
    ]),
  ).toEqual([[a, b, c, d]]);
});

test('where three ends meet all of them end', () => {
  expect(
    joinLines([
      [a, b],
      [b, c],
      [e, b],
    ]).map((line) => line.length),
  ).toEqual([2, 2, 2]);
});

test('a ring stays one line, and a point is none', () => {
  const ring = joinLines([
    [a, b],
    [b, c],
    [c, a],
  ]);
  expect(ring).toHaveLength(1);
  expect(ring[0]).toHaveLength(4);
  expect(joinLines([[a], []])).toEqual([]);
});

test('whatever the order and the direction of the pieces, the lines are the same', () => {
  const bends = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 3,
    maxLength: 12,
    selector: String,
  });
  fc.assert(
    fc.property(
      bends,
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      fc.integer(),
      (places, turned, by) => {
        const line = places.map(([x, y]): LonLat => [121 + x / 1000, 31 + y / 1000]);
        const pieces = line
          .slice(1)
          .map((end, at): LonLat[] => (turned[at] ? [end, line[at]!] : [line[at]!, end]));
        const first = Math.abs(by) % pieces.length;
        const shuffled = [...pieces.slice(first), ...pieces.slice(0, first)];
        expect(joinLines(shuffled)).toEqual(joinLines(pieces));
        expect([line, [...line].reverse()]).toContainEqual(joinLines(pieces)[0]);
      },
    ),
    { seed: 3, numRuns: 100 },
  );
});
