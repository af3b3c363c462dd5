// Rows in cells of neighbours, about equally many each: the search cuts what a cell covers as one number. Few cells would need far
// more cuts until they fit, one cell per row would make the program as large as the model (measured on 4 km2, 800 sites: a hundred
// cells of 65 rows take half the steps of thirty, and three hundred take twice the time).
import type { SelectionProblem } from '../selection-problem.ts';
import type { CoverRows } from './cover-rows.ts';

export interface CoverCells {
  readonly count: number;
  /** First entry of each cell in `rows`, then the end. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  /** Middle of each cell, metres; without places where its sites stand in the list. */
  readonly east: Float64Array;
  readonly north: Float64Array;
}

const ROWS_PER_CELL = 64;

/** Cut in half again and again across the longer side, by the middle of a row's sites; without places by where they stand in the list. */
export function makeCoverCells(
  { places }: SelectionProblem,
  sites: readonly number[],
  rows: CoverRows,
): CoverCells {
  const count = Math.max(1, Math.round(rows.count / ROWS_PER_CELL));
  const east = new Float64Array(rows.count);
  const north = new Float64Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const from = rows.starts[row]!;
    const to = rows.starts[row + 1]!;
    for (let at = from; at < to; at++) {
      const position = rows.sites[at]!;
      east[row]! += (places?.eastM[sites[position]!] ?? position) / (to - from);
      north[row]! += (places?.northM[sites[position]!] ?? 0) / (to - from);
    }
  }
  const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
  const starts = new Uint32Array(count + 1);
  let cells = 0;
  const split = (from: number, to: number, parts: number): void => {
    if (parts === 1) {
      starts[++cells] = to;
      return;
    }
    const own = order.subarray(from, to);
    const along = spanOf(east, own) > spanOf(north, own) ? east : north;
    own.sort((a, b) => along[a]! - along[b]! || a - b);
    const before = parts >> 1;
    const middle = from + Math.floor(((to - from) * before) / parts);
    split(from, middle, before);
    split(middle, to, parts - before);
  };
  split(0, rows.count, count);
  const middleOf = (along: Float64Array) =>
    Float64Array.from({ length: count }, (_, cell) => {
      const own = order.subarray(starts[cell], starts[cell + 1]);
      return own.reduce((sum, row) => sum + along[row]!, 0) / Math.max(1, own.length);
    });
  return { count, starts, rows: order, east: middleOf(east), north: middleOf(north) };
}

function spanOf(values: Float64Array, rows: Uint32Array): number {
  let least = Infinity;
  let most = -Infinity;
  for (const row of rows) {
    least = Math.min(least, values[row]!);
    most = Math.max(most, values[row]!);
  }
  return most - least;
}
