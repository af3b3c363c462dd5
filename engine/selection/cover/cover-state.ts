// What is open now, and what any site would add or take away. One interface over the three shapes of cover, so that greedy,
// pruning, repair and local search are written once; each shape keeps the sums that are cheap for it.
import type { SelectionProblem } from '../selection-problem.ts';

export interface CoverState {
  readonly problem: SelectionProblem;
  /** 1 for open sites. */
  readonly isOpen: Uint8Array;
  /** Weight times worth covered, one per target; whole numbers, exact. */
  readonly covered: Float64Array;
  /** What opening a closed site would add, in the prices set last. */
  readonly gain: (site: number) => number;
  /** What closing an open site would take away, in the prices set last. */
  readonly loss: (site: number) => number;
  /** The same per target, in weight times worth: exact. */
  readonly gains: (site: number, into: Float64Array) => void;
  readonly losses: (site: number, into: Float64Array) => void;
  /** The site must be closed. */
  readonly openSite: (site: number) => void;
  /** The site must be open. */
  readonly closeSite: (site: number) => void;
  /**
   * One price per target, and a factor (0..1) per bin when given: its price as a share of its full worth (with grades only what is served
   * above the rest counts); at first 1 for the first target, 0 for the others and no factor, and
   * gains are whole numbers. One pass over the bins.
   */
  readonly setPrices: (perTarget: ArrayLike<number>, binFactor?: Float32Array | null) => void;
  /** As it was made: nothing open, the first prices. */
  readonly clear: () => void;
}
