// Which items are served by how many open sites, kept so that gain and loss of a site cost two reads per run:
// prefix0 sums the weight of items nobody serves, prefix1 of items exactly one open site serves, each inside its row
// (selection reference, section 3). Opening or closing moves the sums of the rows touched, at most 128 bins each.
import type { SelectionProblem } from './selection-problem.ts';

export interface SelectionState {
  readonly problem: SelectionProblem;
  /** Open sites per item. */
  readonly count: Uint16Array;
  readonly prefix0: Int32Array;
  readonly prefix1: Int32Array;
  /** Weight of items with count > 0. */
  covered: number;
}

/** Nothing open yet. Takes ten bytes per item. */
export function makeSelectionState(problem: SelectionProblem): SelectionState {
  const { rowStarts, weight } = problem;
  const prefix0 = new Int32Array(weight.length);
  for (let row = 0; row + 1 < rowStarts.length; row++) {
    let sum = 0;
    for (let item = rowStarts[row]!; item < rowStarts[row + 1]!; item++) {
      sum += weight[item]!;
      prefix0[item] = sum;
    }
    if (sum > 0x7fffffff) throw new RangeError(`row ${row} weighs ${sum}; a row must stay below 2^31`);
  }
  return {
    problem,
    count: new Uint16Array(weight.length),
    prefix0,
    prefix1: new Int32Array(weight.length),
    covered: 0,
  };
}

/** A state that changes on its own. */
export function copySelectionState(state: SelectionState): SelectionState {
  const { problem, count, prefix0, prefix1, covered } = state;
  return { problem, count: count.slice(), prefix0: prefix0.slice(), prefix1: prefix1.slice(), covered };
}

/** Weight newly covered if the site opened now. */
export function gainOf(state: SelectionState, site: number): number {
  return sumOverRuns(state.problem, state.prefix0, site);
}

/** Weight lost if the open site closed now: the items it alone serves. */
export function lossOf(state: SelectionState, site: number): number {
  return sumOverRuns(state.problem, state.prefix1, site);
}

/** Opens the site and returns its gain. */
export function addSite(state: SelectionState, site: number): number {
  return changeSite(state, site, 1);
}

/** Closes an open site and returns its loss. */
export function removeSite(state: SelectionState, site: number): number {
  return changeSite(state, site, -1);
}

function sumOverRuns(problem: SelectionProblem, prefix: Int32Array, site: number): number {
  const { runStarts, runFirst, runLength } = problem;
  const end = runStarts[site + 1]!;
  let sum = 0;
  for (let run = runStarts[site]!; run < end; run++) {
    const before = runFirst[run]! - 1;
    sum += prefix[before + runLength[run]!]! - prefix[before]!;
  }
  return sum;
}

function changeSite(state: SelectionState, site: number, change: 1 | -1): number {
  const { problem, count, prefix0, prefix1 } = state;
  const { rowStarts, weight, runStarts, runFirst, runLength } = problem;
  const countWhenItMatters = change === 1 ? 1 : 0;
  let moved = 0;
  let row = 0;
  for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
    const first = runFirst[run]!;
    const end = first + runLength[run]!;
    const before0 = prefix0[end - 1]!;
    const before1 = prefix1[end - 1]!;
    let sum0 = prefix0[first - 1]!;
    let sum1 = prefix1[first - 1]!;
    for (let item = first; item < end; item++) {
      const now = count[item]! + change;
      count[item] = now;
      if (now === countWhenItMatters) moved += weight[item]!;
      if (now === 0) sum0 += weight[item]!;
      else if (now === 1) sum1 += weight[item]!;
      prefix0[item] = sum0;
      prefix1[item] = sum1;
    }
    // behind the run all sums of the row move by the same amount, mostly by nothing
    if (sum0 === before0 && sum1 === before1) continue;
    // runs come in ascending order, so the row is mostly the same one or the next
    if (first < rowStarts[row]! || first >= rowStarts[row + 1]!) row = rowOfItem(rowStarts, first);
    const rowEnd = rowStarts[row + 1]!;
    shift(prefix0, end, rowEnd, sum0 - before0);
    shift(prefix1, end, rowEnd, sum1 - before1);
  }
  state.covered += change * moved;
  return moved;
}

function shift(prefix: Int32Array, from: number, to: number, by: number): void {
  if (by !== 0) for (let item = from; item < to; item++) prefix[item] = prefix[item]! + by;
}

/** The last row whose first item is not after `item`. */
function rowOfItem(rowStarts: Uint32Array, item: number): number {
  let low = 0;
  let high = rowStarts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rowStarts[middle]! <= item) low = middle;
    else high = middle;
  }
  return low;
}
