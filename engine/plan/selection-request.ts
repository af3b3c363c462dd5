// From what a person asked for to sites: shares of areas become targets, quotas groups, structures distances, words of effort
// steps. Everything the selection needs to know of maps and money is said here.
import type {
  AreaShare,
  CorridorShare,
  EffortWord,
  OnProgress,
  PlanChoice,
  PlanPhase,
  Quota,
  QuotaKind,
  Spacing,
} from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import { buildModes, type Site } from '../model/site.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { type Effort, plannedEffort, quickEffort, type Watch } from '../selection/effort.ts';
import type { PhasePlan } from '../selection/phases/phase-plan.ts';
import type {
  SelectionChoice,
  SelectionProblem,
  SelectionRules,
  SiteGroup,
} from '../selection/selection-problem.ts';
import { configurationGroups } from '../selection/wishes/configurations.ts';
import { targetWeightOf } from './check-choice.ts';
import { corridorTargets } from './corridor-duties.ts';
import { joinRequests } from './join-requests.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { areaTarget } from './problem-of.ts';
import { serversProblem } from './servers-problem.ts';
import { withScenario } from './with-scenario.ts';

/** What the selection is asked for, without maps: passes between threads by structured clone. */
export interface SelectionRequest {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  /** Of the site that each candidate of the problem is: a site with configurations has several. */
  readonly siteIds: readonly string[];
  /** Area ids of the targets after the first; then come the corridors. */
  readonly dutyAreaIds: readonly string[];
  /** Null: everything at once. */
  readonly phases: PhasePlan | null;
  /** Strict order: tier of each site, 0 first; null: by price. */
  readonly tiers: Uint8Array | null;
  /** New sites of the plan to stay near to; null: choose afresh. */
  readonly keep: readonly number[] | null;
  readonly effort: EffortWord;
  /** Where the duties of each scenario stand; empty for a plan without scenarios. */
  readonly scenarios: readonly ScenarioTargets[];
}

/** Targets of the joint problem: the whole of the scenario, then its other duties. Those of the plan itself where nothing is counted differently. */
export interface ScenarioTargets {
  readonly id: string;
  readonly targets: readonly number[];
}

/** Steps, not seconds: the same plan on every machine. `exact` starts like `deep` and goes on with a solver. */
const EFFORTS: Readonly<Record<EffortWord, Effort>> = {
  quick: quickEffort,
  thorough: plannedEffort,
  deep: { priceSteps: 1_500, improveSteps: 400_000, improvePerSite: 200, seed: 1 },
  exact: { priceSteps: 1_500, improveSteps: 400_000, improvePerSite: 200, seed: 1 },
};

/** Price steps cost milliseconds where candidates are few, and small graded places need more of them. */
const FEW_SITES = [
  { sites: 500, times: 6 },
  { sites: 2_000, times: 2 },
] as const;

/** The steps of the word that was asked for, by the size of the problem. */
export function effortOf({ effort, problem }: Pick<SelectionRequest, 'effort' | 'problem'>): Effort {
  const steps = EFFORTS[effort];
  const few = FEW_SITES.find(({ sites }) => problem.cover.siteCount <= sites);
  return few ? { ...steps, priceSteps: few.times * steps.priceSteps } : steps;
}

/**
 * Throws SELECTION_AREA_UNKNOWN for a duty of an area that is not planned, SELECTION_CORRIDOR_UNKNOWN and SELECTION_CORRIDOR_EMPTY,
 * SELECTION_QUOTA_UNKNOWN for a quota that no site meets, SELECTION_SCENARIO_* for scenarios that cannot be.
 */
export function requestOf(prepared: PreparedCoverage, choice: PlanChoice): SelectionRequest {
  const base = requestAlone(prepared, choice);
  if (choice.scenarios.length === 0) return base;
  const parts = choice.scenarios.map((scenario) => ({
    scenario,
    request: requestAlone(withScenario(prepared, scenario), choice),
  }));
  return joinRequests(base, prepared.input, parts);
}

/** In these assumptions alone, whatever scenarios are asked for. */
export function requestAlone(prepared: PreparedCoverage, choice: PlanChoice): SelectionRequest {
  const { grid, areas, sites } = prepared;
  const { servers, corridorShares } = choice;
  // what all candidates together would serve counts a site once per configuration, which is no number of servers
  if (servers !== null && prepared.input.configurations.length > 0)
    throw new PlanningError('PLAN_CONFIGURATION_SERVERS', { least: servers.least });
  const problem = servers === null ? prepared.problem : serversProblem(prepared.problem, grid, servers);
  const dutyAreaIds = [
    ...new Set(
      [choice, ...choice.phases].flatMap(({ areaShares }) => areaShares.map(({ areaId }) => areaId)),
    ),
  ];
  const duties = dutyAreaIds.map((areaId) => {
    const found = areas.find(({ area }) => area.id === areaId);
    if (!found) throw new PlanningError('SELECTION_AREA_UNKNOWN', { areaId });
    return areaTarget(areaId, grid, found.share);
  });
  const corridors = corridorTargets(prepared, corridorShares);
  const others = [...duties, ...corridors];
  const full = fullWorth(problem);
  const wholes = [grid.totalWeight, ...others.map(({ weight }) => sumOf(weight))];
  const requiredBy = (
    targetShare: number,
    areaShares: readonly AreaShare[],
    ofCorridors: readonly CorridorShare[],
  ): number[] =>
    [
      targetShare,
      ...dutyAreaIds.map((id) => areaShares.find(({ areaId }) => areaId === id)?.share ?? 0),
      ...corridors.map((_, corridor) => ofCorridors[corridor]?.share ?? 0),
    ].map((share, target) => targetWeightOf(share, wholes[target]! * full));
  const selectionChoice: SelectionChoice = {
    required: requiredBy(choice.targetShare, choice.areaShares, corridorShares),
    budget: choice.budgetCny,
    maxSites: choice.maxSites,
    existing: prepared.existing,
    locked: candidatesOfSites(prepared, choice.lockedSiteIds).flatMap((own) => (own.length === 1 ? own : [])),
    refused: candidatesOfSites(prepared, choice.refusedSiteIds).flat(),
    rules: rulesOf(prepared, choice),
  };
  const phases =
    choice.phases.length === 0
      ? null
      : phasePlanOf(choice.phases, selectionChoice, ({ targetShare, areaShares }) =>
          requiredBy(targetShare ?? 0, areaShares, []),
        );
  return {
    // the same object without duties: what is known of a problem is kept with it
    problem: others.length === 0 ? problem : { ...problem, targets: [problem.targets[0], ...others] },
    choice: phases === null ? selectionChoice : atTheEnd(selectionChoice, phases),
    siteIds: sites.map(({ id }) => id),
    dutyAreaIds,
    phases,
    tiers:
      choice.siteOrder === 'price'
        ? null
        : Uint8Array.from(sites, ({ buildMode }) => buildModes.indexOf(buildMode)),
    keep: choice.keepSiteIds === null ? null : keptCandidates(prepared, choice.keepSiteIds),
    effort: choice.effort,
    scenarios: [],
  };
}

/** The last phase ends at the shares and limits of the whole plan, and at its own where they ask for more or allow less. */
function phasePlanOf(
  phases: readonly PlanPhase[],
  choice: SelectionChoice,
  requiredOf: (phase: PlanPhase) => number[],
): PhasePlan {
  const years = phases.map((phase, index) => {
    const isLast = index === phases.length - 1;
    const required = requiredOf(phase);
    return {
      id: phase.name,
      required: isLast
        ? required.map((value, target) => Math.max(value, choice.required[target]!))
        : required,
      budget: isLast ? smaller(phase.budgetCny, choice.budget) : phase.budgetCny,
      maxSites: isLast ? smaller(phase.maxSites, choice.maxSites) : phase.maxSites,
      demolished: [],
      importance: 1,
      targets: null,
    };
  });
  return { years, choice, availableFrom: null, order: 'final-first' };
}

/** What is asked for in the end is what the last phase asks for. */
function atTheEnd(choice: SelectionChoice, { years }: PhasePlan): SelectionChoice {
  const { required, budget, maxSites } = years.at(-1)!;
  return { ...choice, required, budget, maxSites };
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** Candidates that each of the named sites has in reach, by id, each site once; none of existing stations. */
export function candidatesOfSites(prepared: PreparedCoverage, ids: readonly string[]): (readonly number[])[] {
  const candidates = candidatesBySite(prepared);
  return [...new Set(ids)].sort().flatMap((id) => {
    const own = candidates.get(id);
    return own ? [own] : [];
  });
}

const knownCandidates = new WeakMap<readonly Site[], ReadonlyMap<string, readonly number[]>>();

/** By site id, in the order of the configurations' names. */
function candidatesBySite({ sites, names }: PreparedCoverage): ReadonlyMap<string, readonly number[]> {
  const known = knownCandidates.get(sites);
  if (known) return known;
  const made = new Map<string, number[]>();
  sites.forEach(({ id, status }, index) => {
    if (status === 'existing') return;
    const own = made.get(id);
    if (own) own.push(index);
    else made.set(id, [index]);
  });
  for (const own of made.values()) if (own.length > 1) own.sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  knownCandidates.set(sites, made);
  return made;
}

/** One per site: that of the name, or the first where only the site is named. */
function keptCandidates(prepared: PreparedCoverage, names: readonly string[]): number[] {
  const candidates = candidatesBySite(prepared);
  return [...new Set(names)].sort().flatMap((name) => {
    // the configuration may be offered no more
    const siteId = candidates.has(name) ? name : name.slice(0, Math.max(0, name.lastIndexOf('#')));
    const index = prepared.siteIndexes.get(name) ?? candidates.get(siteId)?.[0];
    return index === undefined || prepared.sites[index]!.status === 'existing' ? [] : [index];
  });
}

function rulesOf(prepared: PreparedCoverage, choice: PlanChoice): SelectionRules {
  const { sites } = prepared;
  const { spacing, quotas } = choice;
  return {
    spacingM: spacing === null ? null : Float64Array.from(sites, (site) => spacingOfSite(site, spacing)),
    groups: [...quotas.map((quota) => groupOf(sites, quota)), ...locationGroups(prepared, choice)],
  };
}

const LOCATION = 'site=';

/** Whether a group holds the configurations of one site; no quota is by site. */
export function isLocationGroup({ id }: SiteGroup): boolean {
  return id.startsWith(LOCATION);
}

/** One configuration of each site at the most; of a locked site one at the least, whichever is best. */
function locationGroups(
  { sites, input }: PreparedCoverage,
  { lockedSiteIds }: PlanChoice,
): readonly SiteGroup[] {
  if (input.configurations.length === 0) return [];
  const locked = new Set(lockedSiteIds.map((id) => `${LOCATION}${id}`));
  return configurationGroups(
    sites.map(({ id }) => `${LOCATION}${id}`),
    sites.flatMap(({ status }, index) => (status === 'existing' ? [index] : [])),
  ).map((group) => (locked.has(group.id) ? { ...group, leastSites: 1 } : group));
}

/** Metres to the next open site; between two sites the smaller value holds. */
export function spacingOfSite({ structure }: Site, { poleM, roofM, towerM }: Spacing): number {
  return structure === 'pole' ? poleM : structure === 'roof' ? roofM : towerM;
}

export const quotaValueOf: Readonly<Record<QuotaKind, (site: Site) => string>> = {
  district: (site) => site.districtCode,
  town: (site) => site.townCode,
  owner: (site) => site.owner,
  structure: (site) => site.structure,
  resourceType: (site) => site.resourceType,
  buildMode: (site) => site.buildMode,
};

function groupOf(
  sites: readonly Site[],
  { by, value, leastSites, mostSites, mostCostCny }: Quota,
): SiteGroup {
  const members = sites.flatMap((site, index) =>
    site.status !== 'existing' && quotaValueOf[by](site) === value ? [index] : [],
  );
  if (members.length === 0) throw new PlanningError('SELECTION_QUOTA_UNKNOWN', { by, value });
  return { id: `${by}=${value}`, sites: members, leastSites, mostSites, mostCost: mostCostCny };
}

/** Passes what the selection says on to whoever watches the plan. */
export function watchOf(onProgress: OnProgress | undefined, shouldStop?: () => boolean): Watch {
  return {
    ...(onProgress && {
      onNews: ({ stage, done, total, cost, bound }) =>
        onProgress({ step: 'selection', done, total, stage, costCny: cost, bound }),
    }),
    ...(shouldStop && { shouldStop }),
  };
}

function sumOf(weights: Int32Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
