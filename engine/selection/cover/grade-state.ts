// The state over grades: best and second best grade of every bin among the open sites, so that gain and loss of a site are sums
// over its own bins, exact for any number of grades. Closing a site asks the open sites that share ground with it who serves its
// bins now; they are found through tiles of 512 consecutive bins (four strip rows), so that a city costs what a district costs.
import { BLOCK_BITS, BLOCK_SITES } from '../../coverage/footprints.ts';
import type { SelectionProblem } from '../selection-problem.ts';
import type { GradeCover } from './cover.ts';
import type { CoverState } from './cover-state.ts';

const TILE_BITS = 9;

/** Takes 11 bytes per bin and about 30 per site. Throws RangeError for a problem with folds: grades know one server only. */
export function makeGradeState(problem: SelectionProblem, cover: GradeCover): CoverState {
  if (problem.fold !== null) throw new RangeError('several sites per bin need a yes-or-no cover, got grades');
  const { binCount, siteCount } = cover;
  const state: Grades = {
    problem,
    cover,
    weights: problem.targets.map((target) => target.weight),
    worth: new Float64Array(binCount),
    floor: null,
    best: new Uint8Array(binCount),
    second: new Uint8Array(binCount),
    covered: new Float64Array(problem.targets.length),
    isOpen: new Uint8Array(siteCount),
    openInTile: Array.from({ length: (binCount >> TILE_BITS) + 1 }, () => []),
    touched: new Uint8Array(binCount),
    seenAt: new Uint32Array(siteCount),
    turn: { now: 0 },
  };
  fillWorth(state, [1], null);
  return doorTo(state);
}

interface Grades {
  readonly problem: SelectionProblem;
  readonly cover: GradeCover;
  readonly weights: readonly Int32Array[];
  /** Price of one unit of worth, per bin. */
  readonly worth: Float64Array;
  /** Worth below which nothing counts, per bin: what a bin's price leaves of its full worth; null: everything counts. */
  floor: Float64Array | null;
  readonly best: Uint8Array;
  readonly second: Uint8Array;
  readonly covered: Float64Array;
  readonly isOpen: Uint8Array;
  /** Open sites with a bin in each tile. */
  readonly openInTile: number[][];
  /** All zero between calls. */
  readonly touched: Uint8Array;
  /** The turn in which a site was last met: each is asked once. */
  readonly seenAt: Uint32Array;
  readonly turn: { now: number };
}

function doorTo(state: Grades): CoverState {
  return {
    problem: state.problem,
    isOpen: state.isOpen,
    covered: state.covered,
    gain: (site) =>
      state.floor === null ? gainIn(state, state.worth, site) : gainAbove(state, state.floor, site),
    loss: (site) =>
      state.floor === null ? lossIn(state, state.worth, site) : lossAbove(state, state.floor, site),
    gains: (site, into) => {
      state.weights.forEach((weight, target) => {
        into[target] = gainIn(state, weight, site);
      });
    },
    losses: (site, into) => {
      state.weights.forEach((weight, target) => {
        into[target] = lossIn(state, weight, site);
      });
    },
    openSite: (site) => {
      if (state.isOpen[site] === 1) throw new RangeError(`site ${site} is open, expected a closed one`);
      openIn(state, site);
    },
    closeSite: (site) => {
      if (state.isOpen[site] !== 1) throw new RangeError(`site ${site} is closed, expected an open one`);
      closeIn(state, site);
    },
    setPrices: (perTarget, binFactor = null) => fillWorth(state, perTarget, binFactor),
    clear: () => {
      for (const grades of [state.best, state.second, state.isOpen, state.covered]) grades.fill(0);
      for (const sites of state.openInTile) sites.length = 0;
      fillWorth(state, [1], null);
    },
  };
}

/**
 * A factor of f says that the price of the bin is f of its full worth, and the rest is what it costs to serve it elsewhere: a site
 * earns what it serves above that (certificate.ts).
 */
function fillWorth(state: Grades, perTarget: ArrayLike<number>, binFactor: Float32Array | null): void {
  const { weights, worth, cover } = state;
  worth.fill(0);
  weights.forEach((weight, target) => {
    const price = perTarget[target] ?? 0;
    if (price === 0) return;
    for (let bin = 0; bin < worth.length; bin++) worth[bin] = worth[bin]! + price * weight[bin]!;
  });
  const full = cover.gradeValue.at(-1) ?? 0;
  state.floor = binFactor && Float64Array.from(binFactor, (factor) => (1 - factor) * full);
}

// Four loops, one for each question: one loop that asks which it is answers 10 to 20 % later (gains and losses of 3200 graded sites).

function gainIn({ cover, best }: Grades, worth: Float64Array | Int32Array, site: number): number {
  const { gradeValue, footprints } = cover;
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]!;
  let at = gradeStarts[local]!;
  let sum = 0;
  for (let span = spanStarts[local]!; span < end; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      const now = best[bin]!;
      if (grade > now) sum += worth[bin]! * (gradeValue[grade]! - gradeValue[now]!);
    }
  }
  return sum;
}

/** What only this site gives: the step from the second best grade to its own where it is the best alone. */
function lossIn({ cover, best, second }: Grades, worth: Float64Array | Int32Array, site: number): number {
  const { gradeValue, footprints } = cover;
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]!;
  let at = gradeStarts[local]!;
  let sum = 0;
  for (let span = spanStarts[local]!; span < end; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      if (grade === best[bin] && grade > second[bin]!)
        sum += worth[bin]! * (gradeValue[grade]! - gradeValue[second[bin]!]!);
    }
  }
  return sum;
}

/** Gain of what lies above the floor of each bin. */
function gainAbove({ cover, best, worth }: Grades, floor: Float64Array, site: number): number {
  const { gradeValue, footprints } = cover;
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]!;
  let at = gradeStarts[local]!;
  let sum = 0;
  for (let span = spanStarts[local]!; span < end; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      const now = best[bin]!;
      if (grade <= now) continue;
      const value = gradeValue[grade]!;
      const from = Math.max(gradeValue[now]!, floor[bin]!);
      if (value > from) sum += worth[bin]! * (value - from);
    }
  }
  return sum;
}

function lossAbove({ cover, best, second, worth }: Grades, floor: Float64Array, site: number): number {
  const { gradeValue, footprints } = cover;
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]!;
  let at = gradeStarts[local]!;
  let sum = 0;
  for (let span = spanStarts[local]!; span < end; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      if (grade !== best[bin] || grade <= second[bin]!) continue;
      const value = gradeValue[grade]!;
      const from = Math.max(gradeValue[second[bin]!]!, floor[bin]!);
      if (value > from) sum += worth[bin]! * (value - from);
    }
  }
  return sum;
}

function openIn(state: Grades, site: number): void {
  count(state, site, 1, gainIn);
  serve(state, site, 0, state.best.length, null);
  state.isOpen[site] = 1;
  eachTile(state.cover, site, (tile) => state.openInTile[tile]!.push(site));
}

function closeIn(state: Grades, site: number): void {
  const { cover, best, second, touched, openInTile, seenAt, turn } = state;
  count(state, site, -1, lossIn);
  state.isOpen[site] = 0;
  eachTile(cover, site, (tile) => {
    const sites = openInTile[tile]!;
    sites.splice(sites.indexOf(site), 1);
  });
  const [west, east] = clearServed(cover, best, second, touched, site);
  if (east < 0) return;
  turn.now++;
  eachTile(cover, site, (tile) => {
    for (const other of openInTile[tile]!) {
      if (seenAt[other] === turn.now) continue;
      seenAt[other] = turn.now;
      serve(state, other, west, east, touched);
    }
  });
  touched.fill(0, west, east + 1);
}

function count(state: Grades, site: number, sign: 1 | -1, worthOf: typeof gainIn): void {
  const { covered, weights } = state;
  for (let target = 0; target < weights.length; target++)
    covered[target] = covered[target]! + sign * worthOf(state, weights[target]!, site);
}

/** Forgets both grades of every bin where the site was one of the two; returns the first and last such bin. */
function clearServed(
  { footprints }: GradeCover,
  best: Uint8Array,
  second: Uint8Array,
  touched: Uint8Array,
  site: number,
): [west: number, east: number] {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  let west = -1;
  let east = -1;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      if (grade === 0 || grade < second[bin]!) continue;
      touched[bin] = 1;
      best[bin] = 0;
      second[bin] = 0;
      if (west < 0) west = bin;
      east = bin;
    }
  }
  return [west, east];
}

/** Enters a site's grades between two bins, everywhere or where `only` is 1. */
function serve(
  { cover, best, second }: Grades,
  site: number,
  west: number,
  east: number,
  only: Uint8Array | null,
): void {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } =
    cover.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]!;
  let at = gradeStarts[local]!;
  for (let span = spanStarts[local]!; span < end; span++) {
    const first = spanFirst[span]!;
    const length = spanLength[span]!;
    if (first > east) return;
    if (first + length <= west) {
      at += length;
      continue;
    }
    for (let bin = first; bin < first + length; bin++) {
      const grade = grades[at++]!;
      if (grade <= second[bin]! || (only !== null && only[bin] === 0)) continue;
      if (grade > best[bin]!) {
        second[bin] = best[bin]!;
        best[bin] = grade;
      } else second[bin] = grade;
    }
  }
}

/** Calls with every tile that a span of the site touches, each once. */
function eachTile({ footprints }: GradeCover, site: number, told: (tile: number) => void): void {
  const { spanStarts, spanFirst, spanLength } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let known = -1;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const last = (first + spanLength[span]! - 1) >> TILE_BITS;
    for (let tile = Math.max(first >> TILE_BITS, known + 1); tile <= last; tile++) {
      told(tile);
      known = tile;
    }
  }
}
