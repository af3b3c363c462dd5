// Outlines of neighbouring cells with one value, as polygons with holes. Borders are walked with the inside on the right, always
// turning towards the same cell, so cells that touch at a corner only stay apart; a ring that meets itself at a corner is cut
// there, as simple features ask. One look per cell and one step per border edge.

export type Corner = readonly [column: number, row: number];
/** Closed rings of corners, the outer one first; rows grow southwards and the outer ring runs clockwise. */
export type CellPolygon = readonly (readonly Corner[])[];

/** East, south, west, north. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
/** From the corner an edge starts at to the cell on its right, by direction. */
const INSIDE = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

/** Polygons of all cells that hold `value`, one per group of cells with common sides. */
export function outlineCells(cells: Uint8Array, columns: number, rows: number, value: number): CellPolygon[] {
  if (cells.length !== columns * rows)
    throw new RangeError(`outlineCells: ${cells.length} cells for ${columns} × ${rows}`);
  const groups = groupCells(cells, columns, rows, value);
  const edges = borderEdges(cells, columns, rows, value);
  const polygons = new Map<number, { outer: Corner[]; holes: Corner[][] }>();
  for (let at = 0; at < edges.length; at++) {
    while (edges[at] !== 0) {
      const start: Corner = [at % (columns + 1), Math.floor(at / (columns + 1))];
      const direction = Math.log2(edges[at]! & -edges[at]!);
      const [east, south] = INSIDE[direction]!;
      const group = groups[(start[1] + south) * columns + start[0] + east]!;
      const polygon = polygons.get(group) ?? { outer: [], holes: [] };
      polygons.set(group, polygon);
      for (const ring of walkBorder(edges, columns, start, direction)) {
        if (turnsClockwise(ring)) polygon.outer = ring;
        else polygon.holes.push(ring);
      }
    }
  }
  return [...polygons.values()].map(({ outer, holes }) => [outer, ...holes]);
}

/** A number per group of cells with common sides; 0 where another value stands. */
function groupCells(cells: Uint8Array, columns: number, rows: number, value: number): Int32Array {
  const groups = new Int32Array(cells.length);
  const waiting: number[] = [];
  let last = 0;
  for (let first = 0; first < cells.length; first++) {
    if (cells[first] !== value || groups[first] !== 0) continue;
    last += 1;
    groups[first] = last;
    waiting.push(first);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const column = at % columns;
      const row = Math.floor(at / columns);
      for (const [east, south] of STEPS) {
        const [nextColumn, nextRow] = [column + east, row + south];
        if (nextColumn < 0 || nextRow < 0 || nextColumn >= columns || nextRow >= rows) continue;
        const next = nextRow * columns + nextColumn;
        if (cells[next] !== value || groups[next] !== 0) continue;
        groups[next] = last;
        waiting.push(next);
      }
    }
  }
  return groups;
}

/** Per corner, one bit for each direction in which a border edge leaves it. */
function borderEdges(cells: Uint8Array, columns: number, rows: number, value: number): Uint8Array {
  const edges = new Uint8Array((columns + 1) * (rows + 1));
  const holds = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && cells[row * columns + column] === value;
  const add = (column: number, row: number, direction: number): void => {
    edges[row * (columns + 1) + column]! |= 1 << direction;
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!holds(column, row)) continue;
      if (!holds(column, row - 1)) add(column, row, 0);
      if (!holds(column + 1, row)) add(column + 1, row, 1);
      if (!holds(column, row + 1)) add(column + 1, row + 1, 2);
      if (!holds(column - 1, row)) add(column, row + 1, 3);
    }
  }
  return edges;
}

/** Takes one border out of `edges`; its rings hold corners only. The start is its northernmost corner, so it turns there. */
function walkBorder(edges: Uint8Array, columns: number, start: Corner, direction: number): Corner[][] {
  const rings: Corner[][] = [];
  const path: Corner[] = [start];
  const places = new Map<number, number>();
  let [column, row] = start;
  let heading = direction;
  const take = (): void => {
    edges[row * (columns + 1) + column]! &= ~(1 << heading);
    column += STEPS[heading]![0];
    row += STEPS[heading]![1];
  };
  places.set(row * (columns + 1) + column, 0);
  take();
  for (;;) {
    const corner = row * (columns + 1) + column;
    const next = [heading + 1, heading, heading + 3].map((turn) => turn % 4);
    const way = next.find((one) => (edges[corner]! & (1 << one)) !== 0);
    if (way !== heading) {
      const before = places.get(corner);
      if (before !== undefined) {
        const ring = path.splice(before + 1);
        for (const [east, south] of ring) places.delete(south * (columns + 1) + east);
        rings.push([path[before]!, ...ring, path[before]!]);
      } else {
        places.set(corner, path.length);
        path.push([column, row]);
      }
    }
    if (way === undefined) return rings;
    heading = way;
    take();
  }
}

function turnsClockwise(ring: readonly Corner[]): boolean {
  let doubled = 0;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [column, row] = ring[at]!;
    const [nextColumn, nextRow] = ring[at + 1]!;
    doubled += column * nextRow - nextColumn * row;
  }
  return doubled > 0;
}
