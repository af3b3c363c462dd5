// A choice is checked before anything is computed, so that a wrong number is named and not planned with.
import type { PlanChoice } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';

/** Throws SELECTION_SHARE_RANGE or SELECTION_BUDGET_RANGE, or SELECTION_LOCK_CONFLICT for a site both locked and refused. */
export function checkChoice(choice: PlanChoice): void {
  const { targetShare, budgetCny, maxSites } = choice;
  if (!(targetShare >= 0 && targetShare <= 1))
    throw new PlanningError('SELECTION_SHARE_RANGE', { targetShare });
  for (const [limit, value] of Object.entries({ budgetCny, maxSites })) {
    if (value !== null && !(Number.isSafeInteger(value) && value >= 0))
      throw new PlanningError('SELECTION_BUDGET_RANGE', { [limit]: value });
  }
  const refused = new Set(choice.refusedSiteIds);
  const siteId = choice.lockedSiteIds.find((id) => refused.has(id));
  if (siteId !== undefined) throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId });
}

/** The smallest whole weight whose share of `total` is at least `share`. */
export function targetWeightOf(share: number, total: number): number {
  let weight = Math.ceil(share * total);
  while (weight > 0 && (weight - 1) / total >= share) weight--;
  while (weight < total && weight / total < share) weight++;
  return weight;
}
