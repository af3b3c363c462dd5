// Two plans side by side: which new sites left, which came, what it does to cost and share. Reads lists, computes nothing.
import type { PlanItemJson, PlanSummaryJson } from '../../../server/contract/plans.ts';

export interface PlanSide {
  readonly summary: PlanSummaryJson;
  readonly items: readonly PlanItemJson[];
}

export interface PlanDifference {
  /** New sites of the first plan that the second does not have, in the first plan's order. */
  readonly left: readonly PlanItemJson[];
  /** New sites only the second plan has, in its order. */
  readonly came: readonly PlanItemJson[];
  readonly kept: number;
  readonly sites: number;
  readonly costCny: number;
  readonly coveredShare: number;
}

/** Differences are second minus first. */
export function comparePlans(before: PlanSide, after: PlanSide): PlanDifference {
  const first = newSites(before.items);
  const second = newSites(after.items);
  const firstIds = new Set(first.map((item) => item.site.id));
  const secondIds = new Set(second.map((item) => item.site.id));
  const came = second.filter((item) => !firstIds.has(item.site.id));
  return {
    left: first.filter((item) => !secondIds.has(item.site.id)),
    came,
    kept: second.length - came.length,
    sites: after.summary.sites - before.summary.sites,
    costCny: after.summary.costCny - before.summary.costCny,
    coveredShare: after.summary.coveredShare - before.summary.coveredShare,
  };
}

function newSites(items: readonly PlanItemJson[]): PlanItemJson[] {
  return items.filter((item) => item.status === 'new').sort((a, b) => a.rank - b.rank);
}
