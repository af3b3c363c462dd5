// What is asked of a plan for several operators is checked before anything is computed.
import { findEquipmentProfile } from '../model/equipment-profile.ts';
import { MOST_PLAN_OPERATORS, type OperatorsChoice } from '../model/operator-plan.ts';
import { PlanningError } from '../model/planning-error.ts';

const ID = /^[\p{L}\p{N}._-]{1,40}$/u;

/**
 * Throws PLAN_OPERATORS_COUNT, PLAN_OPERATOR_ID, PLAN_OPERATOR_TWICE, PLAN_SHARING_TERMS,
 * COVERAGE_PROFILE_UNKNOWN, SELECTION_SHARE_RANGE, SELECTION_BUDGET_RANGE or SELECTION_LOCK_CONFLICT.
 */
export function checkOperators({ operators, terms, budgetCny, ...lists }: OperatorsChoice): void {
  if (operators.length === 0 || operators.length > MOST_PLAN_OPERATORS)
    throw new PlanningError('PLAN_OPERATORS_COUNT', {
      operators: operators.length,
      most: MOST_PLAN_OPERATORS,
    });
  const ids = new Set<string>();
  for (const { id, profileId, targetShare } of operators) {
    if (!ID.test(id)) throw new PlanningError('PLAN_OPERATOR_ID', { id });
    if (ids.has(id)) throw new PlanningError('PLAN_OPERATOR_TWICE', { id });
    ids.add(id);
    if (!findEquipmentProfile(profileId)) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId });
    if (!(targetShare >= 0 && targetShare <= 1))
      throw new PlanningError('SELECTION_SHARE_RANGE', { operator: id, targetShare });
  }
  checkTerms(terms, ids);
  if (budgetCny !== null && !isYuan(budgetCny))
    throw new PlanningError('SELECTION_BUDGET_RANGE', { budgetCny });
  const refused = new Set(lists.refusedSiteIds);
  const siteId = lists.lockedSiteIds.find((id) => refused.has(id));
  if (siteId !== undefined) throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId });
}

function checkTerms(
  { percentOff, anchorPercentOff, anchorId, joinCostCny }: OperatorsChoice['terms'],
  ids: ReadonlySet<string>,
): void {
  const refuse = (field: string, value: string | number) => {
    throw new PlanningError('PLAN_SHARING_TERMS', { field, value });
  };
  if (percentOff.length === 0 || !percentOff.every(isPercent)) refuse('percentOff', percentOff.join(', '));
  // the more share, the less each pays: otherwise a set of operators would pay for staying away
  if (percentOff.some((off, index) => index > 0 && off < percentOff[index - 1]!))
    refuse('percentOff', percentOff.join(', '));
  if (!isPercent(anchorPercentOff)) refuse('anchorPercentOff', anchorPercentOff);
  if (anchorId !== null && !ids.has(anchorId)) refuse('anchorId', anchorId);
  if (joinCostCny !== null && !isYuan(joinCostCny)) refuse('joinCostCny', joinCostCny);
}

function isPercent(value: number): boolean {
  return value >= 0 && value <= 100;
}

function isYuan(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
