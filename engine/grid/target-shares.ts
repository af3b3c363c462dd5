// How much of each raster square belongs to the target areas: overlapping areas count once, excluded ground not at all, exactly.
// Squares that one outline crosses come from the area rasteriser; the few where several outlines meet are worked out one by
// one. Cost: the boxes of all polygons once, plus the meeting squares.
import type { Shape } from './shape.ts';
import { shapeShares } from './shape-shares.ts';
import { cutToRow, type Role, squareUnionShare } from './square-union.ts';

const WHOLE = 1;
const PART = 2;
const MEETING = 4;
const TAKEN = 8;
/** Squares filled to within rounding are whole, emptier than rounding are empty. */
const ROUNDING = 1e-11;

/** Share 0..1 of every square, row by row. */
export function targetShares(
  areas: readonly Shape[],
  excluded: readonly Shape[],
  columns: number,
  rows: number,
): Float64Array {
  const share = new Float64Array(columns * rows);
  const state = new Uint8Array(columns * rows);
  for (const shape of areas) {
    forEachSquare(shape, columns, rows, (at, part) => {
      if (part >= 1 - ROUNDING) state[at] = state[at]! | WHOLE;
      else if (state[at]! & PART) state[at] = state[at]! | MEETING;
      else {
        state[at] = state[at]! | PART;
        share[at] = part;
      }
    });
  }
  for (const shape of excluded) {
    forEachSquare(shape, columns, rows, (at, part) => {
      state[at] = state[at]! | (part >= 1 - ROUNDING ? TAKEN : MEETING);
    });
  }
  settle(share, state, areas, excluded, columns, rows);
  return share;
}

function forEachSquare(
  shape: Shape,
  columns: number,
  rows: number,
  visit: (at: number, part: number) => void,
): void {
  const window = shapeShares(shape, columns, rows);
  if (!window) return;
  for (let row = 0; row < window.rows; row++) {
    const at = (window.firstRow + row) * columns + window.firstColumn;
    for (let column = 0; column < window.columns; column++) {
      const part = window.share[row * window.columns + column]!;
      if (part > ROUNDING) visit(at + column, part);
    }
  }
}

function settle(
  share: Float64Array,
  state: Uint8Array,
  areas: readonly Shape[],
  excluded: readonly Shape[],
  columns: number,
  rows: number,
): void {
  const roles: Role[] = [
    ...areas.map((shape) => ({ shape, excluded: false })),
    ...excluded.map((shape) => ({ shape, excluded: true })),
  ];
  for (let row = 0; row < rows; row++) {
    let rowRoles: Role[] | null = null;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const kind = state[at]!;
      if (kind === 0) continue;
      if (kind & TAKEN || !(kind & (WHOLE | PART))) share[at] = 0;
      else if (kind & MEETING && !(kind & WHOLE && excluded.length === 0)) {
        rowRoles ??= cutToRow(roles, row);
        share[at] = squareUnionShare(rowRoles, column);
      } else if (kind & WHOLE) share[at] = 1;
    }
  }
}
