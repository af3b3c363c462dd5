// What the selection sees: weighted bins, sites with what they serve, prices, and what a person may ask for. It knows no radio
// and no maps, so the same code serves coverage probabilities, yes-or-no rules and tables computed elsewhere.
import type { Certificate } from './certificate.ts';
import type { Cover } from './cover/cover.ts';

/** A share that somebody wants: one area, one corridor by its metres, one operator's layer of bins, or the whole. */
export interface SelectionTarget {
  readonly id: string;
  /** Whole-number weight per bin; 0 outside the target and for guards. */
  readonly weight: Int32Array;
}

/** Bins that count fully only when several sites serve them. Yes-or-no covers only. */
export interface Fold {
  /** Sites a bin needs, 1 or more, per bin. */
  readonly sites: Uint8Array;
  /** graded: a bin counts for `min(count, sites) / sites`. strict: nothing below `sites`, all from there. */
  readonly counts: 'graded' | 'strict';
}

export interface SelectionProblem {
  readonly cover: Cover;
  /** First the whole, each bin once: the share a plan reports. Then any others, which may overlap. */
  readonly targets: readonly [SelectionTarget, ...SelectionTarget[]];
  /** Whole yuan per site, 0 or more. */
  readonly cost: Float64Array;
  /** Stable names, each once: ties go to the smaller one by string order. */
  readonly siteIds: readonly string[];
  /** Metres in the zone, for spacing and for neighbourhoods; null for tables without geometry. */
  readonly places: { readonly eastM: Float64Array; readonly northM: Float64Array } | null;
  /** `null`: one site is enough everywhere. */
  readonly fold: Fold | null;
}

/** Sites that share a limit: a district, a town, an owner, an operator, a form, or the configurations of one location. */
export interface SiteGroup {
  readonly id: string;
  readonly sites: readonly number[];
  /** New sites at the least and at the most; null: no limit. Existing stations do not count. */
  readonly leastSites: number | null;
  readonly mostSites: number | null;
  /** Whole yuan of its new sites at the most; null: no limit. */
  readonly mostCost: number | null;
}

export interface SelectionRules {
  /** Per site: nearer than the smaller value of two sites they may not both be open. 0: exempt. null: no spacing rule. */
  readonly spacingM: Float64Array | null;
  /** May overlap. Of a group with `mostSites` 1 one configuration is chosen at the most. */
  readonly groups: readonly SiteGroup[];
}

export const noRules: SelectionRules = { spacingM: null, groups: [] };

export interface SelectionChoice {
  /** Weight times worth to reach, one per target of the problem; 0: no duty. */
  readonly required: readonly number[];
  /** Whole yuan for new sites, or null. When it cannot pay for the required shares, the first target's share is maximised. */
  readonly budget: number | null;
  /** New sites at the most, or null. */
  readonly maxSites: number | null;
  /** Site indexes that stand already: opened first, free, not counted. */
  readonly existing: readonly number[];
  /** Opened next, with cost, whatever they add. */
  readonly locked: readonly number[];
  /** Never opened. */
  readonly refused: readonly number[];
  readonly rules: SelectionRules;
}

export interface SelectionStep {
  readonly site: number;
  readonly placedBy: 'existing' | 'locked' | 'target-gain' | 'budget-gain' | 'group-least';
  /** Weight times worth newly covered in the first target when the site was opened, in this order. */
  readonly gain: number;
  /** Of the first target. */
  readonly coveredAfter: number;
}

export interface Selection {
  /** rules-bind: spacing or group limits, not radio, keep the shares out of reach. */
  readonly status: 'reached' | 'budget-spent' | 'count-reached' | 'not-reachable' | 'rules-bind';
  /** Existing first, then locked, then chosen in order of what each adds per yuan. */
  readonly steps: readonly SelectionStep[];
  /** Weight times worth, one per target. */
  readonly covered: readonly number[];
  /** Yuan of the new sites. */
  readonly cost: number;
  /** Weight times worth that all sites not refused would cover together, one per target. */
  readonly ceiling: readonly number[];
  readonly certificate: Certificate;
}
