// Cuts on what a window can truly have covered: the relaxation lets two halves of sites cover a bin like one whole, while whole sites cover
// their bins together or not at all. Wanted are a constant and a price per site that no set of sites covers more than, least at the
// fractional plan: a facet of the concave hull of coverage there. Sets come one by one into a small linear program (the polar of the
// hull; Boyd 1994, Fenchel cuts), the last one is proved by going through all sets, and sites without a share get their price from those
// with one. So a cut holds for every plan, and anywhere in the tree.
import { findBestSet } from './best-set.ts';
import { climbSets } from './climb-sets.ts';
import type { CoverRows } from './cover-rows.ts';
import { runDual } from './dual-simplex.ts';
import type { HullWindow } from './hull-windows.ts';
import { priceOthers } from './price-others.ts';
import { addTableRow, levelOf, makeSimplexTable, type SimplexTable } from './simplex-table.ts';
import { makeWindowCover, type SharedWindow, worthOfSet } from './window-cover.ts';

/** What the window covers is `constant` and the prices of its open sites at the most. */
export interface HullCut {
  readonly constant: number;
  /** Of sites, ascending. */
  readonly positions: readonly number[];
  readonly prices: readonly number[];
}

/** Sites with less of a share come in by the prices of the others. */
const LEAST_SHARE = 0.005;
/** With more shared sites, or where a proof takes more branches, a window is left as it is. */
const MOST_SITES = 64;
const MOST_BRANCHES = 20_000;
const MOST_ROUNDS = 200;
const STEPS = 20_000;
/** Part of what is claimed by which a cut has to lower it. */
const WORTH_IT = 2e-4;
/** Parts of all worth: prices are whole multiples of the first, up to the next power of two; the second covers rounding. */
const QUANTUM = 1 / 16_384;
const MARGIN = 1e-7;
/** Part of all worth by which a set may pass the program and the constant takes it up instead. */
const ENOUGH = 1e-4;
/** Sets that a window remembers. */
const MOST_KEPT = 120;

/** Null when none was found that lowers `claimed`, what the window is said to cover at `shares`. `worthOf`: whole numbers per row. */
export function findHullCut(
  rows: CoverRows,
  window: HullWindow,
  shares: Float64Array,
  claimed: number,
  worthOf: (row: number) => number,
): HullCut | null {
  const cover = makeWindowCover(rows, window.rows, shares, LEAST_SHARE, worthOf);
  const { siteCount, positions } = cover;
  if (siteCount === 0 || siteCount > MOST_SITES) return null;
  const own = Float64Array.from(positions, (position) => shares[position]!);
  const game = makeGame(cover, own, window.sets);
  const prices = new Float64Array(siteCount);
  const constant = priceSites(game, prices, (1 - WORTH_IT) * claimed);
  const known = game.sets.slice(siteCount).slice(-MOST_KEPT);
  window.sets = known.map((set) => set.map((place) => positions[place]!));
  if (constant === null) return null;
  const most = own.reduce((sum, share, place) => sum + share * prices[place]!, constant);
  if (most >= (1 - WORTH_IT / 2) * claimed) return null;
  return { constant, ...priceOthers(rows, window.rows, cover, prices, worthOf) };
}

/** The program: prices and a constant, one row for each set that is known. */
interface Game {
  readonly cover: SharedWindow;
  readonly table: SimplexTable;
  readonly sets: readonly (readonly number[])[];
  /** Whether the set is new. */
  readonly add: (set: readonly number[]) => boolean;
}

/** Every site alone, then what the window remembers, as far as its sites have a share. */
function makeGame(
  cover: SharedWindow,
  shares: Float64Array,
  remembered: readonly (readonly number[])[],
): Game {
  const { siteCount, positions, alone, total } = cover;
  const table = makeSimplexTable(Float64Array.from([...shares, 1]), Float64Array.from([...alone, total]));
  const known = new Set<string>();
  const sets: number[][] = [];
  const add = (set: readonly number[]): boolean => {
    const ascending = [...set].sort((a, b) => a - b);
    const key = ascending.join();
    if (known.has(key)) return false;
    known.add(key);
    sets.push(ascending);
    const columns = Int32Array.from([...ascending, siteCount]);
    const row = { columns, factors: new Float64Array(columns.length).fill(1) };
    addTableRow(table, row, worthOfSet(cover, ascending), Infinity);
    return true;
  };
  for (let place = 0; place < siteCount; place++) add([place]);
  const placeOf = new Map(positions.map((position, place) => [position, place]));
  for (const set of remembered) add(set.flatMap((position) => placeOf.get(position) ?? []));
  return { cover, table, sets, add };
}

/** Fills `prices` and returns the constant that is proved with them; null: it comes to `enough` or more, or was too long to prove. */
function priceSites(
  { cover, table, add }: Pick<Game, 'cover' | 'table' | 'add'>,
  prices: Float64Array,
  enough: number,
): number | null {
  const { siteCount, alone, total } = cover;
  const quantum = nextPowerOfTwo(total * QUANTUM);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const end = runDual(table, STEPS, Infinity);
    if (end.kind !== 'optimal' || end.objective > enough) return null;
    for (let place = 0; place < siteCount; place++) {
      const whole = Math.ceil(Math.max(0, levelOf(table, place)) / quantum) * quantum;
      prices[place] = Math.min(alone[place]!, whole);
    }
    const constant = levelOf(table, siteCount);
    const passed = constant + ENOUGH * total;
    let isNew = false;
    for (const set of climbSets(cover, prices, passed, round)) isNew = add(set) || isNew;
    if (isNew) continue;
    const best = findBestSet(cover, prices, Math.max(0, constant), MARGIN * total, MOST_BRANCHES);
    if (best === null) return null;
    if (best.value <= passed) return best.value + MARGIN * total;
    for (const set of best.sets) add(set);
  }
  return null;
}

/** The least power of two that is not below `value`, and 1 for nothing; doubling and halving are exact. */
function nextPowerOfTwo(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  while (value > 0 && power / 2 >= value) power /= 2;
  return power;
}
