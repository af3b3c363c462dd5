// The two best grades of every bin among some sites, for whoever draws or credits a finished plan.
import { BLOCK_BITS, BLOCK_SITES } from '../../coverage/footprints.ts';
import type { GradeCover } from './cover.ts';

export interface BestGrades {
  /** Equal where two sites serve a bin alike; 0 where nobody does. */
  readonly best: Uint8Array;
  readonly second: Uint8Array;
}

/** One pass over the bins of the sites. */
export function bestGrades(cover: GradeCover, sites: readonly number[]): BestGrades {
  const best = new Uint8Array(cover.binCount);
  const second = new Uint8Array(cover.binCount);
  for (const site of sites) {
    eachGrade(cover, site, (bin, grade) => {
      if (grade <= second[bin]!) return;
      second[bin] = Math.min(best[bin]!, grade);
      best[bin] = Math.max(best[bin]!, grade);
    });
  }
  return { best, second };
}

/** Calls with every bin of a site's spans and its grade there (0 in the gaps of a span). */
export function eachGrade(
  cover: Pick<GradeCover, 'footprints'>,
  site: number,
  told: (bin: number, grade: number) => void,
): void {
  eachGradeWhere(cover, site, everySpan, told);
}

const everySpan = () => true;

/** The same for the spans that `isWanted` says so of, from the first bin to before the end. */
export function eachGradeWhere(
  { footprints }: Pick<GradeCover, 'footprints'>,
  site: number,
  isWanted: (first: number, end: number) => boolean,
  told: (bin: number, grade: number) => void,
): void {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  let at = gradeStarts[local]!;
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++) {
    const first = spanFirst[span]!;
    const length = spanLength[span]!;
    if (isWanted(first, first + length))
      for (let offset = 0; offset < length; offset++) told(first + offset, grades[at + offset]!);
    at += length;
  }
}
