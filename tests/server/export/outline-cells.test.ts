// Outlines of cells: every cell lies in exactly the polygon of its group, rings are simple, corners that touch do not join.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Corner, outlineCells } from '../../../server/export/outline-cells.ts';

const draw = (...lines: string[]) => ({
  cells: Uint8Array.from(lines.join(''), (mark) => (mark === '#' ? 1 : 0)),
  columns: lines[0]!.length,
  rows: lines.length,
});
const outline = (...lines: string[]) => {
  const { cells, columns, rows } = draw(...lines);
  return outlineCells(cells, columns, rows, 1);
};

test('a block of cells is one ring of its four corners, clockwise from the north-west', () => {
  expect(outline('....', '.##.', '.##.')).toEqual([
    [
      [
        [1, 1],
        [3, 1],
        [3, 3],
        [1, 3],
        [1, 1],
      ],
    ],
  ]);
});

test('a hole is a ring of its own, counter-clockwise', () => {
  const [polygon] = outline('###', '#.#', '###');
  expect(polygon).toHaveLength(2);
  expect(polygon![1]).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
    [1, 1],
  ]);
});

test('cells that touch at a corner only are two polygons', () => {
  expect(outline('#.', '.#')).toHaveLength(2);
});

test('a ring that closes at a corner encloses a hole that touches it there', () => {
  const polygons = outline('###', '#.#', '##.');
  expect(polygons).toHaveLength(1);
  expect(polygons[0]).toHaveLength(2);
});

const isInside = (ring: readonly Corner[], x: number, y: number): boolean => {
  let inside = false;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [fromX, fromY] = ring[at]!;
    const [toX, toY] = ring[at + 1]!;
    if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) inside = !inside;
  }
  return inside;
};

test('for any pattern, a cell lies in one polygon when it holds the value and in none when not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 80 }),
      (columns, marks) => {
        const rows = Math.ceil(marks.length / columns);
        const cells = new Uint8Array(columns * rows);
        cells.set(marks);
        const polygons = outlineCells(cells, columns, rows, 1);
        for (const polygon of polygons) {
          for (const ring of polygon) {
            const corners = ring.slice(1).map(String);
            expect(new Set(corners).size).toBe(corners.length);
            expect(ring.length).toBeGreaterThanOrEqual(5);
          }
        }
        for (let at = 0; at < cells.length; at++) {
          const [x, y] = [(at % columns) + 0.5, Math.floor(at / columns) + 0.5];
          const around = polygons.filter(
            ([outer, ...holes]) => isInside(outer!, x, y) && !holes.some((hole) => isInside(hole, x, y)),
          );
          expect(around.length).toBe(cells[at] === 1 ? 1 : 0);
        }
      },
    ),
    { seed: 20_26, numRuns: 300 },
  );
});
