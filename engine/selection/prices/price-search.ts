// The state of a price search (find-prices.ts) between its steps, and the arrays it lives in.
import type { Certificate } from '../certificate.ts';
import type { CoverPricer } from '../cover/cover-pricer.ts';
import type { SelectionProblem } from '../selection-problem.ts';
import type { PriceBound } from './price-bound.ts';

/** Sites that take part until the next restart, side by side. */
export interface ActiveSites {
  readonly sites: Uint32Array;
  /** Where the numbers below lie, side by side. */
  readonly room: Float64Array;
  readonly cost: Float64Array;
  /** What the site would earn at the highest prices; 0: does not move. */
  readonly size: Float64Array;
  readonly x: Float64Array;
  readonly anchor: Float64Array;
  readonly moved: Float64Array;
  /** Earnings, then the extrapolated shares. */
  readonly scratch: Float64Array;
}

export interface Search {
  readonly problem: SelectionProblem;
  readonly required: readonly number[];
  readonly kind: Certificate['kind'];
  readonly pricer: CoverPricer;
  readonly bound: PriceBound;
  readonly perTarget: Float64Array;
  /** Weight times worth of each target. */
  readonly totals: Float64Array;
  /** Per bin: its worth in the prices of the targets, and the most its price can be (the same array where one site is enough). */
  readonly worth: Float32Array;
  readonly cap: Float32Array;
  readonly u: Float32Array;
  readonly anchor: Float32Array;
  /** How far each bin is served; after a step the moved prices. */
  readonly moved: Float32Array;
  /** Cap over the number of active sites that serve the bin. */
  readonly step: Float32Array;
  readonly x: Float64Array;
  active: ActiveSites;
  readonly isGraded: boolean;
  /** Whether the prices of the targets stay as they are. */
  readonly isHeld: boolean;
  /** Weight of the moves of prices against those of shares. */
  balance: number;
  inner: number;
  firstResidual: number;
  residual: number;
  isRising: boolean;
  restarts: number;
  /** Last change of the price of each target against the others, then of all together, in logarithms; and the most each may change next. */
  readonly moves: Float64Array;
  readonly reaches: Float64Array;
  best: { perTarget: Float64Array; perBin: Float32Array; exact: number; bound: number };
}
