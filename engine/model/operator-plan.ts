// A plan for several operators at once on the same candidates: what each wants, what sharing saves, and what comes of it. Shares and
// levels are counted per operator, because an operator's phones hear its own stations alone.
import type { EffortWord, PlanCertificate, PlanStatus } from './plan.ts';

/** Who may be asked for by name in the service: the operators with a licence for public mobile service. */
export const mobileOperators = ['中国移动', '中国电信', '中国联通', '中国广电'] as const;

export const existingRules = ['own', 'all'] as const;
/** own: existing stations it owns, or is on the air at. all: every existing station carries it too. */
export type ExistingRule = (typeof existingRules)[number];

export interface PlanOperator {
  /** 1 to 40 letters (of any script), digits, `.`, `_` or `-`. */
  readonly id: string;
  readonly name: string;
  /** Equipment, so band and reach. */
  readonly profileId: string;
  /** 0..1 of the weight, by its own stations. */
  readonly targetShare: number;
  /** Existing stations that are its own, beside those whose owner is its id or name. */
  readonly existingSiteIds: readonly string[];
}

/** 2^n - 1 candidates per site. */
export const MOST_PLAN_OPERATORS = 4;

export interface SharingTerms {
  /** Percent off for each by the number of operators at a site: one, two, three; the last holds for more. */
  readonly percentOff: readonly number[];
  /** Further percent off for the anchor once others stand there. */
  readonly anchorPercentOff: number;
  /** The operator that is the anchor wherever it moves in; null: none. */
  readonly anchorId: string | null;
  /** Whole yuan to move in at an existing station of another operator; null: not offered. */
  readonly joinCostCny: number | null;
}

export interface OperatorsChoice {
  readonly operators: readonly PlanOperator[];
  readonly terms: SharingTerms;
  /** Whole yuan of all operators together, or null. */
  readonly budgetCny: number | null;
  /** Nobody moves in there. */
  readonly refusedSiteIds: readonly string[];
  /** Somebody does. */
  readonly lockedSiteIds: readonly string[];
  readonly effort: Exclude<EffortWord, 'exact'>;
}

/** A site that is opened, or an existing station that is somebody's. */
export interface OperatorsItem {
  readonly siteId: string;
  /** 1 for the first new site; 0 for existing stations. */
  readonly rank: number;
  readonly status: 'existing' | 'new';
  /** Who moves in, or who stands there already. */
  readonly operatorIds: readonly string[];
  /** Who stood there before; empty for a new site. */
  readonly besideIds: readonly string[];
  /** What each who moves in pays, in the order of `operatorIds`; what that is without sharing. */
  readonly paymentsCny: readonly number[];
  readonly costCny: number;
  readonly listPriceCny: number;
  /** Weight share of all operators together, each a whole, that it added in its turn. */
  readonly gainShare: number;
}

export interface OperatorTotal {
  readonly id: string;
  readonly name: string;
  readonly profileId: string;
  readonly targetShare: number;
  readonly coveredShare: number;
  /** Share of the weight whose median level reaches the threshold. */
  readonly coveredShareBinary: number;
  readonly existingShare: number;
  /** What it would have at every candidate. */
  readonly bestShare: number;
  readonly sites: number;
  readonly sharedSites: number;
  /** What it pays, and what the same sites cost it without sharing. */
  readonly costCny: number;
  readonly listPriceCny: number;
  /** A plan for it alone; null when its share is out of reach. */
  readonly aloneCostCny: number | null;
}

export interface OperatorsSummary {
  readonly status: PlanStatus;
  /** Shares of the bound are of all operators together. */
  readonly certificate: PlanCertificate;
  readonly operators: readonly OperatorTotal[];
  readonly candidates: number;
  readonly sites: number;
  readonly costCny: number;
  readonly listPriceCny: number;
  /** All plans for one alone together; null when one of them is out of reach. */
  readonly aloneCostCny: number | null;
  /** Existing stations that belong to none of the operators: nobody is served by them. */
  readonly unclaimedStations: number;
}

/** What a plan for several operators adds to the summary of a plan. */
export type SharingTotals = Pick<
  OperatorsSummary,
  'operators' | 'listPriceCny' | 'aloneCostCny' | 'unclaimedStations'
>;

/** What it adds to a row. A station that stands and that others join is one row here: the new one, with who stood there before. */
export interface ItemSharing
  extends Pick<OperatorsItem, 'operatorIds' | 'besideIds' | 'paymentsCny' | 'listPriceCny' | 'gainShare'> {
  /** `gainShare` of those who stood there before; null for a row that nobody joined. */
  readonly besideGainShare: number | null;
}
