// One of several ways to equip a site: another height, other directions, another band. A plan that offers configurations opens at the
// most one of them per site. Existing stations stand as they are.
import type { SiteStructure } from './site.ts';

export interface SiteConfiguration {
  /** 1 to 40 letters, digits, `.`, `_` or `-`. */
  readonly id: string;
  readonly name: string;
  /** What it can be built on. */
  readonly structures: readonly SiteStructure[];
  /** Another equipment profile, so another band; null: the one of the plan. */
  readonly profileId: string | null;
  /** Antenna centre above the ground, or metres more than the site has; at the most one of the two. Both null: as the site has it. */
  readonly heightM: number | null;
  readonly heightDeltaM: number | null;
  /** Sector directions clockwise from north; empty: all round; null: as site and equipment have them. */
  readonly azimuthsDeg: readonly number[] | null;
  /** Price: the site's own times this, and whole yuan more or less; never below 0. */
  readonly costFactor: number;
  readonly extraCostCny: number;
}

/** A plan offers no more than these. */
export const MOST_CONFIGURATIONS = 12;

/** What a site of a plan is equipped with, for people who have the plan and not its input. */
export interface ChosenConfiguration {
  readonly id: string;
  readonly name: string;
  readonly profileId: string;
  readonly heightM: number;
  readonly azimuthsDeg: readonly number[] | null;
}
