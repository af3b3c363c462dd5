// Row-weighting local search for full cover: close the set that loses least, repair by a random uncovered row, and make rows that stay
// uncovered heavier until somebody takes them (Gao, Weise and Li 2015; selection reference 8.4). Scores change with the few rows
// whose count passes 0, 1 or 2; the XOR of the open sets of a row names its only server without a list.
import type { FullTable } from './full-table.ts';

/** One walk; goes on from where it was left, so that a caller can look at the clock in between. */
export interface RowWalk {
  readonly table: FullTable;
  readonly count: Int32Array;
  readonly onlyServer: Int32Array;
  readonly rowWeight: Float64Array;
  /** Open: weight of the rows it alone serves. Closed: weight of the uncovered rows it would serve. */
  readonly score: Float64Array;
  readonly isOpen: Uint8Array;
  /** 0 after closing until a neighbour changes. */
  readonly mayEnter: Uint8Array;
  readonly changedAt: Float64Array;
  readonly open: Int32Array;
  readonly openAt: Int32Array;
  readonly uncovered: Int32Array;
  readonly uncoveredAt: Int32Array;
  readonly best: Uint8Array;
  openCount: number;
  uncoveredCount: number;
  cost: number;
  bestCost: number;
  clock: number;
  lastOpened: number;
  random: number;
}

/** `start` covers every row. */
export function makeRowWalk(table: FullTable, start: ArrayLike<number>, seed: number): RowWalk {
  const { rows, columns } = table;
  const walk: RowWalk = {
    table,
    count: new Int32Array(rows),
    onlyServer: new Int32Array(rows),
    rowWeight: new Float64Array(rows).fill(1),
    score: new Float64Array(columns),
    isOpen: new Uint8Array(columns),
    mayEnter: new Uint8Array(columns).fill(1),
    changedAt: new Float64Array(columns),
    open: new Int32Array(columns),
    openAt: new Int32Array(columns),
    uncovered: Int32Array.from({ length: rows }, (_, row) => row),
    uncoveredAt: Int32Array.from({ length: rows }, (_, row) => row),
    best: new Uint8Array(columns),
    openCount: 0,
    uncoveredCount: rows,
    cost: 0,
    bestCost: Infinity,
    clock: 0,
    lastOpened: -1,
    random: (Math.imul(seed, 0x9e3779b9) ^ 0x5bd1e995) >>> 0 || 1,
  };
  for (let column = 0; column < columns; column++)
    walk.score[column] = table.columnStarts[column + 1]! - table.columnStarts[column]!;
  for (let index = 0; index < start.length; index++) openColumn(walk, start[index]!);
  if (walk.uncoveredCount > 0)
    throw new RangeError(`the start leaves ${walk.uncoveredCount} rows uncovered, expected 0`);
  dropUseless(walk);
  keepBest(walk);
  return walk;
}

/** `steps` rounds of closing and repairing. Stops early when nothing is open any more. */
export function walkRows(walk: RowWalk, steps: number): void {
  for (let step = 0; step < steps; step++) {
    if (walk.uncoveredCount === 0) {
      dropUseless(walk);
      if (walk.cost < walk.bestCost) keepBest(walk);
      while (walk.uncoveredCount === 0 && walk.openCount > 0) closeColumn(walk, weakest(walk));
    }
    if (walk.openCount > 0) closeColumn(walk, weakest(walk));
    repair(walk);
  }
  if (walk.uncoveredCount === 0) {
    dropUseless(walk);
    if (walk.cost < walk.bestCost) keepBest(walk);
  }
}

/** Open columns of the cheapest plan so far, ascending. */
export function bestOf({ best, table }: RowWalk): number[] {
  const columns: number[] = [];
  for (let column = 0; column < table.columns; column++) if (best[column] === 1) columns.push(column);
  return columns;
}

function repair(walk: RowWalk): void {
  while (walk.uncoveredCount > 0) {
    const row = walk.uncovered[below(walk, walk.uncoveredCount)]!;
    const column = strongest(walk, row);
    if (column < 0) return;
    openColumn(walk, column);
    walk.lastOpened = column;
    weighUncovered(walk);
  }
}

/** The set of this row with the most uncovered weight per price that leaves the plan cheaper than the best; oldest on ties. */
function strongest(walk: RowWalk, row: number): number {
  const { score, changedAt, mayEnter } = walk;
  const { rowStarts, rowColumns, cost } = walk.table;
  const spare = walk.bestCost - walk.cost;
  const end = rowStarts[row + 1]!;
  let found = -1;
  let foundScore = 0;
  let foundCost = 1;
  for (let at = rowStarts[row]!; at < end; at++) {
    const column = rowColumns[at]!;
    const price = cost[column]!;
    if (mayEnter[column] === 0 || price >= spare) continue;
    const better = score[column]! * foundCost - foundScore * price;
    if (better > 0 || (better === 0 && found >= 0 && changedAt[column]! < changedAt[found]!)) {
      found = column;
      foundScore = score[column]!;
      foundCost = price;
    }
  }
  return found;
}

/** Open sets looked at for the weakest: all of a few, as many out of many. */
const LOOKS = 200;

/** The open set that loses least weight per price, oldest on ties, not the one opened last; of many, among a sample. */
function weakest(walk: RowWalk): number {
  const { open, openCount, score, changedAt, lastOpened } = walk;
  const { cost } = walk.table;
  const all = openCount <= LOOKS;
  const looks = all ? openCount : LOOKS;
  let found = -1;
  for (let look = 0; look < looks; look++) {
    const column = open[all ? look : below(walk, openCount)]!;
    if (column === lastOpened) continue;
    if (found < 0) {
      found = column;
      continue;
    }
    const better = score[found]! * cost[column]! - score[column]! * cost[found]!;
    if (better > 0 || (better === 0 && changedAt[column]! < changedAt[found]!)) found = column;
  }
  return found < 0 ? open[0]! : found;
}

/** Closes what serves no row alone, the dearest first. */
function dropUseless(walk: RowWalk): void {
  const { open, score } = walk;
  const { cost } = walk.table;
  for (;;) {
    let found = -1;
    for (let index = 0; index < walk.openCount; index++) {
      const column = open[index]!;
      if (score[column] === 0 && (found < 0 || cost[column]! > cost[found]!)) found = column;
    }
    if (found < 0) return;
    closeColumn(walk, found);
  }
}

function keepBest(walk: RowWalk): void {
  walk.best.set(walk.isOpen);
  walk.bestCost = walk.cost;
}

function openColumn(walk: RowWalk, column: number): void {
  const { count, onlyServer, rowWeight, score, mayEnter, uncovered, uncoveredAt, open, openAt } = walk;
  const { columnStarts, columnRows, rowStarts, rowColumns, cost } = walk.table;
  const own = score[column]!;
  const last = columnStarts[column + 1]!;
  for (let at = columnStarts[column]!; at < last; at++) {
    const row = columnRows[at]!;
    const now = count[row]! + 1;
    count[row] = now;
    if (now === 1) {
      onlyServer[row] = column;
      const weight = rowWeight[row]!;
      const end = rowStarts[row + 1]!;
      for (let other = rowStarts[row]!; other < end; other++) {
        const neighbour = rowColumns[other]!;
        score[neighbour]! -= weight;
        mayEnter[neighbour] = 1;
      }
      const place = uncoveredAt[row]!;
      const moved = uncovered[--walk.uncoveredCount]!;
      uncovered[place] = moved;
      uncoveredAt[moved] = place;
    } else {
      if (now === 2) score[onlyServer[row]!]! -= rowWeight[row]!;
      onlyServer[row]! ^= column;
    }
  }
  score[column] = own;
  walk.isOpen[column] = 1;
  walk.changedAt[column] = ++walk.clock;
  openAt[column] = walk.openCount;
  open[walk.openCount++] = column;
  walk.cost += cost[column]!;
}

function closeColumn(walk: RowWalk, column: number): void {
  const { count, onlyServer, rowWeight, score, mayEnter, uncovered, uncoveredAt, open, openAt } = walk;
  const { columnStarts, columnRows, rowStarts, rowColumns, cost } = walk.table;
  const own = score[column]!;
  const last = columnStarts[column + 1]!;
  for (let at = columnStarts[column]!; at < last; at++) {
    const row = columnRows[at]!;
    const now = count[row]! - 1;
    count[row] = now;
    if (now === 0) {
      const weight = rowWeight[row]!;
      const end = rowStarts[row + 1]!;
      for (let other = rowStarts[row]!; other < end; other++) {
        const neighbour = rowColumns[other]!;
        score[neighbour]! += weight;
        mayEnter[neighbour] = 1;
      }
      uncoveredAt[row] = walk.uncoveredCount;
      uncovered[walk.uncoveredCount++] = row;
    } else {
      onlyServer[row]! ^= column;
      if (now === 1) score[onlyServer[row]!]! += rowWeight[row]!;
    }
  }
  score[column] = own;
  mayEnter[column] = 0;
  walk.isOpen[column] = 0;
  walk.changedAt[column] = ++walk.clock;
  const place = openAt[column]!;
  const moved = open[--walk.openCount]!;
  open[place] = moved;
  openAt[moved] = place;
  walk.cost -= cost[column]!;
}

function weighUncovered(walk: RowWalk): void {
  const { uncovered, uncoveredCount, rowWeight, score } = walk;
  const { rowStarts, rowColumns } = walk.table;
  for (let index = 0; index < uncoveredCount; index++) {
    const row = uncovered[index]!;
    rowWeight[row]! += 1;
    const end = rowStarts[row + 1]!;
    for (let at = rowStarts[row]!; at < end; at++) score[rowColumns[at]!]! += 1;
  }
}

/** A whole number from 0 to `end` - 1 (xorshift of 32 bits, Marsaglia 2003). */
function below(walk: RowWalk, end: number): number {
  let bits = walk.random;
  bits ^= bits << 13;
  bits ^= bits >>> 17;
  bits ^= bits << 5;
  walk.random = bits >>> 0;
  return Math.floor((walk.random / 0x1_0000_0000) * end);
}
