// A request as it will be computed: unknown names are refused, refusals by review and the sites of a plan to stay near to are written
// into it. Done when a plan is asked for, and when a preview asks what a plan would be computed from.
import {
  checkChoice,
  checkConfigurations,
  checkOperators,
  findEquipmentProfile,
  PlanningError,
  refusedSiteIds,
} from '../../engine/index.ts';
import type { NewPlanJson } from '../contract/plans.ts';
import { ProductError } from '../errors.ts';
import { loadOnAirSiteIds, loadSharingTerms } from '../store/operators.ts';
import { loadPlan, loadPlanNames } from '../store/plans.ts';
import { loadReviewChain } from '../store/reviews.ts';
import { loadSitesByIds } from '../store/sites.ts';
import type { Queryable } from '../store/store.ts';
import { loadCorridors, loadTargetAreas } from './load-plan-input.ts';
import { loadRadio } from './load-radio.ts';
import { checkOperatorsRequest, operatorsChoiceOf } from './operators-choice.ts';
import { configurationsOf, planChoiceOf, ruleOf } from './plan-choice.ts';

/** Throws PLAN_*_UNKNOWN, PLAN_CONFIGURATION*, PLAN_OPERATORS_*, COVERAGE_PROFILE_UNKNOWN and what checkChoice and checkOperators throw. */
export async function completeRequest(store: Queryable, request: NewPlanJson): Promise<NewPlanJson> {
  ruleOf(request);
  if (!findEquipmentProfile(request.profileId)) {
    throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId: request.profileId });
  }
  const configurations = configurationsOf(request);
  checkConfigurations(configurations);
  if (request.servers && configurations.length > 0)
    throw new PlanningError('PLAN_CONFIGURATION_SERVERS', { least: request.servers.least });
  checkOperatorsRequest(request);
  await loadCorridors(store, request, await loadTargetAreas(store, request.areaIds));
  await loadRadio(store, request.radio);
  checkAreas(request);
  await checkLocks(store, request.lockedSiteIds ?? []);
  const complete = await withOperators(store, await withBasis(store, request));
  checkChoice(planChoiceOf(complete));
  const choice = operatorsChoiceOf(complete, []);
  if (choice) checkOperators(choice);
  return complete;
}

/** Prices of the price book where none are given, and the stations where each operator is on the air. */
async function withOperators(store: Queryable, request: NewPlanJson): Promise<NewPlanJson> {
  const { operators = [], sharing = null } = request;
  if (operators.length === 0) return request;
  const onAir = await loadOnAirSiteIds(
    store,
    operators.map(({ id }) => id),
  );
  return {
    ...request,
    operators: operators.map((operator) => ({
      ...operator,
      existing: operator.existing ?? 'own',
      existingSiteIds: operator.existing === 'all' ? [] : [...(onAir.get(operator.id) ?? [])],
    })),
    sharing: sharing ?? (await loadSharingTerms(store)),
  };
}

async function withBasis(store: Queryable, request: NewPlanJson): Promise<NewPlanJson> {
  const baseId = request.basedOnPlanId ?? null;
  if (baseId === null) {
    if (request.stayNear === true) throw new ProductError('PLAN_BASE_MISSING');
    return request;
  }
  if (!(await loadPlan(store, baseId))) throw new ProductError('PLAN_BASE_UNKNOWN', { id: baseId });
  const refusedByReview = refusedSiteIds(await loadReviewChain(store, baseId));
  const refused = new Set([...(request.refusedSiteIds ?? []), ...refusedByReview]);
  const keepSiteIds =
    request.stayNear === true ? (await loadPlanNames(store, baseId)).sort() : (request.keepSiteIds ?? null);
  return { ...request, refusedSiteIds: [...refused].sort(), keepSiteIds };
}

/** A share of an area that is not planned would go unseen until the plan fails. */
function checkAreas({ areaIds, areaShares = [], phases = [] }: NewPlanJson): void {
  const planned = new Set(areaIds);
  for (const { areaId } of [...areaShares, ...phases.flatMap((phase) => phase.areaShares)])
    if (!planned.has(areaId)) throw new PlanningError('SELECTION_AREA_UNKNOWN', { areaId });
}

/** A lock that can do nothing would go unseen; a refusal of nobody changes nothing. */
async function checkLocks(store: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const sites = new Map((await loadSitesByIds(store, ids.map(siteIdOf))).map((site) => [site.id, site]));
  const wrong = ids.find((id) => (sites.get(siteIdOf(id))?.status ?? 'unavailable') === 'unavailable');
  if (wrong !== undefined) throw new ProductError('PLAN_LOCK_UNKNOWN', { id: wrong });
}

/** Of a site in one of several configurations (engine/plan/configure-sites.ts). */
const siteIdOf = (name: string): string => name.split('#', 1)[0]!;
