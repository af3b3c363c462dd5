// A choice is checked before anything is computed, so that a wrong number is named and not planned with.
import {
  type AreaShare,
  type PlanChoice,
  type ServerDuty,
  serverCounts,
  serverRules,
} from '../model/plan.ts';
import { BASE_SCENARIO, MOST_SCENARIOS, type PlanScenario, scenarioRanges } from '../model/plan-scenario.ts';
import { PlanningError } from '../model/planning-error.ts';

/**
 * Throws SELECTION_AREA_TWICE, SELECTION_QUOTA_TWICE, SELECTION_PHASE_TWICE, SELECTION_SHARE_RANGE, SELECTION_BUDGET_RANGE, SELECTION_GROUP_RANGE, SELECTION_SPACING_RANGE,
 * SELECTION_SERVERS_RANGE, SELECTION_CORRIDOR_TWICE, SELECTION_SCENARIO_RANGE, SELECTION_SCENARIO_TWICE, SELECTION_SCENARIO_MANY, or SELECTION_LOCK_CONFLICT for a site both locked and refused.
 */
export function checkChoice(choice: PlanChoice): void {
  const { targetShare, budgetCny, maxSites, areaShares, quotas, spacing, phases } = choice;
  checkShare(targetShare, {});
  checkAreaShares(areaShares, {});
  checkServers(choice.servers);
  const corridors = new Set<string>();
  for (const { corridorId, share } of choice.corridorShares) {
    checkShare(share, { corridorId });
    if (corridors.has(corridorId)) throw new PlanningError('SELECTION_CORRIDOR_TWICE', { corridorId });
    corridors.add(corridorId);
  }
  checkWhole('SELECTION_BUDGET_RANGE', { budgetCny, maxSites }, {});
  const groups = new Set<string>();
  for (const { by, value, ...limits } of quotas) {
    const groupId = `${by}=${value}`;
    checkWhole('SELECTION_GROUP_RANGE', limits, { groupId });
    if (groups.has(groupId)) throw new PlanningError('SELECTION_QUOTA_TWICE', { by, value });
    groups.add(groupId);
  }
  for (const [structure, spacingM] of Object.entries(spacing ?? {})) {
    if (!(Number.isFinite(spacingM) && spacingM >= 0))
      throw new PlanningError('SELECTION_SPACING_RANGE', { siteId: structure, spacingM });
  }
  const names = new Set<string>();
  for (const { name, targetShare: share, areaShares: own, budgetCny: budget, maxSites: sites } of phases) {
    if (names.has(name)) throw new PlanningError('SELECTION_PHASE_TWICE', { phase: name });
    names.add(name);
    if (share !== null) checkShare(share, { phase: name });
    checkAreaShares(own, { phase: name });
    checkWhole('SELECTION_BUDGET_RANGE', { budgetCny: budget, maxSites: sites }, { phase: name });
  }
  checkScenarios(choice.scenarios, MOST_SCENARIOS);
  const refused = new Set(choice.refusedSiteIds);
  const siteId = choice.lockedSiteIds.find((id) => refused.has(id));
  if (siteId !== undefined) throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId });
}

/** One share per area: of two nobody could say which one counts. */
function checkAreaShares(areaShares: readonly AreaShare[], where: Readonly<Record<string, string>>): void {
  const known = new Set<string>();
  for (const { areaId, share } of areaShares) {
    checkShare(share, { ...where, areaId });
    if (known.has(areaId)) throw new PlanningError('SELECTION_AREA_TWICE', { ...where, areaId });
    known.add(areaId);
  }
}

/** Throws SELECTION_SCENARIO_RANGE, SELECTION_SCENARIO_TWICE and SELECTION_SCENARIO_MANY. */
export function checkScenarios(scenarios: readonly PlanScenario[], most: number): void {
  if (scenarios.length > most)
    throw new PlanningError('SELECTION_SCENARIO_MANY', { scenarios: scenarios.length, most });
  const ids = new Set<string>([BASE_SCENARIO]);
  for (const scenario of scenarios) {
    const { id, name, thresholdDeltaDb, shadowSigmaDeltaDb, priceFactors } = scenario;
    if (ids.has(id)) throw new PlanningError('SELECTION_SCENARIO_TWICE', { scenario: name || id });
    ids.add(id);
    const numbers = [
      ['thresholdDeltaDb', thresholdDeltaDb],
      ['shadowSigmaDeltaDb', shadowSigmaDeltaDb],
      ...(priceFactors ?? []).map(({ factor }) => ['factor', factor] as const),
    ] as const;
    for (const [field, value] of numbers) {
      const [from, to] = scenarioRanges[field];
      if (!(value >= from && value <= to))
        throw new PlanningError('SELECTION_SCENARIO_RANGE', { scenario: name || id, field, value, from, to });
    }
  }
}

/** It may come from a worker or a file. */
function checkServers(servers: ServerDuty | null): void {
  if (servers === null || (serverCounts.includes(servers.least) && serverRules.includes(servers.counts)))
    return;
  throw new PlanningError('SELECTION_SERVERS_RANGE', { least: servers.least, counts: servers.counts });
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
