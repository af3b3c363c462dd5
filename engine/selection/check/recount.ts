// Who serves what, counted again by plain loops for the independent check: bin by bin from the cover, no sums kept, nothing taken from
// the states and pricers that a search moves on, so that an error there cannot hide here. For the checker alone: tests/stairs.test.ts.
import { BLOCK_SITES } from '../../coverage/footprints.ts';
import type { SelectionProblem } from '../selection-problem.ts';

/** The bins of one site after `read`: the first `count` entries, with the worth of the service per unit of weight. */
export interface SiteReader {
  readonly bins: Uint32Array;
  /** Grades: the value of the grade. Yes or no: 1. Never 0. */
  readonly worth: Int32Array;
  /** Fills both and returns how many. */
  readonly read: (site: number) => number;
}

export function makeSiteReader({ cover }: SelectionProblem): SiteReader {
  const bins = new Uint32Array(cover.binCount);
  const worth = new Int32Array(cover.binCount).fill(1);
  const read = (site: number): number => {
    let count = 0;
    if (cover.kind === 'lists') {
      for (let at = cover.siteStarts[site]!; at < cover.siteStarts[site + 1]!; at++)
        bins[count++] = cover.siteBins[at]!;
    } else if (cover.kind === 'runs') {
      for (let run = cover.runStarts[site]!; run < cover.runStarts[site + 1]!; run++)
        for (let offset = 0; offset < cover.runLength[run]!; offset++)
          bins[count++] = cover.runFirst[run]! + offset;
    } else {
      const block = cover.footprints.blocks[Math.floor(site / BLOCK_SITES)]!;
      const local = site % BLOCK_SITES;
      let at = block.gradeStarts[local]!;
      for (let span = block.spanStarts[local]!; span < block.spanStarts[local + 1]!; span++) {
        for (let offset = 0; offset < block.spanLength[span]!; offset++) {
          const value = cover.gradeValue[block.grades[at++]!]!;
          if (value === 0) continue;
          bins[count] = block.spanFirst[span]! + offset;
          worth[count++] = value;
        }
      }
    }
    return count;
  };
  return { bins, worth, read };
}

/** Coverage that grows site by site. */
export interface Recount {
  /** Weight times worth, one per target. */
  readonly covered: Float64Array;
  /** Worth per unit of weight of what serves the bin now. */
  readonly worthAt: (bin: number) => number;
  /** What the site would add to the first target now. */
  readonly gain: (site: number) => number;
  /** Opens the site and returns what it added to the first target. */
  readonly open: (site: number) => number;
}

export function makeRecount(problem: SelectionProblem, reader = makeSiteReader(problem)): Recount {
  const { cover, fold, targets } = problem;
  const covered = new Float64Array(targets.length);
  const serves = new Int32Array(cover.binCount);
  const full = recountFullWorth(problem);
  const byGrade = cover.kind === 'grades';
  const next = (bin: number, worth: number): number =>
    byGrade ? Math.max(serves[bin]!, worth) : serves[bin]! + 1;
  const worthOf = (bin: number, service: number): number => {
    if (byGrade) return service;
    const needed = fold?.sites[bin] ?? 1;
    if (service >= needed) return full;
    return fold?.counts === 'graded' ? (full * service) / needed : 0;
  };
  const gain = (site: number): number => {
    const count = reader.read(site);
    let added = 0;
    for (let at = 0; at < count; at++) {
      const bin = reader.bins[at]!;
      const rise = worthOf(bin, next(bin, reader.worth[at]!)) - worthOf(bin, serves[bin]!);
      added += targets[0].weight[bin]! * rise;
    }
    return added;
  };
  const open = (site: number): number => {
    const before = covered[0]!;
    const count = reader.read(site);
    for (let at = 0; at < count; at++) {
      const bin = reader.bins[at]!;
      const service = next(bin, reader.worth[at]!);
      const rise = worthOf(bin, service) - worthOf(bin, serves[bin]!);
      serves[bin] = service;
      if (rise !== 0)
        for (let target = 0; target < targets.length; target++)
          covered[target]! += targets[target]!.weight[bin]! * rise;
    }
    return covered[0]! - before;
  };
  return { covered, worthAt: (bin) => worthOf(bin, serves[bin]!), gain, open };
}

/** Worth of one unit of weight fully served: the last grade value, or the least number every count of sites divides, or 1. */
export function recountFullWorth({ cover, fold }: SelectionProblem): number {
  if (cover.kind === 'grades') return cover.gradeValue[cover.gradeValue.length - 1] ?? 0;
  if (fold === null || fold.counts === 'strict') return 1;
  let full = 1;
  for (const needed of new Set(fold.sites)) {
    const step = full;
    while (full % needed !== 0) full += step;
  }
  return full;
}
