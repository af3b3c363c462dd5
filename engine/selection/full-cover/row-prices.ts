// Prices of rows for full cover by subgradient steps, and the plans they suggest on the way (selection reference 8.4; Beasley 1990;
// Caprara, Fischetti and Toth 1999). For any prices u >= 0 no plan costs less than sum u + sum min(0, c_j - sum of u over its rows).
import type { FullTable } from './full-table.ts';

export interface RowPrices {
  /** Of the best bound. */
  readonly price: Float64Array;
  /** `cost - prices of its rows`, per column, at these prices. */
  readonly reduced: Float64Array;
  /** As the prices give it, not rounded. */
  bound: number;
  /** Columns of the cheapest plan met. */
  plan: number[];
  planCost: number;
  steps: number;
}

const PLAN_EVERY = 5;
/** Steps without a better bound, after which the length shrinks and the search goes back to the best prices. */
const PATIENCE = 20;
const SHRINK = 0.7;
const SMALLEST_LENGTH = 0.002;
/** Columns that a plan on the way may use: reduced cost under this part of the cost, and the cheapest set of each row. */
const PLAN_SHARE = 0.4;
/** Share of the direction before in the new one. */
const INERTIA = 0.2;

/** Takes 24 bytes per row and 28 per column. Ends early when bound and plan meet, or the steps have become too small to matter. */
export function findRowPrices(table: FullTable, maxSteps: number, shouldStop: () => boolean): RowPrices {
  const { rows, columns } = table;
  const price = firstPrices(table);
  const reduced = new Float64Array(columns);
  const excess = new Float64Array(rows);
  const direction = new Float64Array(rows);
  const chooser = makeChooser(table);
  const plan = choosePlan(chooser, new Float64Array(rows), table.cost);
  const found: RowPrices = {
    price: new Float64Array(rows),
    reduced: new Float64Array(columns),
    bound: -Infinity,
    plan,
    planCost: costOf(table, plan),
    steps: 0,
  };
  let length = 1;
  let idle = 0;
  for (; found.steps < maxSteps && !shouldStop(); found.steps++) {
    let bound = priceColumns(table, price, reduced, excess);
    if (bound > found.bound) {
      found.bound = bound;
      found.price.set(price);
      found.reduced.set(reduced);
      idle = 0;
    } else if (++idle >= PATIENCE) {
      length *= SHRINK;
      idle = 0;
      price.set(found.price);
      bound = priceColumns(table, price, reduced, excess);
    }
    if (found.steps % PLAN_EVERY === 0) {
      const next = choosePlan(chooser, price, reduced);
      const cost = costOf(table, next);
      if (cost < found.planCost) {
        found.plan = next;
        found.planCost = cost;
      }
    }
    if (found.bound > found.planCost - 1e-6 || length < SMALLEST_LENGTH) break;
    if (!stepPrices(price, excess, direction, length * (1.02 * found.planCost - bound))) break;
  }
  return found;
}

/** Every row at the price of its cheapest set per row. */
function firstPrices({ rows, rowStarts, rowColumns, columnStarts, cost }: FullTable): Float64Array {
  const price = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) {
      const column = rowColumns[at]!;
      least = Math.min(least, cost[column]! / (columnStarts[column + 1]! - columnStarts[column]!));
    }
    price[row] = least;
  }
  return price;
}

/** Fills reduced costs and, per row, 1 minus the number of columns that pay for themselves; answers the bound. */
export function priceColumns(
  { columns, columnStarts, columnRows, cost }: FullTable,
  price: Float64Array,
  reduced: Float64Array,
  excess: Float64Array,
): number {
  excess.fill(1);
  let bound = 0;
  for (let row = 0; row < price.length; row++) bound += price[row]!;
  let at = 0;
  for (let column = 0; column < columns; column++) {
    const from = at;
    const end = columnStarts[column + 1]!;
    let left = cost[column]!;
    for (; at < end; at++) left -= price[columnRows[at]!]!;
    reduced[column] = left;
    if (left >= 0) continue;
    bound += left;
    for (let again = from; again < end; again++) excess[columnRows[again]!]! -= 1;
  }
  return bound;
}

/** One deflected step of Polyak's length; false when the direction is zero. */
function stepPrices(
  price: Float64Array,
  excess: Float64Array,
  direction: Float64Array,
  way: number,
): boolean {
  let norm = 0;
  for (let row = 0; row < price.length; row++) {
    // A row that is too cheap to fall further does not count.
    const pull = price[row] === 0 && excess[row]! < 0 ? 0 : excess[row]!;
    const next = INERTIA * direction[row]! + (1 - INERTIA) * pull;
    direction[row] = next;
    norm += next * next;
  }
  if (norm === 0) return false;
  const length = way / norm;
  for (let row = 0; row < price.length; row++)
    price[row] = Math.max(0, price[row]! + length * direction[row]!);
  return true;
}

function sureColumns({ rows, columns, rowStarts, rowColumns, columnStarts, cost }: FullTable): Uint8Array {
  const isSure = new Uint8Array(columns);
  for (let row = 0; row < rows; row++) {
    let found = -1;
    let least = Infinity;
    for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) {
      const column = rowColumns[at]!;
      const each = cost[column]! / (columnStarts[column + 1]! - columnStarts[column]!);
      if (each >= least) continue;
      least = each;
      found = column;
    }
    if (found >= 0) isSure[found] = 1;
  }
  return isSure;
}

interface Chooser {
  readonly table: FullTable;
  readonly count: Int32Array;
  readonly key: Float64Array;
  readonly heap: Int32Array;
  /** 1 for a column that is the cheapest per row somewhere: together they cover everything. */
  readonly isSure: Uint8Array;
}

function makeChooser(table: FullTable): Chooser {
  return {
    table,
    count: new Int32Array(table.rows),
    key: new Float64Array(table.columns),
    heap: new Int32Array(table.columns),
    isSure: sureColumns(table),
  };
}

/**
 * Greedy by reduced cost over still uncovered rows, per row (times rows when it is negative), then without what is useless. Covering a
 * row only ever makes the other columns dearer, so a key looked up long ago is a lower bound and few are looked up again.
 */
function choosePlan(chooser: Chooser, price: Float64Array, reduced: Float64Array): number[] {
  const { table, count, key, heap, isSure } = chooser;
  const { rows, columns, columnStarts, columnRows, cost } = table;
  count.fill(0);
  let size = 0;
  for (let column = 0; column < columns; column++) {
    const left = reduced[column]!;
    if (isSure[column] === 0 && left >= PLAN_SHARE * cost[column]! && reduced !== cost) continue;
    const uncovered = columnStarts[column + 1]! - columnStarts[column]!;
    key[column] = left > 0 ? left / uncovered : left * uncovered;
    heap[size++] = column;
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) siftDown(heap, key, at, size);
  const plan: number[] = [];
  let uncovered = rows;
  while (uncovered > 0 && size > 0) {
    const column = heap[0]!;
    const now = keyNow(table, column, count, price);
    if (now > key[column]!) {
      key[column] = now;
      if (now === Infinity) heap[0] = heap[--size]!;
      siftDown(heap, key, 0, size);
      continue;
    }
    plan.push(column);
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++)
      if (count[columnRows[at]!]!++ === 0) uncovered -= 1;
    heap[0] = heap[--size]!;
    siftDown(heap, key, 0, size);
  }
  return withoutUseless(table, plan, count);
}

function keyNow(
  { columnStarts, columnRows, cost }: FullTable,
  column: number,
  count: Int32Array,
  price: Float64Array,
): number {
  const end = columnStarts[column + 1]!;
  let left = cost[column]!;
  let uncovered = 0;
  for (let at = columnStarts[column]!; at < end; at++) {
    const row = columnRows[at]!;
    if (count[row]! > 0) continue;
    left -= price[row]!;
    uncovered += 1;
  }
  return uncovered === 0 ? Infinity : left > 0 ? left / uncovered : left * uncovered;
}

function siftDown(heap: Int32Array, key: Float64Array, from: number, size: number): void {
  const column = heap[from]!;
  const own = key[column]!;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isBefore(key, heap[right]!, heap[child]!)) child = right;
    const other = heap[child]!;
    if (own < key[other]! || (own === key[other]! && column < other)) break;
    heap[at] = other;
    at = child;
  }
  heap[at] = column;
}

const isBefore = (key: Float64Array, a: number, b: number): boolean =>
  key[a]! < key[b]! || (key[a] === key[b] && a < b);

function withoutUseless(
  { columnStarts, columnRows, cost }: FullTable,
  plan: number[],
  count: Int32Array,
): number[] {
  const dropped = new Set<number>();
  for (const column of plan.toSorted((a, b) => cost[b]! - cost[a]! || b - a)) {
    const end = columnStarts[column + 1]!;
    let at = columnStarts[column]!;
    while (at < end && count[columnRows[at]!]! > 1) at++;
    if (at < end) continue;
    dropped.add(column);
    for (at = columnStarts[column]!; at < end; at++) count[columnRows[at]!]! -= 1;
  }
  return plan.filter((column) => !dropped.has(column));
}

function costOf({ cost }: FullTable, plan: readonly number[]): number {
  return plan.reduce((sum, column) => sum + cost[column]!, 0);
}
