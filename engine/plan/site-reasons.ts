// Why a site is in a plan at hand, or why not, in ids, shares and yuan: the reasons of the selection (explain-choice.ts) for people.
import { GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import type { SiteReplacement } from '../model/plan.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import {
  type ChosenReason,
  makeExplainer,
  type Substitute,
  type UnchosenCause,
  type UnchosenReason,
} from '../selection/reasons/explain-choice.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import type { SiteRuleBreach } from '../selection/wishes/site-rules.ts';
import type { ChosenSites } from './choose-sites.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { candidatesOfSites } from './selection-request.ts';
import { neededServers } from './servers-problem.ts';

export interface ChosenSiteReasons extends SiteReplacement {
  readonly kind: 'chosen';
}

export interface UnchosenSiteReasons {
  readonly kind: 'unchosen';
  /** What the figures are of: of several configurations the one that would cost the plan least; null: as listed. */
  readonly configurationId: string | null;
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
  const { problem, choice, siteIds } = request;
  const ownOf = (siteId: string) => candidatesOfSites(prepared, [siteId])[0] ?? [];
  const siblingsOf = (site: number) => ownOf(siteIds[site]!).filter((other) => other !== site);
  // a site with configurations may be offered in several of them, and is named once
  const offers = prepared.input.configurations.length > 0 ? OFFERS_PER_SITE * substitutes : substitutes;
  const explainer = makeExplainer(problem, choice, selection, { substitutes: offers, siblingsOf });
  const isOpen = new Set(selection.steps.map(({ site }) => site));
  return (siteId) => {
    const own = ownOf(siteId);
    if (own.length === 0) return null;
    const site = own.find((one) => isOpen.has(one));
    return site === undefined
      ? unchosenReasons(prepared, problem, own.map(explainer.unchosen).reduce(nearer))
      : chosenReasons(siteIds, explainer.chosen(site), substitutes);
  };
}

/** Of two configurations of a site the one that would cost the plan less; the one that adds more where none can open. */
function nearer(a: UnchosenReason, b: UnchosenReason): UnchosenReason {
  if (a.extraCostWith === null && b.extraCostWith === null) return b.gains[0]! > a.gains[0]! ? b : a;
  return (b.extraCostWith ?? Infinity) < (a.extraCostWith ?? Infinity) ? b : a;
}

/** Offers looked at for each substitute that is named. */
const OFFERS_PER_SITE = 2;

function chosenReasons(siteIds: readonly string[], reason: ChosenReason, most: number): ChosenSiteReasons {
  const idOf = (site: number) => siteIds[site]!;
  return {
    kind: 'chosen',
    extraCostCny: reason.extraCostWithout,
    substitutes: onePerSite(siteIds, reason.substitutes)
      .slice(0, most)
      .map(({ site, endsShare, extraCost, alsoOpened, alsoClosed }) => ({
        siteId: idOf(site),
        endsShare,
        extraCostCny: extraCost,
        alsoOpened: alsoOpened.map(idOf),
        alsoClosed: alsoClosed.map(idOf),
      })),
  };
}

/** Of the offers of one site the cheapest, in the place of its first. */
function onePerSite(siteIds: readonly string[], offers: readonly Substitute[]): Substitute[] {
  const best = new Map<string, Substitute>();
  for (const offer of offers) {
    const siteId = siteIds[offer.site]!;
    const known = best.get(siteId);
    if (!known || (offer.extraCost ?? Infinity) < (known.extraCost ?? Infinity)) best.set(siteId, offer);
  }
  return [...best.values()];
}

function unchosenReasons(
  prepared: PreparedCoverage,
  problem: SelectionProblem,
  reason: UnchosenReason,
): UnchosenSiteReasons {
  const { grid, sites } = prepared;
  const whole = grid.totalWeight * fullWorth(problem);
  const own = weightReached(prepared, problem, reason.site);
  return {
    kind: 'unchosen',
    configurationId: prepared.configurationOf[reason.site]?.id ?? null,
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

/** Weight of the bins that a site reaches with any worth at all, or where several sites are asked for as one of them. */
function weightReached(
  { grid, footprints }: PreparedCoverage,
  problem: SelectionProblem,
  site: number,
): number {
  const isServer = neededServers(problem) !== null;
  let sum = 0;
  eachGrade({ footprints }, site, (bin, grade) => {
    if (isServer ? grade >= HALF_GRADE : GRADE_VALUE[grade]! > 0) sum += grid.weight[bin]!;
  });
  return sum;
}
