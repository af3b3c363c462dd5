// What holds for a problem whatever is chosen: how many sites serve each item (the ceiling), and the state with the existing
// stations open together with every gain at that moment (first upper bounds of all later ones). Computed on first use and kept
// as long as the problem is, so that a re-plan on the same coverage starts where choosing starts. Takes 14 bytes per item.
import type { SelectionProblem } from './selection-problem.ts';
import {
  addSite,
  copySelectionState,
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
const servers = new WeakMap<SelectionProblem, Uint32Array>();

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
  const gain = new Float64Array(problem.runStarts.length - 1);
  for (let site = 0; site < gain.length; site++) gain[site] = gainOf(state, site);
  return { existing: [...existing], state, gain };
}

/** What all sites but the refused ones together would cover. A target above it is not reachable, whatever is opened. */
export function computeCeiling(problem: SelectionProblem, refused: readonly number[]): number {
  const { weight, runStarts, runFirst, runLength } = problem;
  const open = serversOf(problem).slice();
  for (const site of refused) {
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let item = runFirst[run]!; item < end; item++) open[item] = open[item]! - 1;
    }
  }
  let sum = 0;
  for (let item = 0; item < weight.length; item++) if (open[item]! > 0) sum += weight[item]!;
  return sum;
}

/** Sites that serve each item. One pass over runs, one over items. */
function serversOf(problem: SelectionProblem): Uint32Array {
  let count = servers.get(problem);
  if (!count) {
    count = countServers(problem);
    servers.set(problem, count);
  }
  return count;
}

function countServers(problem: SelectionProblem): Uint32Array {
  const { weight, runStarts, runFirst, runLength } = problem;
  const change = new Int32Array(weight.length + 1);
  for (let run = 0; run < runStarts[runStarts.length - 1]!; run++) {
    const first = runFirst[run]!;
    const end = first + runLength[run]!;
    change[first] = change[first]! + 1;
    change[end] = change[end]! - 1;
  }
  const count = new Uint32Array(weight.length);
  let open = 0;
  for (let item = 0; item < count.length; item++) {
    open += change[item]!;
    count[item] = open;
  }
  return count;
}
