// Why a candidate is not in the plan, in one shape for both sources: priced by the preview's own engine, or read from a stored plan.
import type { UnchosenSiteReasons, WhyNot } from '../../../engine/index.ts';
import type { SiteCardJson } from '../../../server/contract/plans.ts';

export interface WhyNotView {
  /** Key below `plan.card.whyNotReason`. */
  readonly cause: 'refused' | 'no-gain' | 'blocked' | 'too-dear' | 'not-needed' | 'outside' | 'unavailable';
  readonly gainShare: number;
  /** Part of its own ground that the named site reaches; null when only known to serve some of it best. */
  readonly coveredBy: readonly { readonly siteId: string; readonly part: number | null }[];
  readonly blockedBy: readonly RuleBlock[];
  /** Chosen sites that it could stand in for, and yuan more for the plan. */
  readonly insteadOf: readonly { readonly siteId: string; readonly extraCostCny: number }[];
  /** Yuan more for the plan that insists on it; null when unknown. */
  readonly extraCostCny: number | null;
  /** It would be chosen at this price, or, as an estimate, what it would add is worth so much; null when unknown. */
  readonly breakEvenCny: number | null;
  /** True when the price is what its gain is worth at the margin of the plan, and not a plan tried out. */
  readonly isEstimate: boolean;
}

export interface RuleBlock {
  readonly rule: 'spacing' | 'group-most' | 'group-cost' | 'budget' | 'count';
  /** A site id for spacing, `kind=value` for a quota. */
  readonly with: string | null;
}

/** `whyNot` knows status and reach, which the prices do not. */
export function whyNotOfPreview(
  whyNot: WhyNot | null,
  reasons: UnchosenSiteReasons | null,
): WhyNotView | null {
  if (reasons === null) return whyNot === null ? null : plainView(whyNot);
  const cause =
    whyNot?.reason === 'unavailable' || whyNot?.reason === 'outside'
      ? whyNot.reason
      : reasons.cause === 'covered'
        ? 'no-gain'
        : reasons.cause === 'unavailable'
          ? 'outside'
          : reasons.cause;
  return {
    cause,
    gainShare: reasons.gainShare,
    coveredBy: reasons.coveredBy,
    blockedBy: reasons.breaches.flatMap(({ rule, with: other }) =>
      rule === 'refused' ? [] : [{ rule, with: other }],
    ),
    insteadOf: [],
    extraCostCny: reasons.extraCostCny,
    breakEvenCny: reasons.breakEvenCny,
    isEstimate: false,
  };
}

export function whyNotOfPlan(whyNot: NonNullable<SiteCardJson['whyNot']>): WhyNotView {
  const { blockedBy, insteadOf, worthCny } = whyNot;
  return { ...plainView(whyNot), blockedBy, insteadOf, breakEvenCny: worthCny };
}

function plainView({
  reason,
  remainingGainShare,
  coveredBySiteIds,
}: {
  readonly reason: WhyNotView['cause'];
  readonly remainingGainShare: number;
  readonly coveredBySiteIds: readonly string[];
}): WhyNotView {
  return {
    cause: reason,
    gainShare: remainingGainShare,
    coveredBy: coveredBySiteIds.map((siteId) => ({ siteId, part: null })),
    blockedBy: [],
    insteadOf: [],
    extraCostCny: null,
    breakEvenCny: null,
    isEstimate: true,
  };
}
