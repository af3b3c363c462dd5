// A basis to come back to: which variables are in it, which rows are tight, and where the others rest. A node of the search keeps the
// one of its parent, so that going back to it costs one pass over the table instead of finding its cuts again (measured on 4 km2, 800
// sites: 2000 steps for each return without it, more than half of all steps).
import { exchange } from './exchange-line.ts';
import {
  addTableRow,
  dropTableRow,
  OUTSIDE,
  readColumn,
  type SimplexTable,
  settleTable,
  type TableRow,
} from './simplex-table.ts';

export interface TableBasis {
  /** Structural variables in the basis. */
  readonly inside: Int32Array;
  /** Tight rows that come and go, with the bounds of their activity. */
  readonly cuts: readonly { readonly row: TableRow; readonly low: number; readonly high: number }[];
  /** Variables of tight rows that stay. */
  readonly kept: readonly number[];
  readonly atHigh: Uint8Array;
}

/** Smaller pivots are noise: the variable stays outside. */
const NOISE = 1e-9;

/** `kept`: variables of rows that never go. Rows that are loose are not remembered. */
export function saveBasis(table: SimplexTable, kept: ReadonlySet<number>): TableBasis {
  const { structural, height, width, basic, tight, rows, low, high, atHigh } = table;
  const inside = basic.subarray(0, height).filter((variable) => variable < structural);
  const tightRows = Array.from(tight.subarray(0, width));
  return {
    inside,
    cuts: tightRows
      .filter((variable) => !kept.has(variable))
      .map((variable) => ({
        row: rows[variable - structural]!,
        low: low[variable]!,
        high: high[variable]!,
      })),
    kept: tightRows.filter((variable) => kept.has(variable)),
    atHigh: atHigh.slice(0, structural),
  };
}

/** Leaves the table settled at its present bounds. */
export function loadBasis(table: SimplexTable, basis: TableBasis, kept: ReadonlySet<number>): void {
  clearBasis(table);
  for (let line = table.height - 1; line >= 0; line--)
    if (!kept.has(table.basic[line]!)) dropTableRow(table, line);
  const leaves = new Set(basis.kept);
  for (const { row, low, high } of basis.cuts) leaves.add(addTableRow(table, row, low, high));
  table.atHigh.set(basis.atHigh);
  for (const variable of leaves) table.atHigh[variable] = table.high[variable]! < Infinity ? 1 : 0;
  enter(table, basis.inside, leaves);
}

/** The table anew at the basis it has: what rounding has done is gone. */
export function rebuildTable(table: SimplexTable): void {
  const { structural, height, width, basic, tight } = table;
  const inside = basic.subarray(0, height).filter((variable) => variable < structural);
  const leaves = new Set(tight.subarray(0, width));
  clearBasis(table);
  enter(table, inside, leaves);
}

/** Every row into the basis, every structural variable out of it. */
function clearBasis(table: SimplexTable): void {
  const { structural, rows, basic, place } = table;
  place.fill(OUTSIDE, 0, structural);
  table.width = 0;
  let line = 0;
  rows.forEach((row, number) => {
    if (row === null) return;
    basic[line] = structural + number;
    place[structural + number] = -1 - line++;
  });
}

/** Each variable takes the line of the row in `leaves` where it weighs most. */
function enter(table: SimplexTable, variables: Int32Array, leaves: ReadonlySet<number>): void {
  const { height, basic } = table;
  const column = new Float64Array(height);
  for (const variable of variables) {
    readColumn(table, variable, column);
    let line = -1;
    let most = NOISE;
    for (let other = 0; other < height; other++) {
      const size = Math.abs(column[other]!);
      if (size <= most || !leaves.has(basic[other]!)) continue;
      most = size;
      line = other;
    }
    if (line >= 0) exchange(table, line, variable, column);
  }
  settleTable(table);
}
