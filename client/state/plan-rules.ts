// What a plan may have to keep besides its share and its limits, as a person fills it in: rows that may be half written, numbers
// that may still be missing. Nothing here is lost while the section is folded or an area is taken away and chosen again.
import {
  type EffortWord,
  type PlanScenario,
  plainChoice,
  type QuotaKind,
  type ServerDuty,
  type SiteOrder,
  type Spacing,
} from '../../engine/index.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { type ConfigurationRow, configurationRowsOf, configurationsRequestOf } from './configuration-rows.ts';
import {
  type OperatorRow,
  operatorRowsOf,
  operatorsRequestOf,
  type SharingForm,
  sharingFormOf,
} from './operator-rows.ts';

/** Share 0..1 by area id. */
export type AreaShares = Readonly<Record<string, number>>;

export interface QuotaRow {
  /** Names the row on the screen; never sent. */
  readonly key: number;
  readonly by: QuotaKind;
  readonly value: string;
  readonly leastSites: number | null;
  readonly mostSites: number | null;
  readonly mostCostCny: number | null;
}

export interface PhaseRow {
  readonly key: number;
  readonly name: string;
  readonly targetShare: number | null;
  readonly areaShares: AreaShares;
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
}

/** Share 0..1 by corridor id: `name=沪嘉高速`, `class=trunk`. */
export type CorridorShares = Readonly<Record<string, number>>;

export interface PlanRules {
  readonly effort: EffortWord;
  readonly areaShares: AreaShares;
  /** null: one server is enough. */
  readonly servers: ServerDuty | null;
  readonly corridorShares: CorridorShares;
  readonly quotas: readonly QuotaRow[];
  /** null: no distances asked for. */
  readonly spacing: Spacing | null;
  readonly siteOrder: SiteOrder;
  readonly phases: readonly PhaseRow[];
  /** Ways to equip a site. */
  readonly configurations: readonly ConfigurationRow[];
  /** The plan holds in these as well. */
  readonly scenarios: readonly PlanScenario[];
  /** Empty: a plan for one operator. */
  readonly operators: readonly OperatorRow[];
  /** null: the price book of the service. */
  readonly sharing: SharingForm | null;
}

export const emptyPlanRules: PlanRules = {
  effort: plainChoice.effort,
  areaShares: {},
  servers: plainChoice.servers,
  corridorShares: {},
  quotas: [],
  spacing: null,
  siteOrder: plainChoice.siteOrder,
  phases: [],
  configurations: [],
  scenarios: plainChoice.scenarios,
  operators: [],
  sharing: null,
};

let lastKey = 0;

export function newQuotaRow(): QuotaRow {
  lastKey += 1;
  return { key: lastKey, by: 'district', value: '', leastSites: null, mostSites: null, mostCostCny: null };
}

export function newPhaseRow(name: string): PhaseRow {
  lastKey += 1;
  return { key: lastKey, name, targetShare: null, areaShares: {}, budgetCny: null, maxSites: null };
}

/** Cumulative parts of the whole share at the end of each phase but the last. */
const presetParts: Readonly<Record<2 | 3, readonly number[]>> = { 2: [0.7], 3: [0.6, 0.85] };

/** Phases that climb to the plan's own share, in whole percent; the last one has no share of its own. */
export function phasePreset(names: readonly string[], targetShare: number): PhaseRow[] {
  const parts = names.length === 2 ? presetParts[2] : presetParts[3];
  return names.map((name, index) => {
    const part = index === names.length - 1 ? undefined : parts[index];
    return {
      ...newPhaseRow(name),
      targetShare: part === undefined ? null : Math.floor(targetShare * part * 100 + 1e-9) / 100,
    };
  });
}

/** How many things are asked for, for the badge of the section. Shares of areas that are not chosen do not count. */
export function countPlanRules(rules: PlanRules, areaIds: readonly string[]): number {
  const { effort, areaShares, servers, corridorShares, quotas, spacing, siteOrder, phases } = rules;
  return (
    Number(effort !== plainChoice.effort) +
    Number(siteOrder !== plainChoice.siteOrder) +
    Number(isSpaced(spacing)) +
    areaShareList(areaShares, areaIds).length +
    Number(servers !== null) +
    Object.keys(corridorShares).length +
    quotas.length +
    phases.length +
    rules.configurations.length +
    rules.scenarios.length +
    rules.operators.length
  );
}

type RulesOfRequest = Required<
  Pick<
    NewPlanJson,
    | 'effort'
    | 'areaShares'
    | 'servers'
    | 'corridorShares'
    | 'quotas'
    | 'spacing'
    | 'siteOrder'
    | 'phases'
    | 'configurations'
    | 'scenarios'
  >
> &
  Pick<NewPlanJson, 'operators' | 'sharing'>;

/** For the request. Shares hold from their phase on, so a later phase that says nothing repeats them. */
export function rulesRequestOf(rules: PlanRules, areaIds: readonly string[]): RulesOfRequest {
  const { effort, areaShares, servers, corridorShares, quotas, spacing, siteOrder, phases } = rules;
  let share: number | null = null;
  let shares: AreaShares = {};
  return {
    effort,
    areaShares: areaShareList(areaShares, areaIds),
    servers: servers && { ...servers },
    corridorShares: Object.entries(corridorShares).map(([corridorId, share]) => ({ corridorId, share })),
    quotas: quotas.map(({ key: _key, ...quota }) => ({ ...quota, value: quota.value.trim() })),
    spacing: isSpaced(spacing) ? { ...spacing } : null,
    siteOrder,
    configurations: configurationsRequestOf(rules.configurations),
    ...operatorsRequestOf(rules),
    scenarios: rules.scenarios.map(({ priceFactors, ...scenario }) => ({
      ...scenario,
      priceFactors: priceFactors && priceFactors.map((factor) => ({ ...factor })),
    })),
    phases: phases.map(({ name, targetShare, areaShares: own, budgetCny, maxSites }) => {
      share = targetShare ?? share;
      shares = { ...shares, ...own };
      return {
        name: name.trim(),
        targetShare: share,
        areaShares: areaShareList(shares, areaIds),
        budgetCny,
        maxSites,
      };
    }),
  };
}

/** Back from a request; what an older plan did not know is plain. */
export function planRulesOf(request: NewPlanJson): PlanRules {
  return {
    effort: request.effort ?? emptyPlanRules.effort,
    areaShares: areaSharesOf(request.areaShares ?? []),
    servers: request.servers ?? emptyPlanRules.servers,
    corridorShares: Object.fromEntries(
      (request.corridorShares ?? []).map(({ corridorId, share }) => [corridorId, share]),
    ),
    quotas: (request.quotas ?? []).map((quota) => ({ ...newQuotaRow(), ...quota })),
    spacing: request.spacing ?? null,
    siteOrder: request.siteOrder ?? emptyPlanRules.siteOrder,
    configurations: configurationRowsOf(request.configurations ?? []),
    scenarios: request.scenarios ?? emptyPlanRules.scenarios,
    operators: operatorRowsOf(request),
    sharing: sharingFormOf(request),
    phases: (request.phases ?? []).map(({ areaShares, ...phase }) => ({
      ...newPhaseRow(phase.name),
      ...phase,
      areaShares: areaSharesOf(areaShares),
    })),
  };
}

export function isSpaced(spacing: Spacing | null): spacing is Spacing {
  return spacing !== null && Object.values(spacing).some((metres) => metres > 0);
}

function areaShareList(shares: AreaShares, areaIds: readonly string[]) {
  return areaIds.flatMap((areaId) => {
    const share = shares[areaId];
    return share === undefined ? [] : [{ areaId, share }];
  });
}

function areaSharesOf(list: readonly { readonly areaId: string; readonly share: number }[]): AreaShares {
  return Object.fromEntries(list.map(({ areaId, share }) => [areaId, share]));
}
