// The skeleton: superblocks between the main streets. Cells of an uneven lattice are taken in from the middle outwards
// until the wanted ground is reached; every outline (district, town, built-up area) is a walk along their edges, so
// neighbours share exact corners and a border always runs along a street.
import { type Bend, type Place, ringAreaM2 } from './ground.ts';
import type { Random } from './random.ts';

export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly u0: number;
  readonly u1: number;
  readonly v0: number;
  readonly v1: number;
  readonly middle: Place;
  readonly areaM2: number;
  /** Distance from the main centre in radii of the district: 0 middle, about 1 at the border. */
  readonly reach: number;
}

export interface Lattice {
  readonly bend: Bend;
  /** Lattice coordinates of the main streets. */
  readonly us: readonly number[];
  readonly vs: readonly number[];
  /** Cells of the district, middle first. */
  readonly cells: readonly Cell[];
  readonly radiusM: number;
}

const CORNER_STEP_M = 60;

export function makeLattice(random: Random, bend: Bend, areaKm2: number): Lattice {
  const radiusM = Math.sqrt((areaKm2 * 1e6) / Math.PI);
  const us = unevenSteps(random, radiusM * 1.5);
  const vs = unevenSteps(random, radiusM * 1.5);
  const lobes = random.between(0, 2 * Math.PI);
  const cells: Cell[] = [];
  for (let column = 0; column + 1 < us.length; column += 1) {
    for (let row = 0; row + 1 < vs.length; row += 1) {
      const edges = { u0: us[column]!, u1: us[column + 1]!, v0: vs[row]!, v1: vs[row + 1]! };
      const u = (edges.u0 + edges.u1) / 2;
      const v = (edges.v0 + edges.v1) / 2;
      const angle = Math.atan2(v, u);
      const lobe = 1 + 0.13 * Math.sin(2 * angle + lobes) + 0.07 * Math.sin(3 * angle - lobes);
      cells.push({
        column,
        row,
        ...edges,
        middle: bend.place(u, v),
        areaM2: cellAreaM2(bend, edges),
        reach: Math.hypot(u, v) / (radiusM * lobe),
      });
    }
  }
  cells.sort((a, b) => a.reach - b.reach || a.column - b.column || a.row - b.row);
  return { bend, us, vs, cells: cellsUpTo(cells, areaKm2), radiusM };
}

/** The first cells that together hold `areaKm2`. */
export function cellsUpTo(cells: readonly Cell[], areaKm2: number): Cell[] {
  let sum = 0;
  const end = cells.findIndex((cell) => {
    sum += cell.areaM2;
    return sum > areaKm2 * 1e6;
  });
  return cells.slice(0, end === -1 ? cells.length : Math.max(end, 1));
}

/** Rings around a set of cells, outer ones counter-clockwise, holes clockwise, open (first corner not repeated). */
export function outlineOf(lattice: Lattice, cells: readonly Cell[]): Place[][] {
  const taken = new Set(cells.map((cell) => key(cell.column, cell.row)));
  const nextCorners = new Map<string, [number, number][]>();
  const addEdge = (from: [number, number], to: [number, number]): void => {
    const known = nextCorners.get(key(...from));
    if (known) known.push(to);
    else nextCorners.set(key(...from), [to]);
  };
  for (const { column, row } of cells) {
    if (!taken.has(key(column, row - 1))) addEdge([column, row], [column + 1, row]);
    if (!taken.has(key(column + 1, row))) addEdge([column + 1, row], [column + 1, row + 1]);
    if (!taken.has(key(column, row + 1))) addEdge([column + 1, row + 1], [column, row + 1]);
    if (!taken.has(key(column - 1, row))) addEdge([column, row + 1], [column, row]);
  }
  const rings: Place[][] = [];
  for (const [start, ends] of nextCorners) {
    while (ends.length > 0) rings.push(drawRing(lattice, walk(start, nextCorners)));
  }
  return rings;
}

/** Corners along the edges from one start until it is met again, turning left where two cells touch at a corner only. */
function walk(start: string, nextCorners: Map<string, [number, number][]>): [number, number][] {
  const corners: [number, number][] = [];
  let at = start;
  let heading: [number, number] | null = null;
  do {
    const [column = 0, row = 0] = at.split(',').map(Number);
    corners.push([column, row]);
    const ends = nextCorners.get(at)!;
    const leftFirst = (a: [number, number]): number =>
      heading === null ? 0 : heading[0] * (a[1] - row) - heading[1] * (a[0] - column);
    ends.sort((a, b) => leftFirst(a) - leftFirst(b));
    const next = ends.pop()!;
    heading = [next[0] - column, next[1] - row];
    at = key(...next);
  } while (at !== start);
  return corners;
}

function drawRing({ bend, us, vs }: Lattice, corners: readonly [number, number][]): Place[] {
  return corners.flatMap(([column, row], index) => {
    const [nextColumn, nextRow] = corners[(index + 1) % corners.length]!;
    return edgePlaces(bend, [us[column]!, vs[row]!], [us[nextColumn]!, vs[nextRow]!]).slice(0, -1);
  });
}

/** Places along one straight lattice line, both ends included; the same from either end. */
export function edgePlaces(bend: Bend, from: Place, to: Place): Place[] {
  const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / CORNER_STEP_M));
  return Array.from({ length: pieces + 1 }, (_, index) => {
    const back = pieces - index;
    return bend.place((from[0] * back + to[0] * index) / pieces, (from[1] * back + to[1] * index) / pieces);
  });
}

function cellAreaM2(bend: Bend, edges: { u0: number; u1: number; v0: number; v1: number }): number {
  const { u0, u1, v0, v1 } = edges;
  return ringAreaM2([bend.place(u0, v0), bend.place(u1, v0), bend.place(u1, v1), bend.place(u0, v1)]);
}

function unevenSteps(random: Random, halfM: number): number[] {
  const steps = [0];
  while (steps[steps.length - 1]! < halfM)
    steps.push(Math.round(steps[steps.length - 1]! + random.between(430, 670)));
  while (steps[0]! > -halfM) steps.unshift(Math.round(steps[0]! - random.between(430, 670)));
  return steps;
}

function key(column: number, row: number): string {
  return `${column},${row}`;
}
