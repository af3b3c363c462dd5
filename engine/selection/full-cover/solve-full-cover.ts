// Full cover over plain lists, start to end: prices of rows with the plans they suggest, then the row-weighting walk on the columns
// that can still matter (selection reference 8.4). A column whose reduced cost passes the gap is in no better plan and is left out;
// of very many that stay only those of low reduced cost are walked, as in the core problems of Caprara, Fischetti and Toth (1999).
import type { BinPrices } from '../certificate.ts';
import type { ListCover } from '../cover/cover.ts';
import type { Watch } from '../effort.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { type FullTable, pickColumns, stripProblem } from './full-table.ts';
import { findRowPrices, type RowPrices } from './row-prices.ts';
import { bestOf, makeRowWalk, walkRows } from './weigh-rows.ts';

export interface FullCoverPlan {
  /** New sites, without the locked ones, by index. */
  readonly sites: number[];
  /** Prices of the best bound found; evaluate them with `boundOf`. */
  readonly prices: BinPrices;
  /** Steps of the price search and of the walk. */
  readonly steps: number;
  readonly priceSteps: number;
}

export interface FullCoverEffort {
  /** Of the price search, at the most; very large tables get fewer. */
  readonly priceSteps: number;
  /** Ten times as many rounds of the walk: one is much less work than ruining and recreating a neighbourhood. */
  readonly improveSteps: number;
  readonly seed: number;
}

/** Ones read in the price search at the most: about two seconds of a server's core. */
const PRICE_READS = 1.2e9;
const LEAST_PRICE_STEPS = 60;
const STEPS_PER_SLICE = 100;
const ROUNDS_PER_STEP = 10;
/** Columns of least reduced cost that a core keeps for each row, and columns per row in all, round by round. */
const CORE_PER_ROW = 4;
const CORE_SHARES = [2, 1, 3] as const;
/** Rounds of one walk without a better plan, per row, before it begins anew from the best plan with even weights. */
const PATIENCE = 400;

/**
 * Whether everything that can be covered has to be and price alone decides: plain lists, one site per bin, no rules, no budget, no
 * count, and a required share that needs every bin of weight that an allowed site serves.
 */
export function isFullCover(problem: SelectionProblem, choice: SelectionChoice): boolean {
  const { cover, fold } = problem;
  const { rules, budget, maxSites, required } = choice;
  if (cover.kind !== 'lists' || fold !== null || budget !== null || maxSites !== null) return false;
  if (rules.groups.length > 0 || rules.spacingM !== null) return false;
  const reach = reachOf(problem, choice, cover);
  return reach.every((most, target) => (target === 0 ? required[0] === most : required[target]! <= most));
}

/**
 * Existing and locked sites are open and the rest is searched. Call it when `isFullCover` holds; throws RangeError for another cover than
 * lists. The same problem, choice and effort give the same plan; `watch` may end it at any time.
 */
export function solveFullCover(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { priceSteps, improveSteps, seed }: FullCoverEffort,
  watch: Watch = {},
): FullCoverPlan {
  const { cover } = problem;
  if (cover.kind !== 'lists') throw new RangeError(`cover of ${cover.kind}, expected lists`);
  const { table, siteOf, binOf, free } = stripProblem(problem, choice, cover);
  const standing = choice.locked.reduce((sum, site) => sum + problem.cost[site]!, 0);
  const steps = ROUNDS_PER_STEP * improveSteps;
  const most = Math.max(LEAST_PRICE_STEPS, Math.floor(PRICE_READS / Math.max(1, table.columnRows.length)));
  const shouldStop = watch.shouldStop ?? never;
  const found = findRowPrices(table, Math.min(priceSteps, most), shouldStop);
  const tell = (stage: 'prices' | 'improve', done: number, total: number, cost: number): void =>
    watch.onNews?.({ stage, done, total, cost: standing + cost, bound: null, covered: null });
  tell('prices', found.steps, priceSteps, found.planCost);
  const walked = walkCores(table, found, steps, seed, shouldStop, (done, cost) =>
    tell('improve', done, steps, cost),
  );
  const sites = Array.from(walked.plan, (column) => siteOf[column]!);
  return {
    sites: dropNeedless(problem, choice, cover, [...free, ...sites]),
    prices: binPricesOf(problem, found.price, binOf),
    priceSteps: found.steps,
    steps: walked.steps,
  };
}

const never = (): boolean => false;

function reachOf(
  { targets }: SelectionProblem,
  { refused, existing }: SelectionChoice,
  { siteStarts, siteBins, siteCount, binCount }: ListCover,
): number[] {
  const isOut = new Uint8Array(siteCount);
  for (const site of refused) isOut[site] = 1;
  for (const site of existing) isOut[site] = 0;
  const isServed = new Uint8Array(binCount);
  for (let site = 0; site < siteCount; site++)
    if (isOut[site] === 0)
      for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) isServed[siteBins[at]!] = 1;
  const [whole] = targets;
  return targets.map(({ weight }) => {
    let sum = 0;
    for (let bin = 0; bin < binCount; bin++)
      if (isServed[bin] === 1 && whole.weight[bin]! > 0) sum += weight[bin]!;
    return sum;
  });
}

/** Walks on ever other cores until the steps are used up or bound and plan meet. */
function walkCores(
  table: FullTable,
  found: RowPrices,
  steps: number,
  seed: number,
  shouldStop: () => boolean,
  tell: (done: number, cost: number) => void,
): { plan: readonly number[]; steps: number } {
  let plan: readonly number[] = found.plan;
  let cost = found.planCost;
  let used = 0;
  if (table.rows === 0) return { plan, steps: 0 };
  const unit = table.cost.reduce(greatestDivisor, 0);
  const isProved = (): boolean => found.bound >= cost || found.bound > cost - unit + 1e-6 * unit;
  for (let round = 0; used < steps && !isProved() && !shouldStop(); round++) {
    const columns = coreOf(table, found, plan, cost - unit, round);
    const core = pickColumns(table, columns);
    const place = new Map(Array.from(columns, (column, index) => [column, index]));
    const walk = makeRowWalk(
      core,
      plan.map((column) => place.get(column)!),
      seed + round,
    );
    const patience = PATIENCE * table.rows;
    let idle = 0;
    while (idle < patience && used < steps && !isProved()) {
      const slice = Math.min(STEPS_PER_SLICE, steps - used);
      walkRows(walk, slice);
      used += slice;
      idle += slice;
      if (walk.bestCost < cost) {
        cost = walk.bestCost;
        plan = bestOf(walk).map((index) => columns[index]!);
        idle = 0;
        tell(used, cost);
      }
      if (shouldStop()) break;
    }
  }
  return { plan, steps: used };
}

/**
 * Columns that may be in a plan of `least` or less and, of very many, those of low reduced cost: for each row its cheapest ones, then
 * the cheapest of all, and what is open. Rounds
 * differ in how many.
 */
function coreOf(
  { rows, columns, rowStarts, rowColumns }: FullTable,
  { reduced, bound }: RowPrices,
  plan: readonly number[],
  least: number,
  round: number,
): Uint32Array {
  const isIn = new Uint8Array(columns);
  const order = Uint32Array.from({ length: columns }, (_, column) => column)
    .filter((column) => bound + Math.max(0, reduced[column]!) <= least + 1e-6)
    .sort((a, b) => reduced[a]! - reduced[b]! || a - b);
  const widest = rows * CORE_SHARES[round % CORE_SHARES.length]!;
  for (const column of order.subarray(0, widest)) isIn[column] = 1;
  if (order.length > widest)
    for (let row = 0; row < rows; row++) {
      const own = rowColumns.slice(rowStarts[row]!, rowStarts[row + 1]!);
      own.sort((a, b) => reduced[a]! - reduced[b]! || a - b);
      for (const column of own.subarray(0, CORE_PER_ROW)) isIn[column] = 1;
    }
  for (const column of plan) isIn[column] = 1;
  return Uint32Array.from({ length: columns }, (_, column) => column).filter((column) => isIn[column] === 1);
}

/** Sites whose every bin another one serves as well, the dearest first: those without a price come last. */
function dropNeedless(
  { cost, targets }: SelectionProblem,
  { existing, locked }: SelectionChoice,
  { siteStarts, siteBins, binCount }: ListCover,
  sites: readonly number[],
): number[] {
  const count = new Uint32Array(binCount);
  const serve = (site: number, by: 1 | -1): void => {
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) count[siteBins[at]!]! += by;
  };
  const [{ weight }] = targets;
  const isNeeded = (site: number): boolean => {
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++)
      if (count[siteBins[at]!] === 1 && weight[siteBins[at]!]! > 0) return true;
    return false;
  };
  for (const site of [...existing, ...locked, ...sites]) serve(site, 1);
  return sites
    .toSorted((a, b) => cost[b]! - cost[a]! || a - b)
    .filter((site) => {
      if (isNeeded(site)) return true;
      serve(site, -1);
      return false;
    })
    .sort((a, b) => a - b);
}

/** The price per target that makes every bin's price allowed: then the bins' term is what they are worth together. */
function binPricesOf(
  { targets, cover }: SelectionProblem,
  price: Float64Array,
  binOf: Uint32Array,
): BinPrices {
  const [{ weight }] = targets;
  const perBin = new Float32Array(cover.binCount);
  const perTarget = new Float64Array(targets.length);
  for (let row = 0; row < price.length; row++) {
    const bin = binOf[row]!;
    perBin[bin] = price[row]!;
    perTarget[0] = Math.max(perTarget[0]!, perBin[bin]! / weight[bin]!);
  }
  return { perTarget, perBin };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
