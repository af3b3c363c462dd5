// Why a site is in a plan at hand, or why not, in ids, shares and yuan: the reasons of the selection (explain-choice.ts) for people.
import { FULL_GRADE_VALUE, GRADE_VALUE } from '../coverage/probability-grades.ts';
import type { SiteReplacement } from '../model/plan.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import {
  type ChosenReason,
  makeExplainer,
  type UnchosenCause,
  type UnchosenReason,
} from '../selection/reasons/explain-choice.ts';
import type { SiteRuleBreach } from '../selection/wishes/site-rules.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

export interface ChosenSiteReasons extends SiteReplacement {
  readonly kind: 'chosen';
}

export interface UnchosenSiteReasons {
  readonly kind: 'unchosen';
  readonly cause: UnchosenCause;
  /** Weight share it would add now, and what it covers all alone. */
  readonly gainShare: number;
  readonly aloneShare: number;
  /** Open sites that share most with it, and the part of its own weight that they reach, 0..1. */
  readonly coveredBy: readonly { readonly siteId: string; readonly part: number }[];
  /** `with` is a site id for spacing, a quota for groups. */
  readonly breaches: readonly SiteRuleBreach[];
  /** Yuan more for the plan that insists on it; null when it cannot open. */
  readonly extraCostCny: number | null;
  /** Price at which that plan costs as much as this one; null when it cannot open. */
  readonly breakEvenCny: number | null;
}

export type SiteReasons = ChosenSiteReasons | UnchosenSiteReasons;

/**
 * Answers in milliseconds and leaves nothing changed; null for an existing station and for a site that is not computed. `substitutes`:
 * how many are named at the most. Takes one pass over the open sites.
 */
export function makeSiteReasons(
  prepared: PreparedCoverage,
  { request, selection }: ChosenSites,
  substitutes: number,
): (siteId: string) => SiteReasons | null {
  const { problem, choice } = request;
  const explainer = makeExplainer(problem, choice, selection, { substitutes });
  const isOpen = new Set(selection.steps.map(({ site }) => site));
  return (siteId) => {
    const site = prepared.siteIndexes.get(siteId);
    if (site === undefined || prepared.sites[site]!.status === 'existing') return null;
    return isOpen.has(site)
      ? chosenReasons(problem.siteIds, explainer.chosen(site))
      : unchosenReasons(prepared, explainer.unchosen(site));
  };
}

function chosenReasons(siteIds: readonly string[], reason: ChosenReason): ChosenSiteReasons {
  const idOf = (site: number) => siteIds[site]!;
  return {
    kind: 'chosen',
    extraCostCny: reason.extraCostWithout,
    substitutes: reason.substitutes.map(({ site, endsShare, extraCost, alsoOpened, alsoClosed }) => ({
      siteId: idOf(site),
      endsShare,
      extraCostCny: extraCost,
      alsoOpened: alsoOpened.map(idOf),
      alsoClosed: alsoClosed.map(idOf),
    })),
  };
}

function unchosenReasons(prepared: PreparedCoverage, reason: UnchosenReason): UnchosenSiteReasons {
  const { grid, sites } = prepared;
  const whole = grid.totalWeight * FULL_GRADE_VALUE;
  const own = weightReached(prepared, reason.site);
  return {
    kind: 'unchosen',
    cause: reason.cause,
    gainShare: whole > 0 ? reason.gains[0]! / whole : 0,
    aloneShare: whole > 0 ? reason.alone[0]! / whole : 0,
    coveredBy: reason.coveredBy.map(({ site, sharedWeight }) => ({
      siteId: sites[site]!.id,
      part: own > 0 ? sharedWeight / own : 0,
    })),
    breaches: reason.breaches,
    extraCostCny: reason.extraCostWith,
    breakEvenCny: reason.breakEvenInPlan,
  };
}

/** Weight of the bins that a site reaches with any worth at all. */
function weightReached({ grid, footprints }: PreparedCoverage, site: number): number {
  let sum = 0;
  eachGrade({ footprints }, site, (bin, grade) => {
    if (GRADE_VALUE[grade]! > 0) sum += grid.weight[bin]!;
  });
  return sum;
}
