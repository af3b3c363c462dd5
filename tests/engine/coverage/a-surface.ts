// Surfaces written cell by cell: squares of 5 m cells from (0, 0) north-east, row 0 in the north.
import type { Surface } from '../../../engine/index.ts';

export const CELL_M = 5;

/** Height above the ground in metres. */
export type BuiltCell = readonly [column: number, row: number, heightM: number];

/** Every listed cell is a building of its own, numbered from 1; on ground at 0. */
export function surfaceOf(cells: readonly BuiltCell[], side = 40): Surface {
  const topM = new Float32Array(side * side);
  const building = new Int32Array(side * side);
  cells.forEach(([column, row, heightM], index) => {
    topM[row * side + column] = heightM;
    building[row * side + column] = index + 1;
  });
  return surfaceOfTops(topM, side, building);
}

/** Heights in metres of a square of cells. */
export function surfaceOfTops(
  topM: Float32Array,
  side: number,
  building: Int32Array = new Int32Array(side * side),
): Surface {
  return {
    westM: 0,
    northM: side * CELL_M,
    cellM: CELL_M,
    columns: side,
    rows: side,
    heightDm: Uint16Array.from(topM, (top) => Math.round(10 * top)),
    topM,
    building,
    assumedHeights: 0,
    hasBuildings: true,
    groundM: null,
    groundHoles: 0,
    clutterCode: null,
  };
}

/** Middle of a cell in metres. */
export function middleOf(column: number, row: number, side: number): { eastM: number; northM: number } {
  return { eastM: (column + 0.5) * CELL_M, northM: (side - row - 0.5) * CELL_M };
}

/** Houses of random size, height and place over a square of cells. Equal seeds give equal towns. */
export function randomTown(seed: number, side: number, houses: number, highestM: number): Float32Array {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * limit;
  };
  const topM = new Float32Array(side * side);
  for (let house = 0; house < houses; house++) {
    const [west, north] = [Math.floor(below(side)), Math.floor(below(side))];
    const east = Math.min(side, west + 2 + Math.floor(below(8)));
    const south = Math.min(side, north + 2 + Math.floor(below(8)));
    const heightM = 3 + below(highestM - 3);
    for (let row = north; row < south; row++)
      for (let column = west; column < east; column++)
        topM[row * side + column] = Math.max(topM[row * side + column]!, heightM);
  }
  return topM;
}
