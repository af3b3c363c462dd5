// How long a selection may think, in steps instead of seconds: the same input, seed and steps give the same plan on every machine.
// A caller with a clock stops it through `Watch`; the steps reached are reported, so that the run can be repeated exactly.

export interface Effort {
  /** Steps of the price search (the bound and the guided start); 0: no bound beyond the trivial one. */
  readonly priceSteps: number;
  /** Ruin-and-recreate steps after that, at the most; 0: none. */
  readonly improveSteps: number;
  /** The same per open site, if that is less: a large plan has more places to improve than a small one. */
  readonly improvePerSite?: number;
  readonly seed: number;
}

/** Greedy, and a bound that shows how far it may be off. */
export const quickEffort: Effort = { priceSteps: 100, improveSteps: 0, seed: 1 };
/** What a plan gets unless a person asks for more. */
export const plannedEffort: Effort = { priceSteps: 250, improveSteps: 40_000, improvePerSite: 30, seed: 1 };

export interface SelectionNews {
  readonly stage: 'greedy' | 'prices' | 'improve' | 'exact';
  readonly done: number;
  readonly total: number;
  /** Cheapest plan so far, null before there is one. */
  readonly cost: number | null;
  /** Best bound so far, in yuan or weight times worth. */
  readonly bound: number | null;
  /** Weight times worth of the first target in that plan. */
  readonly covered: number | null;
}

export interface Watch {
  /** Called between slices of work; may throw to give up everything. */
  readonly onNews?: (news: SelectionNews) => void;
  /** Asked between slices of work: true ends the search and keeps the best plan found. */
  readonly shouldStop?: () => boolean;
}
