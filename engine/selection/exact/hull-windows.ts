// Windows of the ground for cuts on their hull: a cell with its nearest cells, overlapping, so that what meets at the border of one lies
// in the middle of another.
import type { CoverCells } from './cover-cells.ts';
import type { CoverRows } from './cover-rows.ts';

export interface HullWindow {
  /** Ascending. */
  readonly cells: readonly number[];
  readonly rows: Uint32Array;
  /** Sets of sites, by position, that made its last cuts: where the next ones begin. */
  sets: readonly (readonly number[])[];
}

/** Of `size` cells each. None where a bin needs several sites or counts more than once: there a hull is another one. */
export function makeHullWindows(cells: CoverCells, rows: CoverRows, size: number): HullWindow[] {
  const isPlain = Array.from({ length: cells.count }, (_, cell) => {
    for (let at = cells.starts[cell]!; at < cells.starts[cell + 1]!; at++) {
      const row = cells.rows[at]!;
      if (rows.need[row] !== 1 || rows.most[row] !== 1) return false;
    }
    return true;
  });
  const plain = isPlain.flatMap((is, cell) => (is ? [cell] : []));
  const windows = new Map<string, HullWindow>();
  for (const cell of plain) {
    const away = (other: number) => {
      const [eastM, northM] = [
        cells.east[other]! - cells.east[cell]!,
        cells.north[other]! - cells.north[cell]!,
      ];
      return Math.sqrt(eastM * eastM + northM * northM);
    };
    const own = plain
      .map((other) => ({ other, awayM: away(other) }))
      .sort((a, b) => a.awayM - b.awayM || a.other - b.other)
      .slice(0, size)
      .map(({ other }) => other)
      .sort((a, b) => a - b);
    windows.set(own.join(), { cells: own, rows: rowsOf(cells, own), sets: [] });
  }
  return [...windows.values()];
}

function rowsOf({ starts, rows }: CoverCells, own: readonly number[]): Uint32Array {
  return Uint32Array.from(own.flatMap((cell) => Array.from(rows.subarray(starts[cell], starts[cell + 1]))));
}
