// The rules a plan has to keep while sites open and close: refused and locked sites, spacing, group limits, budget and count.
// Asked before each move, told after it; every answer takes the time of the site's own groups and neighbours.

export interface SiteRules {
  /** Whether opening this closed site now breaks no rule (limits on money and count included). */
  readonly mayOpen: (site: number) => boolean;
  /** Whether closing this open site now breaks no rule: not existing, not locked, its groups stay at their least. */
  readonly mayClose: (site: number) => boolean;
  /** Tells that the site was opened or closed. */
  readonly opened: (site: number) => void;
  readonly closed: (site: number) => void;
  /** True for a site that can never open: refused, existing or locked ones are not in play. */
  readonly isOut: (site: number) => boolean;
  /** Yuan and number of open new sites. */
  readonly cost: () => number;
  readonly count: () => number;
  /** Groups that still lack sites. */
  readonly lacking: () => readonly { readonly group: number; readonly sites: number }[];
  /** Rules that forbid opening this site now, for people: at the most one entry per rule. */
  readonly whyNot: (site: number) => readonly SiteRuleBreach[];
}

export interface SiteRuleBreach {
  readonly rule: 'refused' | 'spacing' | 'group-most' | 'group-cost' | 'budget' | 'count';
  /** Group id, or the id of the open site that is too near, or null. */
  readonly with: string | null;
}
