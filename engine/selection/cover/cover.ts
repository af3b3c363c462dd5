// Who serves which bin, in the three shapes the selection works on. A plan of this product comes as grades; yes-or-no rules and
// tables on a raster as row runs (six bytes per run, a gain is two reads per run); tables without geometry as plain lists.
// All arrays are flat and typed: they pass between threads by transfer or shared memory, never by copying.
import type { Footprints } from '../../coverage/footprints.ts';

/** One grade (0..255) per bin and site; a bin counts with the best grade among its open sites. */
export interface GradeCover {
  readonly kind: 'grades';
  readonly binCount: number;
  readonly siteCount: number;
  readonly footprints: Footprints;
  /** Whole-number worth of each grade per unit of weight: 0 for grade 0, then never falling. */
  readonly gradeValue: Int32Array;
}

/** Yes or no, as runs of bins. Bins are numbered strip by strip, row by row, with a guard of weight 0 before each strip row. */
export interface RunCover {
  readonly kind: 'runs';
  /** Bins and guards. */
  readonly binCount: number;
  readonly siteCount: number;
  /** First bin (the guard) of each strip row, then the end. */
  readonly rowStarts: Uint32Array;
  /** First run of each site, then the end. */
  readonly runStarts: Uint32Array;
  /** First bin of each run, ascending within a site; never a guard. */
  readonly runFirst: Uint32Array;
  /** Bins of the run; a run never leaves its strip row. */
  readonly runLength: Uint16Array;
}

/** Yes or no, without geometry: bins of each site and sites of each bin, both ascending. */
export interface ListCover {
  readonly kind: 'lists';
  readonly binCount: number;
  readonly siteCount: number;
  readonly siteStarts: Uint32Array;
  readonly siteBins: Uint32Array;
  readonly binStarts: Uint32Array;
  readonly binSites: Uint32Array;
}

export type Cover = GradeCover | RunCover | ListCover;
