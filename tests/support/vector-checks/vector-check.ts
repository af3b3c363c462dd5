// One comparison of our models with a check-vector file. Tests assert it, the validation page prints it.
import {
  readVectors,
  toleranceOf,
  type VectorFile,
  type VectorRow,
  worstDifference,
} from '../vector-file.ts';

export interface VectorCheck {
  /** What is compared, in words. */
  readonly what: string;
  readonly clause: string;
  readonly edition: string;
  readonly file: string;
  /** Rows the file must have for this comparison. */
  readonly rows: number;
  readonly unit: string;
  readonly compare: () => Compared;
}

export interface Compared {
  readonly rows: number;
  readonly tolerance: number;
  readonly largest: number;
  /** The row with the largest difference. */
  readonly row: string;
}

interface RowCheck extends Omit<VectorCheck, 'compare' | 'unit'> {
  readonly unit?: string;
  /** Where the file states none, or states it for something else. */
  readonly tolerance: number | 'stated';
  /** Rows that take part; all when left out. */
  readonly pick?: (row: VectorRow) => boolean;
  readonly difference: (row: VectorRow) => number;
}

/** A comparison row by row; the tolerance is the file's own where it states one. */
export function rowCheck({ tolerance, pick, difference, unit = 'dB', ...check }: RowCheck): VectorCheck {
  return {
    ...check,
    unit,
    compare() {
      const file = readVectors(check.file);
      const rows = pick ? file.rows.filter(pick) : file.rows;
      const { size, row } = worstDifference(rows, difference);
      return { rows: rows.length, tolerance: toleranceFor(file, tolerance), largest: size, row };
    },
  };
}

function toleranceFor(file: VectorFile, tolerance: number | 'stated'): number {
  if (tolerance !== 'stated') return tolerance;
  const stated = toleranceOf(file, Number.NaN);
  if (Number.isNaN(stated)) throw new Error('a vector file states no tolerance');
  return stated;
}

/** The largest of several differences of one row. */
export function largestOf(...differences: readonly number[]): number {
  return Math.max(...differences.map(Math.abs));
}

/** A largest difference as people read it. */
export function formatDifference(largest: number): string {
  return largest < 1e-9 ? '0' : largest.toPrecision(2);
}
