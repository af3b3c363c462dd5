// What holds for a problem whatever is chosen: the best grade of every bin over all sites (the ceiling), and the state with the existing
// stations open together with every gain at that moment (first upper bounds of all later ones). Computed on first use and kept
// as long as the problem is, so that a re-plan on the same coverage starts where choosing starts. Takes four bytes per bin.
import type { SelectionProblem } from './selection-problem.ts';
import {
  addSite,
  copySelectionState,
  eachBin,
  gainOf,
  makeSelectionState,
  type SelectionState,
} from './selection-state.ts';

interface Start {
  readonly existing: readonly number[];
  readonly state: SelectionState;
  readonly gain: Float64Array;
}

const starts = new WeakMap<SelectionProblem, Start>();
const tops = new WeakMap<SelectionProblem, Uint8Array>();

/** A state of one's own with the existing sites open, and the gain of every site in it (not to be written to). */
export function startWith(
  problem: SelectionProblem,
  existing: readonly number[],
): { state: SelectionState; gain: Float64Array } {
  let start = starts.get(problem);
  if (!start || start.existing.join() !== existing.join()) {
    start = makeStart(problem, existing);
    starts.set(problem, start);
  }
  return { state: copySelectionState(start.state), gain: start.gain };
}

function makeStart(problem: SelectionProblem, existing: readonly number[]): Start {
  const state = makeSelectionState(problem);
  for (const site of existing) addSite(state, site);
  const gain = new Float64Array(problem.footprints.siteCount);
  for (let site = 0; site < gain.length; site++) gain[site] = gainOf(state, site);
  return { existing: [...existing], state, gain };
}

/** What all sites but the refused ones together would cover. A target above it is not reachable, whatever is opened. */
export function computeCeiling(problem: SelectionProblem, refused: readonly number[]): number {
  const top = topOf(problem);
  if (refused.length === 0) return worthOf(problem, top);
  // Only bins where a refused site is among the best can lose.
  const lost = new Uint8Array(top.length);
  for (const site of refused) {
    eachBin(problem, site, (bin, grade) => {
      if (grade > 0 && grade === top[bin]) lost[bin] = 1;
    });
  }
  const left = top.slice();
  for (let bin = 0; bin < left.length; bin++) if (lost[bin] === 1) left[bin] = 0;
  const isRefused = new Set(refused);
  for (let site = 0; site < problem.footprints.siteCount; site++) {
    if (isRefused.has(site)) continue;
    eachBin(problem, site, (bin, grade) => {
      if (lost[bin] === 1 && grade > left[bin]!) left[bin] = grade;
    });
  }
  return worthOf(problem, left);
}

function worthOf({ weight, gradeValue }: SelectionProblem, grades: Uint8Array): number {
  let sum = 0;
  for (let bin = 0; bin < grades.length; bin++) sum += weight[bin]! * gradeValue[grades[bin]!]!;
  return sum;
}

/** Best grade per bin over all sites. One pass over all footprints. */
function topOf(problem: SelectionProblem): Uint8Array {
  let top = tops.get(problem);
  if (!top) {
    const made = new Uint8Array(problem.weight.length);
    for (let site = 0; site < problem.footprints.siteCount; site++) {
      eachBin(problem, site, (bin, grade) => {
        if (grade > made[bin]!) made[bin] = grade;
      });
    }
    top = made;
    tops.set(problem, top);
  }
  return top;
}
