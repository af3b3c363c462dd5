// A plan in years: what is owed and allowed by the end of each year, and what the planned years look like. Plans are nested: what
// opens stays open. Years count from 0 inside, people see their ids.
import type { BinPrices } from '../certificate.ts';
import type { Effort, Watch } from '../effort.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionTarget } from '../selection-problem.ts';

export interface PhaseYear {
  /** 2020, 2021, … or any name. */
  readonly id: string;
  /** Weight times worth per target by the end of the year; 0: no duty. */
  readonly required: readonly number[];
  /** Whole yuan of new sites from the first year to the end of this one; null: no limit of its own. */
  readonly budget: number | null;
  /** New sites from the first year to the end of this one; null: no limit of its own. */
  readonly maxSites: number | null;
  /** Existing stations that are gone from this year on. */
  readonly demolished: readonly number[];
  /** How much coverage in this year counts against coverage in other years; 0 or more. */
  readonly importance: number;
  /** Demand of this year, in the order of the problem's targets; null: the demand of the problem. */
  readonly targets: readonly [SelectionTarget, ...SelectionTarget[]] | null;
}

export interface PhasePlan {
  readonly years: readonly PhaseYear[];
  /** Locked sites open by the last year. A group's least number holds for the last year. */
  readonly choice: Pick<SelectionChoice, 'existing' | 'locked' | 'refused' | 'rules'>;
  /** First year (index) in which each site may open; null: all from the first. */
  readonly availableFrom: ArrayLike<number> | null;
  /** final-first looks ahead to the last year and is cheaper in the end; myopic settles year after year. */
  readonly order: 'final-first' | 'myopic';
}

/** How a year is chosen as a request by itself: by price, or by an order of preference. Its certificate speaks about all plans. */
export type SolveYear = (
  problem: SelectionProblem,
  choice: SelectionChoice,
  effort: Effort,
  watch: Watch,
) => Selection;

export interface PhaseOutcome {
  readonly id: string;
  /** What keeps the year short of its duties; years-bind: money or places that other years hold, not this year alone. */
  readonly status: Selection['status'] | 'years-bind';
  /** New in this year, in order. */
  readonly opened: readonly number[];
  readonly demolished: readonly number[];
  /** New sites, and their yuan, from the first year to the end of this one. */
  readonly sites: number;
  readonly cost: number;
  /** Weight times worth per target at the end of the year, and what is missing of the duty. */
  readonly covered: readonly number[];
  readonly missing: readonly number[];
  /** No plan for this year alone that keeps its duties costs less; null: no duty, or no prices. */
  readonly leastCost: PhaseBound | null;
  /** No plan for this year alone within its limits covers more of the first target; null: no limit, or no prices. */
  readonly mostCovered: PhaseBound | null;
}

export interface PhaseBound {
  readonly bound: number;
  /** Which of the plan's prices prove it. */
  readonly prices: number;
}

export interface PhasedSelection {
  readonly order: PhasePlan['order'];
  readonly years: readonly PhaseOutcome[];
  /** Yuan of all new sites. */
  readonly cost: number;
  /** Sum over years of importance times coverage of the first target: what exchanges between years raise. */
  readonly worth: number;
  /** The plan of the last year as it was solved. */
  readonly last: Selection;
  /** Prices the bounds refer to; per year one pass checks them. */
  readonly prices: readonly BinPrices[];
}

/** Sites per year with the plan of the last one, and why a year falls short where it does. */
export interface PlannedYears {
  readonly byYear: readonly (readonly number[])[];
  readonly last: Selection;
  readonly short: ReadonlyMap<number, PhaseOutcome['status']>;
  /** Whether `last` was solved around nothing but what the plan itself locks: then its prices speak about all plans. */
  readonly isAhead: boolean;
}
