// The request that keeps what a preview shows: the choice as it is now, every rule in it, and the sites on the screen to stay near to, so
// that the saved plan opens what the person saw. A complete search alone is asked for again: it proves what it finds.
import {
  nameOfConfigured,
  type PlanChoice,
  type PlanItem,
  type PlanSummary,
  plainChoice,
} from '../../engine/index.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';

interface ShownPlan {
  readonly items: readonly Pick<PlanItem, 'siteId' | 'status' | 'configuration'>[];
  readonly summary: Pick<PlanSummary, 'certificate'>;
}

/** `request`: what the preview was started with. `choice`: what the shown plan was chosen by. */
export function previewRequestOf(
  request: NewPlanJson,
  choice: PlanChoice,
  { items, summary }: ShownPlan,
): NewPlanJson {
  const { method, optimal } = summary.certificate;
  const isProved = method === 'exact' && optimal;
  const newSiteIds = items.flatMap(({ siteId, status, configuration }) =>
    status === 'new' ? [nameOfConfigured(siteId, configuration?.id ?? null)] : [],
  );
  return {
    ...request,
    ...rulesOf(request, choice),
    targetShare: choice.targetShare,
    budgetCny: choice.budgetCny,
    maxSites: choice.maxSites,
    refusedSiteIds: [...choice.refusedSiteIds],
    lockedSiteIds: [...choice.lockedSiteIds],
    stayNear: false,
    keepSiteIds: isProved ? null : newSiteIds.sort(),
  };
}

/** Every rule of the choice that says something, and plain ones where the preview was started with another. */
function rulesOf(request: NewPlanJson, choice: PlanChoice): Partial<NewPlanJson> {
  const words = Object.keys(plainChoice) as (keyof typeof plainChoice)[];
  const told = words.filter(
    (rule) => rule in request || JSON.stringify(choice[rule]) !== JSON.stringify(plainChoice[rule]),
  );
  // rules of a choice have the names and shapes of the request's
  return Object.fromEntries(told.map((rule) => [rule, choice[rule]])) as Partial<NewPlanJson>;
}
