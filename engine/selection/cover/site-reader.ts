// One footprint at a time as plain bins, whatever the shape of the cover, for whoever marks and compares footprints (repair, reasons,
// exact mode). The checker reads with loops of its own, so that an error here cannot hide there.
import { eachGrade } from './best-grades.ts';
import type { Cover } from './cover.ts';
import { eachPiece } from './site-pieces.ts';

/** The bins of one site after `read`: the first `count` entries, with the worth of the service per unit of weight. */
export interface SiteReader {
  readonly bins: Uint32Array;
  /** Grades: the value of the grade. Yes or no: 1. Never 0. */
  readonly worth: Int32Array;
  /** Fills both and returns how many. */
  readonly read: (site: number) => number;
}

/** Takes eight bytes per bin. */
export function makeSiteReader(cover: Cover): SiteReader {
  const bins = new Uint32Array(cover.binCount);
  const worth = new Int32Array(cover.binCount).fill(1);
  let count = 0;
  const addPiece = (first: number, length: number) => {
    for (let bin = first; bin < first + length; bin++) bins[count++] = bin;
  };
  const read = (site: number): number => {
    count = 0;
    if (cover.kind !== 'grades') eachPiece(cover, site, addPiece);
    else
      eachGrade(cover, site, (bin, grade) => {
        const value = cover.gradeValue[grade]!;
        if (value === 0) return;
        worth[count] = value;
        bins[count++] = bin;
      });
    return count;
  };
  return { bins, worth, read };
}
