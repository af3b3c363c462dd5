// A choice is checked before anything is computed, so that a wrong number is named and not planned with.
import type { PlanChoice } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';

/**
 * Throws SELECTION_SHARE_RANGE, SELECTION_BUDGET_RANGE, SELECTION_GROUP_RANGE, SELECTION_SPACING_RANGE or
 * SELECTION_LOCK_CONFLICT for a site both locked and refused.
 */
export function checkChoice(choice: PlanChoice): void {
  const { targetShare, budgetCny, maxSites, areaShares, quotas, spacing, phases } = choice;
  checkShare(targetShare, {});
  for (const { areaId, share } of areaShares) checkShare(share, { areaId });
  checkWhole('SELECTION_BUDGET_RANGE', { budgetCny, maxSites }, {});
  for (const { by, value, ...limits } of quotas)
    checkWhole('SELECTION_GROUP_RANGE', limits, { groupId: `${by}=${value}` });
  for (const [structure, spacingM] of Object.entries(spacing ?? {})) {
    if (!(Number.isFinite(spacingM) && spacingM >= 0))
      throw new PlanningError('SELECTION_SPACING_RANGE', { siteId: structure, spacingM });
  }
  for (const { name, targetShare: share, budgetCny: budget, maxSites: sites } of phases) {
    if (share !== null) checkShare(share, { phase: name });
    checkWhole('SELECTION_BUDGET_RANGE', { budgetCny: budget, maxSites: sites }, { phase: name });
  }
  const refused = new Set(choice.refusedSiteIds);
  const siteId = choice.lockedSiteIds.find((id) => refused.has(id));
  if (siteId !== undefined) throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId });
}

function checkShare(targetShare: number, where: Readonly<Record<string, string>>): void {
  if (!(targetShare >= 0 && targetShare <= 1))
    throw new PlanningError('SELECTION_SHARE_RANGE', { ...where, targetShare });
}

function checkWhole(
  code: 'SELECTION_BUDGET_RANGE' | 'SELECTION_GROUP_RANGE',
  limits: Readonly<Record<string, number | null>>,
  where: Readonly<Record<string, string>>,
): void {
  for (const [limit, value] of Object.entries(limits)) {
    if (value === null || (Number.isSafeInteger(value) && value >= 0)) continue;
    throw new PlanningError(
      code,
      code === 'SELECTION_GROUP_RANGE' ? { ...where, limit, value } : { ...where, [limit]: value },
    );
  }
}

/** The smallest whole weight whose share of `total` is at least `share`. */
export function targetWeightOf(share: number, total: number): number {
  let weight = Math.ceil(share * total);
  while (weight > 0 && (weight - 1) / total >= share) weight--;
  while (weight < total && weight / total < share) weight++;
  return weight;
}
