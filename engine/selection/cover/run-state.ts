// Yes-or-no covers as row runs: how many open sites serve each bin, and running sums inside each strip row of what a first site
// would add and what a last one would lose (selection reference, section 3). Gain and loss are two reads per run; a change sums
// its strip rows anew, 128 bins at the most each. Sums are 32-bit integers while prices allow it: measured 10-20 % faster than
// doubles, in half the memory; doubles otherwise.

import type { SelectionProblem } from '../selection-problem.ts';
import type { RunCover } from './cover.ts';
import type { CoverState } from './cover-state.ts';
import { fullWorth } from './full-worth.ts';

const LARGEST_INT32 = 0x7fff_ffff;

type Sums = Int32Array | Float64Array;

/** When a bin counts, and so when one site more or less matters to it. */
interface CountRule {
  /** Sites a bin needs; null: one everywhere. */
  readonly needs: Uint8Array | null;
  readonly strict: boolean;
}

/** What the sums are made of: the worth of one more site in a bin, the two running sums and the factor outside them. */
interface PricedSums {
  /** Room for a worth that is no target's weights; kept for the next mixture. */
  readonly mixture: Float64Array;
  readonly worth: Sums;
  readonly scale: number;
  readonly ifOpened: Sums;
  readonly ifClosed: Sums;
  /** The target whose weights the sums hold as they are; -1: a mixture. */
  readonly onlyTarget: number;
}

/** Nothing open yet. Takes 10 bytes per bin, 26 from the first fractional prices or with weights beyond 32 bits. */
export function makeRunState(problem: SelectionProblem, cover: RunCover): CoverState {
  const { targets, fold } = problem;
  const counts = new Uint16Array(cover.binCount);
  const isOpen = new Uint8Array(cover.siteCount);
  const covered = new Float64Array(targets.length);
  const { runStarts, runFirst, runLength, rowStarts } = cover;
  const rule: CountRule = { needs: fold?.sites ?? null, strict: fold?.counts === 'strict' };
  const full = fullWorth(problem);
  const change = new Float64Array(targets.length);
  let sums = emptySums;

  const sumRuns = (site: number, of: Sums) =>
    sumOfRuns(of, runFirst, runLength, runStarts[site]!, runStarts[site + 1]!);
  const perTarget = (site: number, lost: boolean, into: Float64Array) => {
    for (let target = 0; target < targets.length; target++)
      into[target] =
        target === sums.onlyTarget
          ? sumRuns(site, lost ? sums.ifClosed : sums.ifOpened)
          : scanRuns(targets[target]!.weight, full, counts, rule, lost, cover, site);
  };
  const gains = (site: number, into: Float64Array) => perTarget(site, false, into);
  const losses = (site: number, into: Float64Array) => perTarget(site, true, into);
  const move = (site: number, by: 1 | -1) => {
    const { worth, ifOpened, ifClosed } = sums;
    const from = runStarts[site]!;
    const to = runStarts[site + 1]!;
    if (rule.needs !== null) changeFoldedRuns(counts, rule.needs, rule.strict, sums, cover, site, by);
    else if (ifOpened instanceof Int32Array && ifClosed instanceof Int32Array)
      changeWholeRuns(counts, worth, ifOpened, ifClosed, rowStarts, runFirst, runLength, from, to, by);
    else changeRuns(counts, worth, ifOpened, ifClosed, rowStarts, runFirst, runLength, from, to, by);
  };

  const setPrices: CoverState['setPrices'] = (prices, binFactor = null) => {
    const priced = priceSums(problem, cover, full, prices, binFactor, sums);
    const isSummed = priced.onlyTarget >= 0 && priced.onlyTarget === sums.onlyTarget;
    sums = priced;
    if (isSummed) return; // only what stands outside the sums has changed
    const largest = sumRows(counts, rule, sums, rowStarts);
    if (largest <= LARGEST_INT32 || sums.ifOpened instanceof Float64Array) return;
    sums = { ...sums, ...roomFor(sums, cover.binCount, Float64Array) };
    sumRows(counts, rule, sums, rowStarts);
  };
  const firstPrices = targets.map((_, target) => (target === 0 ? 1 : 0));
  setPrices(firstPrices);
  return {
    problem,
    isOpen,
    covered,
    gain: (site) => sums.scale * sumRuns(site, sums.ifOpened),
    loss: (site) => sums.scale * sumRuns(site, sums.ifClosed),
    gains,
    losses,
    openSite: (site) => {
      if (isOpen[site] === 1) throw new RangeError(`site ${site} is open, expected a closed one`);
      gains(site, change);
      for (let target = 0; target < change.length; target++) covered[target]! += change[target]!;
      isOpen[site] = 1;
      move(site, 1);
    },
    closeSite: (site) => {
      if (isOpen[site] !== 1) throw new RangeError(`site ${site} is closed, expected an open one`);
      losses(site, change);
      for (let target = 0; target < change.length; target++) covered[target]! -= change[target]!;
      isOpen[site] = 0;
      move(site, -1);
    },
    setPrices,
    clear: () => {
      for (const own of [counts, isOpen, covered]) own.fill(0);
      sums = { ...sums, onlyTarget: -1 };
      setPrices(firstPrices);
    },
  };
}

const emptySums: PricedSums = {
  mixture: new Float64Array(0),
  worth: new Int32Array(0),
  scale: 0,
  ifOpened: new Int32Array(0),
  ifClosed: new Int32Array(0),
  onlyTarget: -1,
};

/** Sums of the runs, by two reads each. */
function sumOfRuns(of: Sums, first: Uint32Array, length: Uint16Array, from: number, to: number): number {
  let sum = 0;
  for (let run = from; run < to; run++) {
    const before = first[run]! - 1;
    sum += of[before + length[run]!]! - of[before]!;
  }
  return sum;
}

/** The same without running sums, bin by bin and exact: weight times worth that the site would add, or lose. */
function scanRuns(
  weight: Int32Array,
  full: number,
  counts: Uint16Array,
  { needs, strict }: CountRule,
  lost: boolean,
  { runStarts, runFirst, runLength }: RunCover,
  site: number,
): number {
  const shift = lost ? 1 : 0;
  let sum = 0;
  for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
    const first = runFirst[run]!;
    const end = first + runLength[run]!;
    for (let bin = first; bin < end; bin++) {
      const others = counts[bin]! - shift;
      const needed = needs === null ? 1 : needs[bin]!;
      if (strict ? others === needed - 1 : others < needed)
        sum += strict ? weight[bin]! * full : weight[bin]! * (full / needed);
    }
  }
  return sum;
}

/** Counts of the runs' bins, then the running sums of their strip rows from the first changed bin to the row's end. */
function changeRuns(
  counts: Uint16Array,
  worth: Sums,
  ifOpened: Sums,
  ifClosed: Sums,
  rowStarts: Uint32Array,
  runFirst: Uint32Array,
  runLength: Uint16Array,
  from: number,
  to: number,
  by: 1 | -1,
): void {
  let row = 0;
  let run = from;
  while (run < to) {
    const changed = runFirst[run]!;
    row = rowAt(rowStarts, changed, row);
    const rowEnd = rowStarts[row + 1]!;
    for (; run < to && runFirst[run]! < rowEnd; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let bin = runFirst[run]!; bin < end; bin++) counts[bin]! += by;
    }
    let opened = ifOpened[changed - 1]!;
    let closed = ifClosed[changed - 1]!;
    for (let bin = changed; bin < rowEnd; bin++) {
      const count = counts[bin]!;
      if (count === 0) opened += worth[bin]!;
      else if (count === 1) closed += worth[bin]!;
      ifOpened[bin] = opened;
      ifClosed[bin] = closed;
    }
  }
}

/** `changeRuns` with whole numbers: behind the last run all sums move alike, and mostly that is the longer part of the row. */
function changeWholeRuns(
  counts: Uint16Array,
  worth: Sums,
  ifOpened: Int32Array,
  ifClosed: Int32Array,
  rowStarts: Uint32Array,
  runFirst: Uint32Array,
  runLength: Uint16Array,
  from: number,
  to: number,
  by: 1 | -1,
): void {
  let row = 0;
  let run = from;
  while (run < to) {
    const changed = runFirst[run]!;
    row = rowAt(rowStarts, changed, row);
    const rowEnd = rowStarts[row + 1]!;
    let behind = changed;
    for (; run < to && runFirst[run]! < rowEnd; run++) {
      behind = runFirst[run]! + runLength[run]!;
      for (let bin = runFirst[run]!; bin < behind; bin++) counts[bin]! += by;
    }
    let opened = ifOpened[changed - 1]!;
    let closed = ifClosed[changed - 1]!;
    const openedBefore = ifOpened[behind - 1]!;
    const closedBefore = ifClosed[behind - 1]!;
    for (let bin = changed; bin < behind; bin++) {
      const count = counts[bin]!;
      if (count === 0) opened += worth[bin]!;
      else if (count === 1) closed += worth[bin]!;
      ifOpened[bin] = opened;
      ifClosed[bin] = closed;
    }
    const moreOpened = opened - openedBefore;
    const moreClosed = closed - closedBefore;
    if (moreOpened === 0 && moreClosed === 0) continue;
    for (let bin = behind; bin < rowEnd; bin++) {
      ifOpened[bin]! += moreOpened;
      ifClosed[bin]! += moreClosed;
    }
  }
}

/** `changeRuns` where bins need several sites. */
function changeFoldedRuns(
  counts: Uint16Array,
  needs: Uint8Array,
  strict: boolean,
  sums: PricedSums,
  { runStarts, runFirst, runLength, rowStarts }: RunCover,
  site: number,
  by: 1 | -1,
): void {
  const to = runStarts[site + 1]!;
  let row = 0;
  let run = runStarts[site]!;
  while (run < to) {
    const changed = runFirst[run]!;
    row = rowAt(rowStarts, changed, row);
    const rowEnd = rowStarts[row + 1]!;
    for (; run < to && runFirst[run]! < rowEnd; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let bin = runFirst[run]!; bin < end; bin++) counts[bin]! += by;
    }
    sumFoldedRow(counts, needs, strict, sums.worth, sums.ifOpened, sums.ifClosed, changed, rowEnd);
  }
}

function sumFoldedRow(
  counts: Uint16Array,
  needs: Uint8Array,
  strict: boolean,
  worth: Sums,
  ifOpened: Sums,
  ifClosed: Sums,
  from: number,
  to: number,
): void {
  let opened = ifOpened[from - 1]!;
  let closed = ifClosed[from - 1]!;
  for (let bin = from; bin < to; bin++) {
    const count = counts[bin]!;
    const needed = needs[bin]!;
    if (strict ? count === needed - 1 : count < needed) opened += worth[bin]!;
    if (strict ? count === needed : count > 0 && count <= needed) closed += worth[bin]!;
    ifOpened[bin] = opened;
    ifClosed[bin] = closed;
  }
}

/** The strip row of a bin at or after `row`: mostly this one or the next; a footprint's next strip is found by halving. */
function rowAt(rowStarts: Uint32Array, bin: number, row: number): number {
  if (bin < rowStarts[row + 1]!) return row;
  if (bin < rowStarts[row + 2]!) return row + 1;
  let low = row + 2;
  let high = rowStarts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (rowStarts[middle]! <= bin) low = middle;
    else high = middle;
  }
  return low;
}

/** All rows anew; returns what the heaviest row is worth in all, which no sum of it can pass. */
function sumRows(
  counts: Uint16Array,
  { needs, strict }: CountRule,
  { worth, ifOpened, ifClosed }: PricedSums,
  rowStarts: Uint32Array,
): number {
  let largest = 0;
  for (let row = 0; row + 1 < rowStarts.length; row++) {
    const guard = rowStarts[row]!;
    const end = rowStarts[row + 1]!;
    ifOpened[guard] = 0;
    ifClosed[guard] = 0;
    let all = 0;
    if (needs !== null) {
      sumFoldedRow(counts, needs, strict, worth, ifOpened, ifClosed, guard + 1, end);
      for (let bin = guard + 1; bin < end; bin++) all += worth[bin]!;
    } else {
      let opened = 0;
      let closed = 0;
      for (let bin = guard + 1; bin < end; bin++) {
        const count = counts[bin]!;
        const own = worth[bin]!;
        all += own;
        if (count === 0) opened += own;
        else if (count === 1) closed += own;
        ifOpened[bin] = opened;
        ifClosed[bin] = closed;
      }
    }
    if (all > largest) largest = all;
  }
  return largest;
}

/** Worth of the bins in these prices; arrays of the sums before are used again where they fit. */
function priceSums(
  problem: SelectionProblem,
  cover: RunCover,
  full: number,
  prices: ArrayLike<number>,
  binFactor: Float32Array | null,
  before: PricedSums,
): PricedSums {
  const { targets, fold } = problem;
  const { binCount } = cover;
  const graded = fold?.counts === 'graded';
  const priced = targets.map((_, target) => target).filter((target) => (prices[target] ?? 0) !== 0);
  const only = binFactor === null && priced.length <= 1 ? (priced[0] ?? 0) : -1;
  if (only >= 0) {
    const scale = prices[only] ?? 0;
    if (only === before.onlyTarget) return { ...before, scale };
    const { weight } = targets[only]!;
    const whole = graded ? wholeWorth(weight, full, fold.sites) : weight;
    return {
      mixture: before.mixture,
      worth: whole,
      scale,
      ...roomFor(before, binCount, Int32Array),
      onlyTarget: only,
    };
  }
  const mixture = before.mixture.length === binCount ? before.mixture : new Float64Array(binCount);
  mixture.fill(0);
  for (const target of priced) addWorth(mixture, targets[target]!.weight, prices[target]! * full);
  if (graded) for (let bin = 0; bin < binCount; bin++) mixture[bin]! /= fold.sites[bin]!;
  if (binFactor !== null) for (let bin = 0; bin < binCount; bin++) mixture[bin]! *= binFactor[bin]!;
  return {
    mixture,
    worth: mixture,
    scale: 1,
    ...roomFor(before, binCount, Float64Array),
    onlyTarget: -1,
  };
}

function roomFor(
  { ifOpened, ifClosed }: PricedSums,
  binCount: number,
  kind: Int32ArrayConstructor | Float64ArrayConstructor,
): Pick<PricedSums, 'ifOpened' | 'ifClosed'> {
  return { ifOpened: fitting(ifOpened, binCount, kind), ifClosed: fitting(ifClosed, binCount, kind) };
}

/** In the room of the sums before where it is large enough, so that prices can change often. What it holds is overwritten. */
function fitting(
  { buffer, length: known }: Sums,
  length: number,
  kind: Int32ArrayConstructor | Float64ArrayConstructor,
): Sums {
  const fits = known === length && buffer.byteLength >= length * kind.BYTES_PER_ELEMENT;
  return fits ? new kind(buffer as ArrayBuffer, 0, length) : new kind(length); // made here, so not shared
}

function addWorth(worth: Sums, weight: Int32Array, price: number): void {
  for (let bin = 0; bin < worth.length; bin++) worth[bin]! += weight[bin]! * price;
}

/** Whole worth of one site in a bin that needs several: `full` is a multiple of every count. */
function wholeWorth(weight: Int32Array, full: number, needs: Uint8Array): Float64Array {
  const whole = new Float64Array(weight.length);
  for (let bin = 0; bin < weight.length; bin++) whole[bin] = weight[bin]! * (full / Math.max(1, needs[bin]!));
  return whole;
}
