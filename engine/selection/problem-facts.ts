// What holds for a problem whatever is chosen: how many sites serve every bin (with grades: the best one), and the state with the existing
// stations open together with every gain at that moment (first upper bounds of all later ones). Computed on first use and kept
// as long as the problem is, so that a re-plan on the same coverage starts where choosing starts. Takes four bytes per bin.
import { eachGrade } from './cover/best-grades.ts';
import type { GradeCover, RunCover } from './cover/cover.ts';
import type { CoverState } from './cover/cover-state.ts';
import { fullWorth } from './cover/full-worth.ts';
import { makeCoverState } from './cover/make-cover-state.ts';
import type { SelectionProblem } from './selection-problem.ts';

interface Start {
  readonly existing: readonly number[];
  readonly state: CoverState;
  readonly gain: Float64Array;
}

const starts = new WeakMap<SelectionProblem, Start>();
const serverCounts = new WeakMap<SelectionProblem, Uint32Array>();
const topGrades = new WeakMap<SelectionProblem, Uint8Array>();

/** A state of one's own with the existing sites open, and the gain of every site in it (not to be written to). */
export function startWith(
  problem: SelectionProblem,
  existing: readonly number[],
): { state: CoverState; gain: Float64Array } {
  let start = starts.get(problem);
  if (!start || start.existing.join() !== existing.join()) {
    const state = makeCoverState(problem);
    for (const site of existing) state.openSite(site);
    const gain = new Float64Array(problem.cover.siteCount);
    for (let site = 0; site < gain.length; site++)
      gain[site] = state.isOpen[site] === 1 ? 0 : state.gain(site);
    start = { existing: [...existing], state, gain };
    starts.set(problem, start);
  }
  return { state: start.state.copy(), gain: start.gain };
}

/**
 * Weight times worth that all sites but `refused` would cover together, one per target: a share above it is not reachable,
 * whatever is opened. One pass over the footprints at first, later over those of the refused sites (with grades: again over all).
 */
export function computeCeilings(problem: SelectionProblem, refused: readonly number[]): number[] {
  const { cover } = problem;
  const worth = cover.kind === 'grades' ? gradeWorth(problem, cover, refused) : countWorth(problem, refused);
  return problem.targets.map(({ weight }) => {
    let sum = 0;
    for (let bin = 0; bin < weight.length; bin++) sum += weight[bin]! * worth[bin]!;
    return sum;
  });
}

/** What one unit of weight is worth in each bin when everything but `refused` is open. */
function countWorth(problem: SelectionProblem, refused: readonly number[]): Float64Array {
  const { cover, fold } = problem;
  let counts = serverCounts.get(problem);
  if (!counts) {
    counts = cover.kind === 'runs' ? countRuns(cover) : new Uint32Array(cover.binCount);
    if (cover.kind === 'lists')
      for (let bin = 0; bin < counts.length; bin++)
        counts[bin] = cover.binStarts[bin + 1]! - cover.binStarts[bin]!;
    serverCounts.set(problem, counts);
  }
  if (refused.length > 0) {
    counts = counts.slice();
    for (const site of new Set(refused)) uncount(problem, site, counts);
  }
  const full = fullWorth(problem);
  const worth = new Float64Array(cover.binCount);
  for (let bin = 0; bin < worth.length; bin++) {
    const needed = fold ? fold.sites[bin]! : 1;
    const count = Math.min(counts[bin]!, needed);
    worth[bin] = fold?.counts === 'graded' ? (full / needed) * count : count === needed ? full : 0;
  }
  return worth;
}

/** Where runs begin and end, summed up: two writes per run instead of one per bin. */
function countRuns({ binCount, runFirst, runLength }: RunCover): Uint32Array {
  const counts = new Uint32Array(binCount + 1);
  for (let run = 0; run < runFirst.length; run++) {
    const first = runFirst[run]!;
    counts[first]!++;
    counts[first + runLength[run]!]!--; // wraps below 0 and comes back in the sum
  }
  for (let bin = 1; bin < binCount; bin++) counts[bin]! += counts[bin - 1]!;
  return counts.subarray(0, binCount);
}

function uncount({ cover }: SelectionProblem, site: number, counts: Uint32Array): void {
  if (cover.kind === 'lists') {
    const end = cover.siteStarts[site + 1]!;
    for (let at = cover.siteStarts[site]!; at < end; at++) counts[cover.siteBins[at]!]!--;
  } else if (cover.kind === 'runs') {
    const { runStarts, runFirst, runLength } = cover;
    const last = runStarts[site + 1]!;
    for (let run = runStarts[site]!; run < last; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let bin = runFirst[run]!; bin < end; bin++) counts[bin]!--;
    }
  }
}

function gradeWorth(problem: SelectionProblem, cover: GradeCover, refused: readonly number[]): Float64Array {
  let top = topGrades.get(problem);
  if (!top) {
    top = topOf(cover, null);
    topGrades.set(problem, top);
  }
  if (refused.length > 0) top = topOf(cover, new Set(refused));
  return Float64Array.from(top, (grade) => cover.gradeValue[grade]!);
}

/** Best grade per bin over all sites but the refused ones. */
function topOf(cover: GradeCover, refused: ReadonlySet<number> | null): Uint8Array {
  const top = new Uint8Array(cover.binCount);
  const raise = (bin: number, grade: number) => {
    if (grade > top[bin]!) top[bin] = grade;
  };
  for (let site = 0; site < cover.siteCount; site++) if (!refused?.has(site)) eachGrade(cover, site, raise);
  return top;
}
