// From what a person asked for to what the engine may choose.
import {
  type CoverageRule,
  choiceRulesOf,
  findCoverageRule,
  type PlanChoice,
  type SiteConfiguration,
} from '../../engine/index.ts';
import type { NewPlanJson } from '../contract/plans.ts';
import { ProductError } from '../errors.ts';

/** The rule named in the request. Throws PLAN_RULE_UNKNOWN. */
export function ruleOf({ ruleWord }: NewPlanJson): CoverageRule {
  const rule = findCoverageRule(ruleWord);
  if (!rule) throw new ProductError('PLAN_RULE_UNKNOWN', { word: ruleWord });
  return rule;
}

/** Numbers of the request go before the rule's. */
export function planChoiceOf(request: NewPlanJson): PlanChoice {
  const rule = ruleOf(request);
  return {
    rule,
    targetShare: request.targetShare ?? rule.targetShare,
    budgetCny: request.budgetCny ?? null,
    maxSites: request.maxSites ?? null,
    refusedSiteIds: request.refusedSiteIds ?? [],
    lockedSiteIds: request.lockedSiteIds ?? [],
    ...choiceRulesOf(request),
  };
}

/** What is left out is plain. */
export function configurationsOf({ configurations = [] }: NewPlanJson): SiteConfiguration[] {
  return configurations.map((one) => ({
    id: one.id,
    name: one.name,
    structures: one.structures,
    profileId: one.profileId ?? null,
    heightM: one.heightM ?? null,
    heightDeltaM: one.heightDeltaM ?? null,
    azimuthsDeg: one.azimuthsDeg ?? null,
    costFactor: one.costFactor ?? 1,
    extraCostCny: one.extraCostCny ?? 0,
  }));
}
