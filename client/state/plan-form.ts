// What the person has set for the next plan, and the request it becomes.
import { plainRadio, type WeightBy } from '../../engine/index.ts';
import type { RadioJson } from '../../server/contract/antennas.ts';
import type { NewPlanJson, PlanJson } from '../../server/contract/plans.ts';
import { chooseAreas } from './areas.ts';
import { makeStore } from './make-store.ts';
import { emptyPlanRules, type PlanRules, planRulesOf, rulesRequestOf } from './plan-rules.ts';

/** Every option of radio, set or at its default. */
export type RadioForm = Required<RadioJson> & { readonly antennaId: string | null };

export interface PlanForm {
  /** Empty: a name is made from area and rule. */
  readonly name: string;
  readonly ruleWord: string;
  /** null: the rule's own number. */
  readonly thresholdDbm: number | null;
  readonly targetShare: number | null;
  readonly profileId: string;
  readonly binSizeM: number;
  readonly weightBy: WeightBy;
  /** How many times key areas count; 1 is off. */
  readonly keyAreaFactor: number;
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
  readonly basedOnPlanId: string | null;
  /** Struck by hand for this run. */
  readonly refusedSiteIds: readonly string[];
  readonly lockedSiteIds: readonly string[];
  /** With `basedOnPlanId`: change as few sites as the refusals demand. */
  readonly stayNear: boolean;
  readonly rules: PlanRules;
  readonly radio: RadioForm;
}

const { macroAntenna: _none, ...ownRadio } = plainRadio;
const emptyRadio: RadioForm = { ...ownRadio, antennaId: null };

export const emptyPlanForm: PlanForm = {
  name: '',
  ruleWord: '连续覆盖',
  thresholdDbm: null,
  targetShare: null,
  profileId: 'n78',
  binSizeM: 20,
  weightBy: 'area',
  keyAreaFactor: 1,
  budgetCny: null,
  maxSites: null,
  basedOnPlanId: null,
  refusedSiteIds: [],
  lockedSiteIds: [],
  stayNear: false,
  rules: emptyPlanRules,
  radio: emptyRadio,
};

export const planFormStore = makeStore<PlanForm>(emptyPlanForm);

/** The request for the server and for the preview alike. `fallbackName` is used when no name was given. */
export function planRequestOf(form: PlanForm, areaIds: readonly string[], fallbackName: string): NewPlanJson {
  const [lead] = form.rules.operators;
  return {
    name: form.name.trim() === '' ? fallbackName : form.name.trim(),
    areaIds: [...areaIds],
    ruleWord: form.ruleWord,
    thresholdDbm: form.thresholdDbm,
    // several operators have shares and equipment of their own
    targetShare: lead === undefined ? form.targetShare : null,
    profileId: lead?.profileId ?? form.profileId,
    binSizeM: form.binSizeM,
    weightBy: form.weightBy,
    keyAreaFactor: form.keyAreaFactor,
    budgetCny: form.budgetCny,
    maxSites: form.maxSites,
    basedOnPlanId: form.basedOnPlanId,
    refusedSiteIds: [...form.refusedSiteIds],
    lockedSiteIds: [...form.lockedSiteIds],
    stayNear: form.basedOnPlanId !== null && form.stayNear && lead === undefined,
    ...rulesRequestOf(form.rules, areaIds),
    radio: { ...form.radio },
  };
}

/** Fills the form with an existing plan's request, to change it or to run it again. */
export function copyPlanToForm(plan: PlanJson): void {
  const { request } = plan;
  chooseAreas(request.areaIds);
  planFormStore.set({
    name: '',
    ruleWord: request.ruleWord,
    thresholdDbm: request.thresholdDbm ?? null,
    targetShare: request.targetShare ?? null,
    profileId: request.profileId,
    binSizeM: request.binSizeM ?? 20,
    weightBy: request.weightBy ?? 'area',
    keyAreaFactor: request.keyAreaFactor ?? 1,
    budgetCny: request.budgetCny ?? null,
    maxSites: request.maxSites ?? null,
    basedOnPlanId: request.basedOnPlanId ?? null,
    refusedSiteIds: request.refusedSiteIds ?? [],
    lockedSiteIds: request.lockedSiteIds ?? [],
    stayNear: request.stayNear ?? false,
    rules: planRulesOf(request),
    radio: { ...emptyRadio, ...request.radio },
  });
}

/**
 * A plan based on this one with some more sites struck; reviews 不同意 are left out by the server itself. Whom the plan before
 * stayed near to is its own affair: that is asked for afresh.
 */
export function replanRequestOf(plan: PlanJson, struckSiteIds: readonly string[], name: string): NewPlanJson {
  const { stayNear: _stayNear, keepSiteIds: _keepSiteIds, ...asked } = plan.request;
  const refused = new Set([...(asked.refusedSiteIds ?? []), ...struckSiteIds]);
  return {
    ...asked,
    name: name.slice(0, 200),
    basedOnPlanId: plan.id,
    refusedSiteIds: [...refused],
    lockedSiteIds: (asked.lockedSiteIds ?? []).filter((siteId) => !refused.has(siteId)),
  };
}
