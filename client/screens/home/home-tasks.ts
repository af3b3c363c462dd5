// What waits for whom, as plain functions over what the API gives: nothing here is counted that is not in an answer.
import type { AccountJson } from '../../../server/contract/people.ts';
import type { PlanItemJson, PlanJson } from '../../../server/contract/plans.ts';

/** Finished plans looked through for the counts; each is one call. */
export const PLANS_LOOKED_THROUGH = 6;

/** The newest finished plans that no later finished plan is based on: older versions are not worked on any more. */
export function plansInReview(plans: readonly PlanJson[]): PlanJson[] {
  const done = plans.filter((plan) => plan.state === 'done');
  const replaced = new Set(done.map((plan) => plan.basedOnPlanId));
  return done
    .filter((plan) => !replaced.has(plan.id))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .slice(0, PLANS_LOOKED_THROUGH);
}

export const plansRunning = (plans: readonly PlanJson[]): PlanJson[] =>
  plans.filter((plan) => plan.state === 'queued' || plan.state === 'running');

export interface ReviewCounts {
  readonly total: number;
  /** Not reviewed yet. */
  readonly left: number;
  readonly returned: number;
  readonly refused: number;
}

/** Of the new sites of a plan; existing ones are not judged. */
export function reviewCounts(items: readonly Pick<PlanItemJson, 'status' | 'review'>[]): ReviewCounts {
  const rows = items.filter((item) => item.status === 'new');
  const count = (decision: string | undefined) =>
    rows.filter((row) => row.review?.decision === decision).length;
  return {
    total: rows.length,
    left: count(undefined),
    returned: count('退回'),
    refused: count('不同意'),
  };
}

export type AccountWorry = 'noDoor' | 'mustChange' | 'demo';

/** The first reason to look at an account that may come in; null: none. */
export function accountWorry(account: AccountJson): AccountWorry | null {
  if (account.disabledAt !== null) return null;
  if (!account.hasPassword && !account.oidcLinked && !account.oidcLinkAllowed) return 'noDoor';
  if (account.mustChangePassword) return 'mustChange';
  return account.isDemo ? 'demo' : null;
}

/** morning 5-11, noon 11-13, afternoon 13-18, evening else; hours of the reader's clock. */
export function partOfDay(hour: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour >= 5 && hour < 11) return 'morning';
  if (hour >= 11 && hour < 13) return 'noon';
  return hour >= 13 && hour < 18 ? 'afternoon' : 'evening';
}
