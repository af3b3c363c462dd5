// What holds for a problem whatever is chosen: how many sites serve every bin (with grades: the best one), and every gain with nothing
// but the existing stations open (first upper bounds of all later ones). Computed on first use and kept as long as the problem is, so that
// a re-plan on the same coverage starts where choosing starts. Takes two bytes per bin, eight per site and the arrays of one state.
import { type BestGrades, bestGrades, eachGrade, eachGradeWhere } from './cover/best-grades.ts';
import type { GradeCover, RunCover } from './cover/cover.ts';
import type { CoverState } from './cover/cover-state.ts';
import { fullWorth } from './cover/full-worth.ts';
import { makeCoverState } from './cover/make-cover-state.ts';
import type { SelectionProblem } from './selection-problem.ts';

const LARGEST_UINT16 = 0xffff;

const firstGains = new WeakMap<SelectionProblem, { existing: string; gain: Float64Array }>();
const spareStates = new WeakMap<SelectionProblem, CoverState>();
const serverCounts = new WeakMap<SelectionProblem, Uint16Array | Uint32Array>();
const twoGrades = new WeakMap<SelectionProblem, BestGrades>();

/** A state of one's own with the existing sites open, and the gain of every site in it (not to be written to). */
export function startWith(
  problem: SelectionProblem,
  existing: readonly number[],
): { state: CoverState; gain: Float64Array } {
  const state = emptyState(problem);
  for (const site of existing) state.openSite(site);
  const known = firstGains.get(problem);
  if (known?.existing === existing.join()) return { state, gain: known.gain };
  const gain = new Float64Array(problem.cover.siteCount);
  for (let site = 0; site < gain.length; site++) gain[site] = state.isOpen[site] === 1 ? 0 : state.gain(site);
  firstGains.set(problem, { existing: existing.join(), gain });
  return { state, gain };
}

/** A state of one's own with nothing open, in the arrays of one that was given back where there is one: a city's take tens of megabytes. */
export function emptyState(problem: SelectionProblem): CoverState {
  const spare = spareStates.get(problem);
  if (!spare) return makeCoverState(problem);
  spareStates.delete(problem);
  spare.clear();
  return spare;
}

/** Before something else needs the room. */
export function dropSpare(problem: SelectionProblem): void {
  spareStates.delete(problem);
}

/** For whoever needs a state no more and lets go of it: its arrays serve the next one. */
export function giveBack(state: CoverState): void {
  spareStates.set(state.problem, state);
}

/**
 * Weight times worth that all sites but `refused` would cover together, one per target: a share above it is not reachable,
 * whatever is opened. One pass over the footprints at first, later over those of the refused sites (with grades: over all again where two
 * refused sites served the same bin best).
 */
export function computeCeilings(problem: SelectionProblem, refused: readonly number[]): number[] {
  return coveredAt(problem, worthWithout(problem, refused));
}

/** What one unit of weight is worth in a bin. */
export type WorthAt = (bin: number) => number;

/** The same when everything but `refused` is open. */
export function worthWithout(problem: SelectionProblem, refused: readonly number[]): WorthAt {
  const { cover } = problem;
  if (cover.kind !== 'grades') return countedWorth(problem, countsWithout(problem, refused));
  const top = gradesWithout(problem, cover, refused);
  return (bin) => cover.gradeValue[top[bin]!]!;
}

/** Weight times worth, one per target. */
export function coveredAt({ targets }: SelectionProblem, worthAt: WorthAt): number[] {
  return targets.map(({ weight }) => {
    let sum = 0;
    for (let bin = 0; bin < weight.length; bin++) if (weight[bin]! > 0) sum += weight[bin]! * worthAt(bin);
    return sum;
  });
}

function countedWorth(problem: SelectionProblem, counts: Uint16Array | Uint32Array): WorthAt {
  const { fold } = problem;
  const full = fullWorth(problem);
  return (bin) => {
    const needed = fold ? fold.sites[bin]! : 1;
    const count = Math.min(counts[bin]!, needed);
    return fold?.counts === 'graded' ? (full / needed) * count : count === needed ? full : 0;
  };
}

/** Sites that serve each bin when everything but `refused` is open. */
function countsWithout(problem: SelectionProblem, refused: readonly number[]): Uint16Array | Uint32Array {
  const { cover } = problem;
  let counts = serverCounts.get(problem);
  if (!counts) {
    const counted = cover.kind === 'runs' ? countRuns(cover) : new Uint32Array(cover.binCount);
    if (cover.kind === 'lists')
      for (let bin = 0; bin < counted.length; bin++)
        counted[bin] = cover.binStarts[bin + 1]! - cover.binStarts[bin]!;
    counts = counted.every((count) => count <= LARGEST_UINT16) ? Uint16Array.from(counted) : counted;
    serverCounts.set(problem, counts);
  }
  if (refused.length === 0) return counts;
  const left = counts.slice();
  for (const site of new Set(refused)) uncount(problem, site, left);
  return left;
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

function uncount({ cover }: SelectionProblem, site: number, counts: Uint16Array | Uint32Array): void {
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

function gradesWithout(problem: SelectionProblem, cover: GradeCover, refused: readonly number[]): Uint8Array {
  let two = twoGrades.get(problem);
  if (!two) {
    two = bestGrades(cover, Array.from(problem.cost.keys()));
    twoGrades.set(problem, two);
  }
  return refused.length === 0 ? two.best : topWithout(cover, two, new Set(refused));
}

const LOST_BEST = 1;
const LOST_SECOND = 2;
const LOST_BOTH = LOST_BEST | LOST_SECOND;

/** Best grade per bin over all sites but the refused ones, from the two best of all: whoever lost the best one falls to the second. */
function topWithout(
  cover: GradeCover,
  { best, second }: BestGrades,
  refused: ReadonlySet<number>,
): Uint8Array {
  const top = best.slice();
  const lost = new Uint8Array(cover.binCount);
  let west = cover.binCount;
  let east = -1;
  const lose = (bin: number, grade: number) => {
    if (grade === 0 || grade < second[bin]!) return;
    // of two that serve alike either is the best
    const isBest = grade === best[bin] && (lost[bin]! & LOST_BEST) === 0;
    lost[bin] = lost[bin]! | (isBest ? LOST_BEST : LOST_SECOND);
    top[bin] = (lost[bin]! & LOST_BEST) === 0 ? best[bin]! : second[bin]!;
    if (lost[bin] !== LOST_BOTH) return;
    top[bin] = 0;
    west = Math.min(west, bin);
    east = Math.max(east, bin);
  };
  for (const site of refused) eachGrade(cover, site, lose);
  if (east < 0) return top;
  const raise = (bin: number, grade: number) => {
    if (lost[bin] === LOST_BOTH && grade > top[bin]!) top[bin] = grade;
  };
  const isNear = (first: number, end: number) => first <= east && end > west;
  for (let site = 0; site < cover.siteCount; site++)
    if (!refused.has(site)) eachGradeWhere(cover, site, isNear, raise);
  return top;
}
