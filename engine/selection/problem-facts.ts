// What holds for a problem whatever is chosen: the weight of each footprint (the first upper bound of a gain) and how many
// sites serve each item (the ceiling). Computed on first use and kept as long as the problem is, so that a re-plan on the
// same coverage starts without reading every run again. Takes four bytes per item.
import type { SelectionProblem } from './selection-problem.ts';

export interface ProblemFacts {
  /** Weight of all items of each site. */
  readonly siteWeight: Float64Array;
  /** Sites that serve each item. */
  readonly servers: Uint32Array;
}

const known = new WeakMap<SelectionProblem, ProblemFacts>();

export function factsOf(problem: SelectionProblem): ProblemFacts {
  let facts = known.get(problem);
  if (!facts) {
    facts = { siteWeight: weighSites(problem), servers: countServers(problem) };
    known.set(problem, facts);
  }
  return facts;
}

/** What all sites but the refused ones together would cover. A target above it is not reachable, whatever is opened. */
export function computeCeiling(problem: SelectionProblem, refused: readonly number[]): number {
  const { weight, runStarts, runFirst, runLength } = problem;
  const servers = factsOf(problem).servers.slice();
  for (const site of refused) {
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
      const end = runFirst[run]! + runLength[run]!;
      for (let item = runFirst[run]!; item < end; item++) servers[item] = servers[item]! - 1;
    }
  }
  let sum = 0;
  for (let item = 0; item < weight.length; item++) if (servers[item]! > 0) sum += weight[item]!;
  return sum;
}

/** Differences of one prefix sum over all items; doubles stay exact below 2^53. */
function weighSites(problem: SelectionProblem): Float64Array {
  const { weight, runStarts, runFirst, runLength } = problem;
  const before = new Float64Array(weight.length + 1);
  for (let item = 0; item < weight.length; item++) before[item + 1] = before[item]! + weight[item]!;
  const siteWeight = new Float64Array(runStarts.length - 1);
  for (let site = 0; site < siteWeight.length; site++) {
    let sum = 0;
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++)
      sum += before[runFirst[run]! + runLength[run]!]! - before[runFirst[run]!]!;
    siteWeight[site] = sum;
  }
  return siteWeight;
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
  const servers = new Uint32Array(weight.length);
  let open = 0;
  for (let item = 0; item < servers.length; item++) {
    open += change[item]!;
    servers[item] = open;
  }
  return servers;
}
