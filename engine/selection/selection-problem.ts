// What the selection sees: weighted items in rows, sites as runs of items, prices. It knows no radio and no maps, so the same
// code serves bins, levels of probability and tables computed elsewhere.

export interface SelectionProblem {
  /** First item (a guard, weight 0) of each row, then the end. Runs never leave a row. */
  readonly rowStarts: Uint32Array;
  /** Whole-number weight per item. The sum inside one row stays below 2^31. */
  readonly weight: Int32Array;
  /** First run of each site, then the end. */
  readonly runStarts: Uint32Array;
  readonly runFirst: Uint32Array;
  readonly runLength: Uint16Array;
  /** Whole yuan per site. */
  readonly cost: Float64Array;
  /** Stable names: ties go to the smaller one. */
  readonly siteIds: readonly string[];
}

export interface SelectionChoice {
  /** Weight to reach. */
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
  /** Weight newly covered when the site was opened, in this order. */
  readonly gain: number;
  readonly coveredAfter: number;
}

export interface Selection {
  readonly status: 'reached' | 'budget-spent' | 'count-reached' | 'not-reachable';
  /** Existing first, then locked, then chosen in order; sites closed again by pruning are not in it. */
  readonly steps: readonly SelectionStep[];
  readonly covered: number;
  readonly cost: number;
  /** Weight that all sites not refused would cover together. */
  readonly ceiling: number;
  /** How many open sites serve each item. */
  readonly count: Uint16Array;
}
