// What is still wrong with the requirements, each beside the field it concerns: the field's id on the screen, a code whose
// sentence is in the messages under requirements.problems, and the values in it. The engine refuses the same; here it is said earlier.
import { checkConfigurationRows } from './configuration-rows.ts';
import { checkOperatorRows } from './operator-rows.ts';
import {
  type AreaShares,
  type CorridorShares,
  isSpaced,
  type PhaseRow,
  type PlanRules,
  type QuotaRow,
} from './plan-rules.ts';

export interface RuleProblem {
  /** Id of the input, as `corridorField`, `quotaField` and `phaseField` make it. */
  readonly field: string;
  readonly code:
    | 'corridorGone'
    | 'quotaValue'
    | 'quotaTwice'
    | 'quotaEmpty'
    | 'quotaCrossed'
    | 'quotaOverLimit'
    | 'phaseName'
    | 'phaseTwice'
    | 'phaseEmpty'
    | 'shareFalls'
    | 'shareOverPlan'
    | 'budgetFalls'
    | 'budgetOverPlan'
    | 'sitesFall'
    | 'sitesOverPlan'
    | 'configurationsMany'
    | 'configurationsServers'
    | 'configurationName'
    | 'configurationTwice'
    | 'configurationStructures'
    | 'configurationAzimuths'
    | 'operatorsWith'
    | 'operatorShare'
    | 'sharingFalls';
  /** Shares 0..1 and whole yuan; the screen formats them. */
  readonly values: Readonly<Record<string, number | string>>;
}

/** What the plan asks for as a whole. */
export interface PlanLimits {
  readonly targetShare: number;
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
}

export const corridorField = (corridorId: string) => `corridor-${corridorId}`;
export const quotaField = (key: number, part: 'value' | 'least' | 'most' | 'cost') => `quota-${key}-${part}`;
export const phaseField = (key: number, part: 'name' | 'share' | 'budget' | 'sites') =>
  `phase-${key}-${part}`;
export const phaseAreaField = (key: number, areaId: string) => `phase-${key}-area-${areaId}`;

/** In the order of the screen. `corridorIds`: those the chosen areas have; null while nobody knows. */
export function checkPlanRules(
  rules: PlanRules,
  limits: PlanLimits,
  areaIds: readonly string[],
  corridorIds: ReadonlySet<string> | null = null,
): RuleProblem[] {
  return [
    ...checkOperatorRows(rules, {
      maxSites: limits.maxSites,
      hasAreaShares: areaIds.some((id) => rules.areaShares[id] !== undefined),
      isSpaced: isSpaced(rules.spacing),
    }),
    ...checkCorridors(rules.corridorShares, corridorIds),
    ...checkConfigurationRows(rules.configurations, rules.servers !== null),
    ...checkQuotas(rules.quotas, limits),
    ...checkPhases(rules, limits, areaIds),
  ];
}

function checkCorridors(shares: CorridorShares, known: ReadonlySet<string> | null): RuleProblem[] {
  if (known === null) return [];
  return Object.keys(shares)
    .filter((corridorId) => !known.has(corridorId))
    .map((corridorId) => ({ field: corridorField(corridorId), code: 'corridorGone', values: {} }));
}

function checkQuotas(quotas: readonly QuotaRow[], { maxSites }: PlanLimits): RuleProblem[] {
  return quotas.flatMap((quota, index): RuleProblem[] => {
    const { key, leastSites: least, mostSites: most } = quota;
    const value = quota.value.trim();
    const problem = (
      part: 'value' | 'least' | 'most',
      code: RuleProblem['code'],
      values: RuleProblem['values'] = {},
    ): RuleProblem => ({ field: quotaField(key, part), code, values });
    if (value === '') return [problem('value', 'quotaValue')];
    if (quotas.slice(0, index).some((other) => other.by === quota.by && other.value.trim() === value))
      return [problem('value', 'quotaTwice')];
    if (least === null && most === null && quota.mostCostCny === null)
      return [problem('least', 'quotaEmpty')];
    if (least !== null && most !== null && least > most) return [problem('most', 'quotaCrossed', { least })];
    if (least !== null && maxSites !== null && least > maxSites)
      return [problem('least', 'quotaOverLimit', { maxSites })];
    return [];
  });
}

function checkPhases(
  { phases, areaShares }: PlanRules,
  limits: PlanLimits,
  areaIds: readonly string[],
): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const names = new Set<string>();
  let before = noneBefore;
  phases.forEach((phase, index) => {
    const isLast = index === phases.length - 1;
    const name = phase.name.trim();
    if (name === '') problems.push({ field: phaseField(phase.key, 'name'), code: 'phaseName', values: {} });
    else if (names.has(name))
      problems.push({ field: phaseField(phase.key, 'name'), code: 'phaseTwice', values: {} });
    names.add(name);
    if (!isLast && isEmpty(phase, areaIds))
      problems.push({ field: phaseField(phase.key, 'share'), code: 'phaseEmpty', values: {} });
    problems.push(...checkRise(phase, before, limits, isLast));
    problems.push(...checkAreaRise(phase, before, { isLast, areaShares, areaIds }));
    before = {
      share: phase.targetShare ?? before.share,
      areas: { ...before.areas, ...phase.areaShares },
      budgetCny: phase.budgetCny ?? before.budgetCny,
      maxSites: phase.maxSites ?? before.maxSites,
    };
  });
  return problems;
}

interface Before {
  readonly share: number;
  readonly areas: AreaShares;
  readonly budgetCny: number;
  readonly maxSites: number;
}

const noneBefore: Before = { share: 0, areas: {}, budgetCny: 0, maxSites: 0 };

/** Everything is cumulative. The last phase ends at the plan's own numbers, so none before it may pass them. */
function checkRise(phase: PhaseRow, before: Before, plan: PlanLimits, isLast: boolean): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const { targetShare: share, budgetCny, maxSites, key } = phase;
  const problem = (
    part: 'share' | 'budget' | 'sites',
    code: RuleProblem['code'],
    values: RuleProblem['values'],
  ) => {
    problems.push({ field: phaseField(key, part), code, values });
  };
  if (share !== null) {
    if (share < before.share) problem('share', 'shareFalls', { share: before.share });
    else if (!isLast && share > plan.targetShare)
      problem('share', 'shareOverPlan', { share: plan.targetShare });
  }
  if (budgetCny !== null) {
    if (budgetCny < before.budgetCny) problem('budget', 'budgetFalls', { budgetCny: before.budgetCny });
    else if (plan.budgetCny !== null && budgetCny > plan.budgetCny)
      problem('budget', 'budgetOverPlan', { budgetCny: plan.budgetCny });
  }
  if (maxSites !== null) {
    if (maxSites < before.maxSites) problem('sites', 'sitesFall', { sites: before.maxSites });
    else if (plan.maxSites !== null && maxSites > plan.maxSites)
      problem('sites', 'sitesOverPlan', { sites: plan.maxSites });
  }
  return problems;
}

function checkAreaRise(
  { key, areaShares: own }: PhaseRow,
  before: Before,
  {
    isLast,
    areaShares,
    areaIds,
  }: Pick<PlanRules, 'areaShares'> & { isLast: boolean; areaIds: readonly string[] },
): RuleProblem[] {
  return areaIds.flatMap((areaId): RuleProblem[] => {
    const share = own[areaId];
    const earlier = before.areas[areaId] ?? 0;
    if (share === undefined) return [];
    const field = phaseAreaField(key, areaId);
    if (share < earlier) return [{ field, code: 'shareFalls', values: { share: earlier } }];
    const last = areaShares[areaId];
    if (!isLast && last !== undefined && share > last)
      return [{ field, code: 'shareOverPlan', values: { share: last } }];
    return [];
  });
}

function isEmpty(
  { targetShare, areaShares, budgetCny, maxSites }: PhaseRow,
  areaIds: readonly string[],
): boolean {
  return (
    targetShare === null &&
    budgetCny === null &&
    maxSites === null &&
    !areaIds.some((id) => areaShares[id] !== undefined)
  );
}
