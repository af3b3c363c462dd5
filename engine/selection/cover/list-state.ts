// How many open sites serve each bin, for plain lists. A bin pays for the steps of its count that are worth something: the first
// one; with a graded fold each of the first k; with a strict fold the k-th alone. Gain and loss are sums over the site's own bins.

import type { SelectionProblem } from '../selection-problem.ts';
import type { ListCover } from './cover.ts';
import type { CoverState } from './cover-state.ts';
import { fullWorth } from './full-worth.ts';

interface Steps {
  /** Counts below this are worth nothing when they grow by one. */
  readonly from: Uint8Array;
  /** Counts from this on are worth nothing more. */
  readonly to: Uint8Array;
  /** Worth of one step per unit of weight. */
  readonly worth: Float64Array;
}

/** Nothing open yet. Takes 22 bytes per bin. */
export function makeListState(problem: SelectionProblem, cover: ListCover): CoverState {
  const steps = stepsOf(problem, cover.binCount);
  const isOpen = new Uint8Array(cover.siteCount);
  const covered = new Float64Array(problem.targets.length);
  const count = new Uint32Array(cover.binCount);
  const value = new Float64Array(cover.binCount);
  const { siteStarts, siteBins } = cover;
  const change = new Float64Array(covered.length);
  const gains = (site: number, into: Float64Array): void => {
    problem.targets.forEach(({ weight }, target) => {
      into[target] = sumWeights(siteStarts, siteBins, site, count, 0, steps, weight);
    });
  };
  const losses = (site: number, into: Float64Array): void => {
    problem.targets.forEach(({ weight }, target) => {
      into[target] = sumWeights(siteStarts, siteBins, site, count, 1, steps, weight);
    });
  };
  const setPrices: CoverState['setPrices'] = (perTarget, binFactor = null) => {
    value.fill(0);
    problem.targets.forEach(({ weight }, target) => {
      const price = perTarget[target] ?? 0;
      if (price === 0) return;
      for (let bin = 0; bin < value.length; bin++) value[bin]! += price * weight[bin]! * steps.worth[bin]!;
    });
    if (binFactor) for (let bin = 0; bin < value.length; bin++) value[bin]! *= binFactor[bin]!;
  };
  setPrices([1]);
  return {
    problem,
    isOpen,
    covered,
    gain: (site) => sumValues(siteStarts, siteBins, site, count, 0, steps, value),
    loss: (site) => sumValues(siteStarts, siteBins, site, count, 1, steps, value),
    gains,
    losses,
    openSite: (site) => {
      if (isOpen[site] === 1) throw new RangeError(`site ${site} is open, expected a closed one`);
      gains(site, change);
      for (let target = 0; target < covered.length; target++) covered[target]! += change[target]!;
      isOpen[site] = 1;
      for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) count[siteBins[at]!]!++;
    },
    closeSite: (site) => {
      if (isOpen[site] !== 1) throw new RangeError(`site ${site} is closed, expected an open one`);
      losses(site, change);
      for (let target = 0; target < covered.length; target++) covered[target]! -= change[target]!;
      isOpen[site] = 0;
      for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) count[siteBins[at]!]!--;
    },
    setPrices,
    clear: () => {
      for (const sums of [isOpen, covered, count]) sums.fill(0);
      setPrices([1]);
    },
  };
}

function stepsOf(problem: SelectionProblem, binCount: number): Steps {
  const { fold } = problem;
  const isGraded = fold?.counts === 'graded';
  const to = fold?.sites ?? new Uint8Array(binCount).fill(1);
  const full = fullWorth(problem);
  return {
    from: isGraded ? new Uint8Array(binCount) : to.map((sites) => sites - 1),
    to,
    worth: Float64Array.from(to, (sites) => (isGraded ? full / sites : full)),
  };
}

/** `before` 0: what one more open site would add; 1: what one less would take away. */
function sumValues(
  starts: Uint32Array,
  bins: Uint32Array,
  site: number,
  count: Uint32Array,
  before: 0 | 1,
  { from, to }: Steps,
  value: Float64Array,
): number {
  const end = starts[site + 1]!;
  let sum = 0;
  for (let at = starts[site]!; at < end; at++) {
    const bin = bins[at]!;
    const others = count[bin]! - before;
    if (others >= from[bin]! && others < to[bin]!) sum += value[bin]!;
  }
  return sum;
}

/** The same in weight times worth. */
function sumWeights(
  starts: Uint32Array,
  bins: Uint32Array,
  site: number,
  count: Uint32Array,
  before: 0 | 1,
  { from, to, worth }: Steps,
  weight: Int32Array,
): number {
  const end = starts[site + 1]!;
  let sum = 0;
  for (let at = starts[site]!; at < end; at++) {
    const bin = bins[at]!;
    const others = count[bin]! - before;
    if (others >= from[bin]! && others < to[bin]!) sum += weight[bin]! * worth[bin]!;
  }
  return sum;
}
