// What the selection sees: weighted bins, sites as footprints with one grade per bin, prices. It knows no radio and no maps, so
// the same code serves coverage probabilities, yes-or-no rules (one grade) and tables computed elsewhere.
import type { Footprints } from '../coverage/footprints.ts';

export interface SelectionProblem {
  /** Whole-number weight per bin; guards weigh 0. */
  readonly weight: Int32Array;
  /** Whole-number worth of each grade per unit of weight: 0 for grade 0, then never falling. A bin counts with its best grade. */
  readonly gradeValue: Int32Array;
  readonly footprints: Footprints;
  /** Whole yuan per site. */
  readonly cost: Float64Array;
  /** Stable names: ties go to the smaller one. */
  readonly siteIds: readonly string[];
}

export interface SelectionChoice {
  /** Weight times worth to reach. */
  readonly targetWeight: number;
  readonly budget: number | null;
  readonly maxSites: number | null;
  /** Site indexes that stand already: opened first, free, not counted. */
  readonly existing: readonly number[];
  /** Opened next, with cost, whatever they add. */
  readonly locked: readonly number[];
  /** Never opened. */
  readonly refused: readonly number[];
}

export interface SelectionStep {
  readonly site: number;
  readonly placedBy: 'existing' | 'locked' | 'target-gain' | 'budget-gain';
  /** Weight times worth newly covered when the site was opened, in this order. */
  readonly gain: number;
  readonly coveredAfter: number;
}

export interface Selection {
  readonly status: 'reached' | 'budget-spent' | 'count-reached' | 'not-reachable';
  /** Existing first, then locked, then chosen in order; sites closed again by pruning are not in it. */
  readonly steps: readonly SelectionStep[];
  readonly covered: number;
  readonly cost: number;
  /** Weight times worth that all sites not refused would cover together. */
  readonly ceiling: number;
  /** Best and second best grade per bin among the open sites; equal where two sites serve it alike. */
  readonly best: Uint8Array;
  readonly second: Uint8Array;
}
