// One receiver by one exact ray, written plainly: the ray from the centre of the antenna's cell to the centre of the receiver's
// cell is looked at wherever it crosses a column (or a row, along its longer axis), and the top there is taken linearly between
// the two neighbouring cell centres. What the sweep approximates; slow, shares nothing with it.

/** Tops in metres over a square of cells, row 0 in the north. */
export interface Tops {
  readonly columns: number;
  readonly rows: number;
  readonly topM: Float32Array;
}

export type Cell = readonly [column: number, row: number];

/** Whether a receiver this high above the top of its cell is seen. Cells outside the raster are flat ground at 0. */
export function exactRaySees(tops: Tops, from: Cell, antennaM: number, to: Cell, receiverM: number): boolean {
  const [east, south] = [to[0] - from[0], to[1] - from[1]];
  const steps = Math.max(Math.abs(east), Math.abs(south));
  const endM = topAt(tops, to[0], to[1]) + receiverM;
  for (let step = 1; step < steps; step++) {
    const rayM = antennaM + ((endM - antennaM) * step) / steps;
    if (topBetween(tops, from[0] + (east * step) / steps, from[1] + (south * step) / steps) > rayM + 1e-6)
      return false;
  }
  return true;
}

/** Linear between the two cell centres beside a place that lies on a column or a row of centres. */
function topBetween(tops: Tops, x: number, y: number): number {
  const [west, north] = [Math.floor(x + 1e-9), Math.floor(y + 1e-9)];
  const [partX, partY] = [Math.max(0, x - west), Math.max(0, y - north)];
  const here = topAt(tops, west, north);
  if (partX > 1e-9) return here + partX * (topAt(tops, west + 1, north) - here);
  if (partY > 1e-9) return here + partY * (topAt(tops, west, north + 1) - here);
  return here;
}

function topAt({ columns, rows, topM }: Tops, column: number, row: number): number {
  if (column < 0 || row < 0 || column >= columns || row >= rows) return 0;
  return topM[row * columns + column]!;
}
