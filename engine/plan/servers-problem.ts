// A plan for capacity: a bin counts only when several sites serve it. Probabilities of several servers cannot be added up site by site,
// so each site serves a bin or does not: its median level reaches the threshold (grade at or above one half), as runs of bins.
import { binaryRunsOf } from '../coverage/binary-runs.ts';
import type { Footprints } from '../coverage/footprints.ts';
import { HALF_GRADE } from '../coverage/probability-grades.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import type { ServerDuty } from '../model/plan.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';

/** A duty as a fold has it: the same in every bin. */
export interface NeededServers {
  readonly least: number;
  readonly counts: ServerDuty['counts'];
}

/** What `serversProblem` was asked for; null for a problem where one server is enough. */
export function neededServers({ fold }: Pick<SelectionProblem, 'fold'>): NeededServers | null {
  return fold === null ? null : { least: fold.sites[0]!, counts: fold.counts };
}

/** Made once per preparation and duty: every other choice on it starts from the same runs. */
const made = new WeakMap<SelectionProblem, Map<string, SelectionProblem>>();

/**
 * `problem` with a yes-or-no cover and a fold in every bin. A bin is worth its weight times `least` when graded, its weight when strict
 * (fullWorth). Takes six bytes per run of bins. RangeError for a cover that has no grades.
 */
export function serversProblem(
  problem: SelectionProblem,
  { rowStarts }: Pick<DemandGrid, 'rowStarts'>,
  { least, counts }: ServerDuty,
): SelectionProblem {
  const { cover } = problem;
  if (cover.kind !== 'grades') throw new RangeError(`serversProblem: expected grades, got ${cover.kind}`);
  const known = made.get(problem) ?? new Map<string, SelectionProblem>();
  made.set(problem, known);
  const key = `${least} ${counts}`;
  const found = known.get(key);
  if (found) return found;
  const { binCount, siteCount, footprints } = cover;
  const folded: SelectionProblem = {
    ...problem,
    cover: { kind: 'runs', binCount, siteCount, rowStarts, ...binaryRunsOf(footprints, HALF_GRADE) },
    fold: { sites: new Uint8Array(binCount).fill(least), counts },
  };
  known.set(key, folded);
  return folded;
}

/** Per bin the sites of the list that serve it, 255 at the most. */
export function countServers(footprints: Footprints, sites: Iterable<number>): Uint8Array {
  const servers = new Uint8Array(footprints.binCount);
  for (const site of sites) addServer(footprints, site, servers);
  return servers;
}

/** Counts one more site. */
export function addServer(footprints: Footprints, site: number, servers: Uint8Array): void {
  eachGrade({ footprints }, site, (bin, grade) => {
    if (grade >= HALF_GRADE && servers[bin]! < 255) servers[bin] = servers[bin]! + 1;
  });
}

/** What one unit of weight is worth with that many servers, in the whole numbers of `serversProblem`. */
export function worthOfServers(servers: number, { least, counts }: NeededServers): number {
  if (counts === 'graded') return Math.min(servers, least);
  return servers >= least ? 1 : 0;
}

/** The same when enough sites serve it. */
export function fullWorthOfServers({ least, counts }: NeededServers): number {
  return counts === 'graded' ? least : 1;
}
