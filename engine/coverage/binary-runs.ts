// Footprints of a binary rule as row runs: bins whose grade reaches a least grade (one half: median at or above the
// threshold). The layout of the selection reference, section 2: six bytes per run, a run never leaves its strip row.
import { BLOCK_BITS, BLOCK_SITES, type Footprints } from './footprints.ts';

export interface BinaryRuns {
  /** First run of each site, then the end. */
  readonly runStarts: Uint32Array;
  readonly runFirst: Uint32Array;
  readonly runLength: Uint16Array;
}

/** One pass to count, one to write. */
export function binaryRunsOf(footprints: Footprints, leastGrade: number): BinaryRuns {
  const runStarts = new Uint32Array(footprints.siteCount + 1);
  let runs = 0;
  for (let site = 0; site < footprints.siteCount; site++) {
    eachRun(footprints, site, leastGrade, () => {
      runs++;
    });
    runStarts[site + 1] = runs;
  }
  const runFirst = new Uint32Array(runs);
  const runLength = new Uint16Array(runs);
  let next = 0;
  for (let site = 0; site < footprints.siteCount; site++) {
    eachRun(footprints, site, leastGrade, (first, length) => {
      runFirst[next] = first;
      runLength[next++] = length;
    });
  }
  return { runStarts, runFirst, runLength };
}

/** Calls with each run of bins at or above the grade, in ascending order. */
export function eachRun(
  footprints: Footprints,
  site: number,
  leastGrade: number,
  told: (first: number, length: number) => void,
): void {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const length = spanLength[span]!;
    let from = -1;
    for (let offset = 0; offset < length; offset++) {
      if (grades[at++]! >= leastGrade) {
        if (from < 0) from = offset;
      } else if (from >= 0) {
        told(first + from, offset - from);
        from = -1;
      }
    }
    if (from >= 0) told(first + from, length - from);
  }
}
