// The best and the second best grade of every bin among the open sites. Gain and loss of a site are then sums over its own
// bins: about as fast as prefix sums over a handful of levels would be, and exact for any number of grades.
import { BLOCK_BITS, BLOCK_SITES } from '../coverage/footprints.ts';
import type { SelectionProblem } from './selection-problem.ts';

export interface SelectionState {
  readonly problem: SelectionProblem;
  readonly best: Uint8Array;
  readonly second: Uint8Array;
  /** Open sites in the order they were opened. */
  open: number[];
  /** Weight times worth of the best grades. */
  covered: number;
  /** All zero between calls. */
  readonly touched: Uint8Array;
}

/** Nothing open yet. Takes three bytes per bin. */
export function makeSelectionState(problem: SelectionProblem): SelectionState {
  const bins = problem.weight.length;
  return {
    problem,
    best: new Uint8Array(bins),
    second: new Uint8Array(bins),
    open: [],
    covered: 0,
    touched: new Uint8Array(bins),
  };
}

/** A state that changes on its own. */
export function copySelectionState(state: SelectionState): SelectionState {
  const { problem, best, second, open, covered, touched } = state;
  return {
    problem,
    best: best.slice(),
    second: second.slice(),
    open: [...open],
    covered,
    touched: new Uint8Array(touched.length),
  };
}

/** Weight times worth newly covered if the site opened now. */
export function gainOf({ problem, best }: SelectionState, site: number): number {
  const { weight, gradeValue, footprints } = problem;
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
      if (grade > now) sum += weight[bin]! * (gradeValue[grade]! - gradeValue[now]!);
    }
  }
  return sum;
}

/** Weight times worth lost if the open site closed now: what it serves better than every other open site. */
export function lossOf({ problem, best, second }: SelectionState, site: number): number {
  const { weight, gradeValue, footprints } = problem;
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  let sum = 0;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      if (grade === best[bin] && grade > second[bin]!)
        sum += weight[bin]! * (gradeValue[grade]! - gradeValue[second[bin]!]!);
    }
  }
  return sum;
}

/** Opens the site and returns its gain. */
export function addSite(state: SelectionState, site: number): number {
  const gain = gainOf(state, site);
  serve(state, site, null);
  state.open.push(site);
  state.covered += gain;
  return gain;
}

/**
 * Closes an open site and returns its loss. Only bins where it was best or second change; they are served again by the open
 * sites that share ground with it.
 */
export function removeSite(state: SelectionState, site: number): number {
  const loss = lossOf(state, site);
  const { problem, best, second, touched } = state;
  state.open = state.open.filter((other) => other !== site);
  let west = Infinity;
  let east = -1;
  eachBin(problem, site, (bin, grade) => {
    if (grade === 0 || grade < second[bin]!) return;
    touched[bin] = 1;
    best[bin] = 0;
    second[bin] = 0;
    west = Math.min(west, bin);
    east = Math.max(east, bin);
  });
  for (const other of state.open) {
    const [first, last] = extentOf(problem, other);
    if (first <= east && last >= west) serve(state, other, touched);
  }
  touched.fill(0, Math.min(west, east + 1), east + 1);
  state.covered -= loss;
  return loss;
}

/** Enters a site's grades, everywhere or where `only` is 1. */
function serve({ problem, best, second }: SelectionState, site: number, only: Uint8Array | null): void {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } =
    problem.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const last = first + spanLength[span]!;
    for (let bin = first; bin < last; bin++) {
      const grade = grades[at++]!;
      if (grade <= second[bin]! || (only !== null && only[bin] === 0)) continue;
      if (grade > best[bin]!) {
        second[bin] = best[bin]!;
        best[bin] = grade;
      } else second[bin] = grade;
    }
  }
}

/** Calls with every bin of a site's spans and its grade there (0 in the gaps of a span). */
export function eachBin(
  problem: Pick<SelectionProblem, 'footprints'>,
  site: number,
  told: (bin: number, grade: number) => void,
): void {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } =
    problem.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    for (let offset = 0; offset < spanLength[span]!; offset++) told(first + offset, grades[at++]!);
  }
}

/** First and last bin of a site; spans ascend. */
function extentOf(problem: SelectionProblem, site: number): [first: number, last: number] {
  const { spanStarts, spanFirst, spanLength } = problem.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  const end = spanStarts[local + 1]! - 1;
  if (end < spanStarts[local]!) return [0, -1];
  return [spanFirst[spanStarts[local]!]!, spanFirst[end]! + spanLength[end]! - 1];
}
