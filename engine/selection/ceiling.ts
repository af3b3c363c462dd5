// The ceiling: what all usable sites together would cover. A target above it is not reachable, whatever is opened.
import type { SelectionProblem } from './selection-problem.ts';

/** Weight covered by the union of all sites with `usable[site] === 1`. One pass over runs, one over items. */
export function computeCeiling(problem: SelectionProblem, usable: Uint8Array): number {
  const { weight, runStarts, runFirst, runLength } = problem;
  const change = new Int32Array(weight.length + 1);
  for (let site = 0; site < usable.length; site++) {
    if (usable[site] === 0) continue;
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
      const first = runFirst[run]!;
      change[first] = change[first]! + 1;
      const end = first + runLength[run]!;
      change[end] = change[end]! - 1;
    }
  }
  let open = 0;
  let sum = 0;
  for (let item = 0; item < weight.length; item++) {
    open += change[item]!;
    if (open > 0) sum += weight[item]!;
  }
  return sum;
}
