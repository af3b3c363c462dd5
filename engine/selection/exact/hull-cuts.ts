// Cuts on hulls in the covering program (hull-cut.ts): found window by window, kept once they are found, because they hold in every branch,
// and put back wherever the fractional plan breaks one.
import type { CellArea, CoverProgram } from './cover-program.ts';
import { findHullCut } from './hull-cut.ts';
import { type HullWindow, makeHullWindows } from './hull-windows.ts';
import { addTableRow, type TableRow } from './simplex-table.ts';

export interface HullCuts {
  /** New ones at `values` (one per structural variable) from windows of so many cells; how many. */
  readonly find: (values: Float64Array, cellCount: number, shouldStop: () => boolean) => number;
  /** Known ones that are broken at `values`; how many. */
  readonly recall: (values: Float64Array) => number;
  /** That were found so far. */
  readonly count: () => number;
}

interface KnownCut {
  readonly row: TableRow;
  readonly most: number;
  readonly tolerance: number;
}

/** One target in a window. */
interface Place {
  readonly window: HullWindow;
  readonly target: number;
  readonly area: CellArea;
  /** Variables of its cells. */
  readonly variables: readonly number[];
}

export function makeHullCuts(program: CoverProgram): HullCuts {
  const { table, reduced } = program;
  const { rows, duties } = reduced;
  const known: KnownCut[] = [];
  const placesOf = new Map<number, Place[]>();
  const enter = ({ row, most }: KnownCut) => addTableRow(table, row, -Infinity, most);
  return {
    find: (values, cellCount, shouldStop) => {
      const places = placesOf.get(cellCount) ?? listPlaces(program, cellCount);
      placesOf.set(cellCount, places);
      const found: KnownCut[] = [];
      for (const { window, target, area, variables } of places) {
        if (shouldStop()) break;
        const { scale, tolerance } = area;
        const claimed = variables.reduce((sum, variable) => sum + values[variable]! * scale, 0);
        const worthOf = (row: number) => rows.worth[row * duties.length + target]!;
        const cut = findHullCut(rows, window, values, claimed, worthOf);
        if (cut === null) continue;
        const row = {
          columns: Int32Array.from([...cut.positions, ...variables]),
          factors: Float64Array.from([
            ...cut.prices.map((price) => -price / scale),
            ...variables.map(() => 1),
          ]),
        };
        found.push({ row, most: cut.constant / scale, tolerance });
      }
      for (const cut of found) enter(cut);
      known.push(...found);
      return found.length;
    },
    recall: (values) => {
      const broken = known.filter((cut) => excessOf(cut, values) > cut.tolerance);
      for (const cut of broken) enter(cut);
      return broken.length;
    },
    count: () => known.length,
  };
}

function listPlaces({ areas, cells, reduced }: CoverProgram, cellCount: number): Place[] {
  const targets = [...new Set(areas.map(({ target }) => target))];
  return makeHullWindows(cells, reduced.rows, cellCount).flatMap((window) =>
    targets.flatMap((target) => {
      const own = areas.flatMap((area, at) =>
        area.target === target && window.cells.includes(area.cell) ? [at] : [],
      );
      const variables = own.map((at) => reduced.sites.length + at);
      return own.length === 0 ? [] : [{ window: { ...window }, target, area: areas[own[0]!]!, variables }];
    }),
  );
}

function excessOf({ row: { columns, factors }, most }: KnownCut, values: Float64Array): number {
  let sum = -most;
  for (let k = 0; k < columns.length; k++) sum += factors[k]! * values[columns[k]!]!;
  return sum;
}
